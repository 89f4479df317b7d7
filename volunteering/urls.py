"""Addresses below /opportunities/, in every language."""

from django.urls import path

from volunteering.views import feeds, finding

app_name = "volunteering"

urlpatterns = [
    path("", finding.opportunities, name="list"),
    path("feed.rss", feeds.rss, name="rss"),
    path("feed.ics", feeds.ical, name="ical"),
]
