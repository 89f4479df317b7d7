"""Addresses of the menu "Site search", for coalition staff; below /admin/search/."""

from django.urls import path

from search.insight.admin_views import StaffReportView
from search.promoting.admin_views import StaffAddView, StaffEditView, StaffListView, StaffRemoveView

app_name = "search_admin"
urlpatterns = [
    path("", StaffReportView.as_view(), name="report"),
    path("first/", StaffListView.as_view(), name="promotions"),
    path("first/add/", StaffAddView.as_view(), name="promotion_add"),
    path("first/<int:promotion_id>/", StaffEditView.as_view(), name="promotion"),
    path("first/<int:promotion_id>/remove/", StaffRemoveView.as_view(), name="promotion_remove"),
]
