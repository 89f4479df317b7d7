"""Addresses of the report, below /admin/."""

from django.urls import path

from resources.downloads.admin_views import DownloadsView

app_name = "library_downloads"
urlpatterns = [path("", DownloadsView.as_view(), name="index")]
