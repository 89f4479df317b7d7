"""Where Wagtail sends readers of pages that only people with an account may read: to our sign-in page.

Stands before Wagtail's own address, whose form asks for no second factor and counts no tries.
"""

from django.urls import path

from portal.accounts.pages import private
from portal.accounts.views.signing_in import to_login

urlpatterns = [path("login/", private(to_login), name="wagtailcore_login")]
