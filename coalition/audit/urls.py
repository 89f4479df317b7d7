"""Addresses below /admin/city/<city_id>/audit/."""

from django.urls import path

from coalition.audit.views import CityLogView

app_name = "coalition_city_audit"

urlpatterns = [
    path("", CityLogView.as_view(), name="index"),
    path("results/", CityLogView.as_view(results_only=True), name="index_results"),
]
