"""Calendar files say what was meant to whoever reads them."""

import datetime

import icalendar
import pytest
import time_machine

from portal.core.calendars import CANCEL, CalendarEvent, calendar_file, calendar_response

UTC = datetime.UTC


def event(starts_at, **fields):
    fields.setdefault("time_zone", "America/Chicago")
    fields.setdefault("title", "Plant shade")
    fields.setdefault("uid", "one")
    return CalendarEvent(starts_at=starts_at, ends_at=starts_at + datetime.timedelta(hours=3), **fields)


def read(content):
    return icalendar.Calendar.from_ical(content)


@pytest.mark.parametrize(
    ("zone", "starts_at", "clock", "offset"),
    [
        ("America/Chicago", datetime.datetime(2026, 12, 5, 16, tzinfo=UTC), 10, -6),
        ("America/Chicago", datetime.datetime(2027, 7, 3, 15, tzinfo=UTC), 10, -5),
        ("America/Phoenix", datetime.datetime(2027, 7, 3, 17, tzinfo=UTC), 10, -7),
        ("Pacific/Honolulu", datetime.datetime(2027, 1, 3, 20, tzinfo=UTC), 10, -10),
    ],
)
def test_an_event_stands_on_its_citys_clock_in_summer_and_winter(zone, starts_at, clock, offset):
    [calendar] = [read(calendar_file("Tulsa", [event(starts_at, time_zone=zone)]))]
    [entry], [described] = calendar.events, calendar.timezones
    assert entry["DTSTART"].params["TZID"] == zone == described.tz_name
    assert (entry["DTSTART"].dt.hour, entry["DTSTART"].dt.utcoffset()) == (clock, datetime.timedelta(hours=offset))
    # A reader that knows no zone by its name goes by the file's own description.
    described_zone = described.to_tz(lookup_tzid=False)
    naive = entry["DTSTART"].dt.replace(tzinfo=None)
    assert naive.replace(tzinfo=described_zone).utcoffset() == datetime.timedelta(hours=offset)


def test_each_zone_is_described_once():
    when = datetime.datetime(2026, 12, 5, 16, tzinfo=UTC)
    calendar = read(calendar_file("All", [event(when), event(when, uid="two"), event(when, time_zone="US/Eastern")]))
    assert sorted(zone.tz_name for zone in calendar.timezones) == ["America/Chicago", "US/Eastern"]
    assert len(calendar.events) == 3


def test_text_comes_back_as_it_was_written():
    title = "Dig; plant, stake\nand \\water\\ – “ñandú” " + "x" * 200
    calendar = read(calendar_file("Árboles, ya", [event(datetime.datetime(2026, 12, 5, tzinfo=UTC), title=title)]))
    assert str(calendar.events[0]["SUMMARY"]) == title
    assert str(calendar["X-WR-CALNAME"]) == "Árboles, ya"


def test_lines_are_folded_and_end_as_the_standard_wants():
    content = calendar_file("Tulsa", [event(datetime.datetime(2026, 12, 5, tzinfo=UTC), description="ä" * 300)])
    lines = content.split(b"\r\n")
    assert lines[-1] == b""
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)


def test_cancellation_is_told_by_method_status_and_number():
    gone = event(datetime.datetime(2026, 12, 5, tzinfo=UTC), is_cancelled=True, sequence=4, uid="stays")
    response = calendar_response("Tulsa", [gone], method=CANCEL)
    calendar = read(response.content)
    assert response["Content-Type"] == "text/calendar; charset=utf-8; method=CANCEL"
    assert str(calendar["METHOD"]) == "CANCEL"
    [entry] = calendar.events
    assert (str(entry["STATUS"]), entry["SEQUENCE"], str(entry["UID"])) == ("CANCELLED", 4, "stays")


def test_all_that_a_calendar_shows_is_there():
    with time_machine.travel("2026-11-24 03:00:00+00:00", tick=False):
        full = event(
            datetime.datetime(2026, 12, 5, 16, tzinfo=UTC),
            location="100 E Admiral, Tulsa",
            url="https://portal.example/x/",
            where=(36.15, -95.99),
            categories=("trees",),
            is_tentative=True,
        )
        [entry] = read(calendar_file("Tulsa", [full])).events
    assert entry["DTSTAMP"].dt == datetime.datetime(2026, 11, 24, 3, tzinfo=UTC)
    assert str(entry["LOCATION"]) == "100 E Admiral, Tulsa"
    assert str(entry["URL"]) == "https://portal.example/x/"
    assert (entry["GEO"].latitude, entry["GEO"].longitude) == (36.15, -95.99)
    assert str(entry["STATUS"]) == "TENTATIVE"
    assert str(entry["ORGANIZER"]).startswith("mailto:")
