"""Addresses below /volunteer/: what the links in mails lead to. In every language, never cached, never indexed."""

from django.urls import path

from volunteering.views import managing, new_link

app_name = "volunteering_links"

urlpatterns = [
    path("new-link/", new_link.new_link, name="new_link"),
    path("new-link/sent/", new_link.link_sent, name="link_sent"),
    path("<str:token>/", managing.manage, name="manage"),
    path("<str:token>/keep/", managing.keep, name="keep"),
    path("<str:token>/change/", managing.change, name="change"),
    path("<str:token>/cancel/", managing.cancel, name="cancel"),
    path("<str:token>/guardian/", managing.guardian, name="guardian"),
    path("<str:token>/new-link/", managing.new_link_for, name="new_link_for"),
    path("<str:token>/calendar.ics", managing.calendar, name="calendar"),
]
