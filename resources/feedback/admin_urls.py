"""Addresses of the report, below /admin/."""

from django.urls import path

from resources.feedback.admin_views import DealWithView, GuideView, ReportView

app_name = "library_feedback"
urlpatterns = [
    path("", ReportView.as_view(), name="index"),
    path("guide/<uuid:guide_key>/", GuideView.as_view(), name="guide"),
    path("words/<int:feedback_id>/", DealWithView.as_view(), name="deal_with"),
]
