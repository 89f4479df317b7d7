"""Where people follow what is open: feeds for a reader and for a calendar, of a city and a topic."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from volunteering.finding.asked import HARD, LOOKS
from volunteering.finding.screen import Screen

RSS, ICAL = "application/rss+xml", "text/calendar"


@dataclass(frozen=True)
class FeedLink:
    """A feed as the list links to it."""

    label: str
    url: str
    type: str


def feeds_for(screen: Screen) -> list[FeedLink]:
    """RSS and iCal of what is looked at; with wishes those that meet all of them, too."""
    asked = screen.asked.without(*LOOKS)
    if screen.here is not None:
        asked = asked.plus(city=screen.here.slug)
    links = _both(asked.only(*HARD).query, _("What is new (RSS)"), _("All dates for your calendar (iCal)"))
    if screen.wishes:
        links += _both(asked.query, _("What meets all your wishes (RSS)"), _("Those dates for your calendar (iCal)"))
    return links


def _both(query: str, rss: str, ical: str) -> list[FeedLink]:
    return [
        FeedLink(rss, reverse("volunteering:rss") + query, RSS),
        FeedLink(ical, reverse("volunteering:ical") + query, ICAL),
    ]
