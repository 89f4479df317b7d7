"""Addresses of feedback on a city's guides, below /admin/."""

from django.urls import path

from city_sites.guide_feedback.views import CityDealWithView, CityGuideView, CityReportView

app_name = "city_sites_guide_feedback"
urlpatterns = [
    path("", CityReportView.as_view(), name="index"),
    path("guide/<uuid:guide_key>/", CityGuideView.as_view(), name="guide"),
    path("words/<int:feedback_id>/", CityDealWithView.as_view(), name="deal_with"),
]
