"""Addresses of a site's deletion, below /admin/."""

from django.urls import path

from city_sites.admin_views.deletion import CancelView, PlanView

app_name = "city_sites_deletion"
urlpatterns = [
    path("", PlanView.as_view(), name="plan"),
    path("cancel/", CancelView.as_view(), name="cancel"),
]
