"""Calendar files (RFC 5545) that calendars of all makes read: events with their time zone, UID and SEQUENCE."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from email.utils import parseaddr
from functools import lru_cache
from zoneinfo import ZoneInfo

import icalendar
from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone

PUBLISH = "PUBLISH"
CANCEL = "CANCEL"
CONTENT_TYPE = "text/calendar; charset=utf-8"


@dataclass(frozen=True)
class CalendarEvent:
    """One entry. `uid` never changes; `sequence` rises with each change, so that calendars replace what they have.

    `starts_at` and `ends_at` are shown on the clock of `time_zone`. `where`: degrees north and east.
    """

    uid: str
    title: str
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    time_zone: str
    sequence: int = 0
    is_cancelled: bool = False
    is_tentative: bool = False
    description: str = ""
    location: str = ""
    url: str = ""
    where: tuple[float, float] | None = None
    categories: tuple[str, ...] = ()


def calendar_response(
    name: str, events: Iterable[CalendarEvent], *, method: str = PUBLISH, filename: str = "calendar.ics"
) -> HttpResponse:
    """A calendar called `name` as a file. `method`: CANCEL takes entries out of a calendar, PUBLISH puts them in."""
    response = HttpResponse(calendar_file(name, events, method=method), content_type=f"{CONTENT_TYPE}; method={method}")
    response["Content-Disposition"] = f'inline; filename="{filename}"'
    return response


def calendar_file(name: str, events: Iterable[CalendarEvent], *, method: str = PUBLISH) -> bytes:
    """The calendar itself: one VTIMEZONE for each zone that an event is in, then the events."""
    listed = list(events)
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//{settings.WAGTAIL_SITE_NAME}//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add("x-wr-calname", name)
    for zone in sorted({event.time_zone for event in listed}):
        calendar.add_component(_zone(zone))
    now = timezone.now()
    for event in listed:
        calendar.add_component(_entry(event, now))
    return calendar.to_ical()


@lru_cache(maxsize=64)
def _zone(name: str) -> icalendar.Timezone:
    """The zone with its summer time as a calendar needs it; slow to work out."""
    this_year = timezone.now().year
    return icalendar.Timezone.from_tzinfo(
        ZoneInfo(name), name, datetime.date(this_year - 2, 1, 1), datetime.date(this_year + 6, 1, 1)
    )


def _organizer() -> icalendar.vCalAddress:
    """Who publishes the entry (RFC 5546 wants it of PUBLISH and CANCEL): the portal's own address, no person's."""
    address = icalendar.vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    address.params["cn"] = icalendar.vText(settings.WAGTAIL_SITE_NAME)
    return address


def _entry(event: CalendarEvent, now: datetime.datetime) -> icalendar.Event:
    zone = ZoneInfo(event.time_zone)
    entry = icalendar.Event()
    entry.add("uid", event.uid)
    entry.add("sequence", event.sequence)
    entry.add("dtstamp", now)
    entry.add("dtstart", event.starts_at.astimezone(zone))
    entry.add("dtend", event.ends_at.astimezone(zone))
    entry.add("summary", event.title)
    entry.add("status", "CANCELLED" if event.is_cancelled else "TENTATIVE" if event.is_tentative else "CONFIRMED")
    entry.add("organizer", _organizer())
    for field, value in (("description", event.description), ("location", event.location), ("url", event.url)):
        if value:
            entry.add(field, value)
    if event.categories:
        entry.add("categories", list(event.categories))
    if event.where:
        entry.add("geo", event.where)
    return entry
