"""The same about one city's site, for its team; below /admin/city/<city_id>/search/."""

from django.urls import path

from search.insight.admin_views import CityReportView
from search.promoting.admin_views import CityAddView, CityEditView, CityListView, CityRemoveView

app_name = "search_city"
urlpatterns = [
    path("", CityReportView.as_view(), name="report"),
    path("first/", CityListView.as_view(), name="promotions"),
    path("first/add/", CityAddView.as_view(), name="promotion_add"),
    path("first/<int:promotion_id>/", CityEditView.as_view(), name="promotion"),
    path("first/<int:promotion_id>/remove/", CityRemoveView.as_view(), name="promotion_remove"),
]
