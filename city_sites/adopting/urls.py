"""Addresses of a city's guides, below /admin/."""

from django.urls import path

from city_sites.adopting import views

app_name = "city_sites_adopting"
urlpatterns = [
    path("", views.GuidesView.as_view(), name="index"),
    path("<int:guide_id>/bring/", views.BringView.as_view(), name="bring"),
    path("<int:guide_id>/used/", views.UsedView.as_view(), name="used"),
    path("used/<int:use_id>/away/", views.AwayView.as_view(), name="away"),
    path("changed/<int:copy_id>/", views.ChangedView.as_view(), name="changed"),
]
