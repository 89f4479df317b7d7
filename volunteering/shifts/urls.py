"""Addresses below /admin/city/<city_id>/shifts/."""

from django.urls import path

from volunteering.shifts import index_view, schedule_views, shift_views

app_name = "volunteering_shifts"

urlpatterns = [
    path("", index_view.IndexView.as_view(), name="index"),
    path("add/", index_view.ChooseView.as_view(), name="choose"),
    path("add/<int:opportunity_id>/", schedule_views.AddView.as_view(), name="add"),
    path("of-page/<int:page_id>/", index_view.OfPageView.as_view(), name="of_page"),
    path("series/<int:schedule_id>/", schedule_views.EditView.as_view(), name="edit"),
    path("series/<int:schedule_id>/end/", schedule_views.EndView.as_view(), name="end"),
    path("<int:shift_id>/", shift_views.ShiftView.as_view(), name="shift"),
    path("<int:shift_id>/move/", shift_views.MoveView.as_view(), name="move"),
    path("<int:shift_id>/places/", shift_views.PlacesView.as_view(), name="places"),
    path("<int:shift_id>/call-off/", shift_views.CallOffView.as_view(), name="call_off"),
    path("<int:shift_id>/remove/", shift_views.RemoveView.as_view(), name="remove"),
]
