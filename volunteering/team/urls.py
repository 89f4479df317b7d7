"""Addresses below /admin/city/<city_id>/volunteers/."""

from django.urls import path

from volunteering.team import act_views, hours_views, overview_views, roster_views

app_name = "volunteering_team"

urlpatterns = [
    path("", overview_views.OverviewView.as_view(), name="index"),
    path("rules/", overview_views.RulesView.as_view(), name="rules"),
    path("rosters/", roster_views.RostersView.as_view(), name="rosters"),
    path("rosters/file/", roster_views.RosterFileView.as_view(), name="rosters_file"),
    path("rosters/<int:shift_id>/", roster_views.RosterView.as_view(), name="roster"),
    path("rosters/<int:shift_id>/sheet/", roster_views.SheetView.as_view(), name="sheet"),
    path("rosters/<int:shift_id>/add/", act_views.AddView.as_view(), name="add"),
    path("rosters/<int:shift_id>/message/", act_views.MessageView.as_view(), name="message"),
    path("rosters/<int:shift_id>/hours/", hours_views.ShiftHoursView.as_view(), name="shift_hours"),
    path("sign-ups/<int:sign_up_id>/cancel/", act_views.CancelView.as_view(), name="cancel"),
    path("hours/", hours_views.HoursView.as_view(), name="hours"),
    path("hours/add/", hours_views.AddHoursView.as_view(), name="hours_add"),
    path("hours/<int:log_id>/", hours_views.ChangeHoursView.as_view(), name="hours_change"),
]
