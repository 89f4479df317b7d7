"""Addresses of checks, below /admin/."""

from django.urls import path

from resources.review.admin_views import CheckedView, ChecksView

app_name = "library_review"
urlpatterns = [
    path("", ChecksView.as_view(), name="index"),
    path("<int:page_id>/checked/", CheckedView.as_view(), name="checked"),
]
