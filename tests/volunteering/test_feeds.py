"""What is open as RSS and as a calendar."""

import datetime

import icalendar
import pytest
import time_machine
from defusedxml import ElementTree

from portal.core.models import Topic
from search.indexing.settling import settle
from volunteering import factories
from volunteering.factories import row_of
from volunteering.models import Shift, ShiftStatus, Timing
from volunteering.scheduling.planning import add_schedule

NOW = datetime.datetime(2026, 11, 24, 18, tzinfo=datetime.UTC)
RSS, ICAL = "/opportunities/feed.rss", "/opportunities/feed.ics"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW) as traveller:
        yield traveller


@pytest.fixture
def trees(db):
    return Topic.objects.create(slug="x-trees", name="Trees", name_es="Árboles")


@pytest.fixture
def offers(section, trees):
    """Two of Tulsa's: trees on two Saturdays, coats on a Tuesday."""
    about_trees = factories.opportunity(section, "Plant shade", topics=[trees], zip="74104")
    for day in (datetime.date(2026, 12, 5), datetime.date(2026, 12, 12)):
        add_schedule(opportunity=row_of(about_trees), kind=Timing.ONCE, starts_on=day, start_time=datetime.time(10))
    coats = factories.opportunity(section, "Sort coats")
    add_schedule(
        opportunity=row_of(coats), kind=Timing.ONCE, starts_on=datetime.date(2026, 12, 8), start_time=datetime.time(18)
    )
    settle()
    return about_trees, coats


def items(response):
    return ElementTree.fromstring(response.content).findall("./channel/item")


def events(response):
    return icalendar.Calendar.from_ical(response.content).walk("VEVENT")


def test_rss_has_what_is_open_with_its_day_and_place(client, offers):
    response = client.get(RSS)
    assert response["Content-Type"].startswith("application/rss+xml")
    found = {item.findtext("title"): item for item in items(response)}
    assert set(found) == {"Plant shade", "Sort coats"}
    shade = found["Plant shade"]
    assert shade.findtext("link") == f"http://testserver{offers[0].url}"
    assert shade.findtext("guid") == f"urn:uuid:{offers[0].translation_key}"
    assert "Saturday, December 5" in shade.findtext("description")
    assert "Tulsa, OK" in shade.findtext("description")


@pytest.mark.parametrize("query", ["?topic=x-trees", "?day=sat", "?city=tulsa-ok&topic=x-trees&time=morning"])
def test_feeds_narrow_to_a_topic_a_city_and_to_what_meets_all_wishes(client, offers, query):
    assert [item.findtext("title") for item in items(client.get(RSS + query))] == ["Plant shade"]
    assert {str(event["SUMMARY"]) for event in events(client.get(ICAL + query))} == {"Plant shade"}


def test_a_calendar_has_every_date_ahead_on_the_clock_of_the_city(client, offers):
    response = client.get(ICAL)
    assert response["Content-Type"].startswith("text/calendar")
    found = sorted(events(response), key=lambda event: event["DTSTART"].dt)
    assert [str(event["SUMMARY"]) for event in found] == ["Plant shade", "Sort coats", "Plant shade"]
    assert found[0]["DTSTART"].dt.isoformat() == "2026-12-05T10:00:00-06:00"
    assert len({str(event["UID"]) for event in found}) == 3


def test_a_date_has_the_same_uid_in_every_feed(client, offers):
    def uids(address):
        return {str(event["UID"]) for event in events(client.get(address))}

    assert uids(f"{offers[0].url}calendar/") == uids(f"{ICAL}?topic=x-trees")


def test_a_date_that_was_called_off_says_so(client, offers):
    Shift.objects.filter(opportunity=row_of(offers[1])).update(status=ShiftStatus.CANCELLED, sequence=1)
    [event] = [event for event in events(client.get(ICAL)) if event["SUMMARY"] == "Sort coats"]
    assert (str(event["STATUS"]), event["SEQUENCE"]) == ("CANCELLED", 1)
    assert "Sort coats" not in client.get(RSS).content.decode()


def test_what_is_over_is_in_no_feed(client, offers, clock):
    clock.move_to(datetime.datetime(2026, 12, 9, tzinfo=datetime.UTC))
    assert len(events(client.get(f"{ICAL}?topic=x-trees"))) == 1
    assert [item.findtext("title") for item in items(client.get(RSS))] == ["Plant shade"]


def test_what_is_not_public_is_in_no_feed(client, offers):
    offers[0].unpublish()
    settle()
    assert "Plant shade" not in client.get(RSS).content.decode()
    assert "Plant shade" not in client.get(ICAL).content.decode()


@pytest.mark.parametrize("address", [RSS, ICAL])
def test_who_has_a_feed_already_is_told_so(client, offers, address):
    tag = client.get(address)["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    Shift.objects.filter(opportunity=row_of(offers[1])).update(status=ShiftStatus.CANCELLED)
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_lists_link_their_feeds(client, section, offers):
    national = client.get("/opportunities/?topic=x-trees").content.decode()
    assert '<link rel="alternate" type="application/rss+xml"' in national
    assert 'href="/opportunities/feed.ics?topic=x-trees"' in national
    assert 'href="/opportunities/feed.rss?city=tulsa-ok"' in client.get(section.url).content.decode()


def test_spanish_has_feeds_of_its_own(client, offers):
    assert "Árboles" in client.get("/es/opportunities/feed.rss?topic=x-trees").content.decode()
