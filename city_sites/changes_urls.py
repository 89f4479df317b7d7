"""Addresses of what was done on a city's site, below /admin/."""

from django.urls import path

from city_sites.admin_views.changes import RestoreDayView, TakeBackView, TodayView

app_name = "city_sites_changes"
urlpatterns = [
    path("", TodayView.as_view(), name="today"),
    path("day/", RestoreDayView.as_view(), name="restore_day"),
    path("<slug:key>/", TakeBackView.as_view(), name="revert"),
]
