"""Wagtail's own addresses for signing in lead to ours. Stands before Wagtail's in portal.urls; the names stay."""

from django.urls import path
from django.views.generic import RedirectView

from portal.accounts.pages import private
from portal.accounts.views import passwords, signing_in

to_login = RedirectView.as_view(pattern_name="account_login")
to_sent = RedirectView.as_view(pattern_name="account_reset_password_done")

urlpatterns = [
    path("login/", private(signing_in.to_login), name="wagtailadmin_login"),
    path("password_reset/", private(passwords.to_reset), name="wagtailadmin_password_reset"),
    path("password_reset/done/", private(to_sent), name="wagtailadmin_password_reset_done"),
    path(
        "password_reset/confirm/<uidb64>/<token>/",
        private(passwords.to_confirm),
        name="wagtailadmin_password_reset_confirm",
    ),
    path("password_reset/complete/", private(to_login), name="wagtailadmin_password_reset_complete"),
]
