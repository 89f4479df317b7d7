"""The list of what is open, on the national site and on a city's: what stands in it, in which words, for how long."""

import datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from city_sites.factories import spanish_home
from city_sites.models import CitySectionPage
from coalition.models import City
from portal.core.listings import listing
from portal.core.models import Topic
from search.indexing.settling import settle
from volunteering import factories
from volunteering.factories import row_of
from volunteering.models import Shift, ShiftStatus, Timing
from volunteering.scheduling.planning import add_schedule

NOW = datetime.datetime(2026, 11, 24, 18, tzinfo=datetime.UTC)  # a Tuesday noon in Tulsa
SATURDAY = datetime.date(2026, 12, 5)
NATIONAL = "/opportunities/"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW) as traveller:
        yield traveller


@pytest.fixture
def offer(section):
    """offer(title, …): a published opportunity of Tulsa's with one shift on a Saturday morning."""

    def made(title="Plant shade at the bus stops", *, on=SATURDAY, at=10, capacity=10, parent=None, topics=(), **facts):
        page = factories.opportunity(parent or section, title, topics=topics, **facts)
        add_schedule(
            opportunity=row_of(page), kind=Timing.ONCE, starts_on=on, start_time=datetime.time(at), capacity=capacity
        )
        settle()
        return page

    return made


def titles(response):
    return [row.title for row in response.context["screen"].rows]


def text(response):
    return " ".join(response.content.decode().split())


def test_what_a_city_has_open_stands_in_its_own_list_and_in_the_national_one(client, section, offer):
    page = offer(summary="Dig, plant, stake and water twelve redbuds.")
    for address in (NATIONAL, section.url):
        response = client.get(address)
        assert titles(response) == [page.title]
        said = text(response)
        assert "Dig, plant, stake and water twelve redbuds." in said
        assert "10 places left" in said
        assert f'href="{page.url}"' in said
        assert '<time class="marker" datetime="2026-12-05">' in said


def test_nobody_lists_what_is_not_public(client, section, offer):
    page = offer()
    page.unpublish()
    settle()
    assert titles(client.get(NATIONAL)) == []
    draft = factories.opportunity(section, "A draft")
    draft.unpublish()
    assert "A draft" not in text(client.get(section.url))


def test_an_opportunity_without_shifts_is_not_listed(client, section):
    factories.opportunity(section)
    settle()
    assert titles(client.get(NATIONAL)) == []


def test_what_closes_is_gone_at_the_minute(client, offer, clock):
    page = offer()
    shift = Shift.objects.get(opportunity=row_of(page))
    clock.move_to(shift.closes_at - datetime.timedelta(seconds=1))
    assert titles(client.get(NATIONAL)) == [page.title]
    clock.move_to(shift.closes_at)
    assert titles(client.get(NATIONAL)) == []


def test_a_shift_that_was_called_off_is_not_open(client, offer):
    page = offer()
    Shift.objects.filter(opportunity=row_of(page)).update(status=ShiftStatus.CANCELLED)
    assert titles(client.get(NATIONAL)) == []


def test_full_ones_sink_and_say_so(client, offer):
    full = offer("First but full", on=datetime.date(2026, 11, 30), capacity=5)
    free = offer("Later with places", on=datetime.date(2026, 12, 20))
    Shift.objects.filter(opportunity=row_of(full)).update(taken=5)
    response = client.get(NATIONAL)
    assert titles(response) == [free.title, full.title]
    assert "Full: you can wait in line" in text(response)


def test_each_line_says_which_wishes_it_meets_and_which_not(client, offer):
    offer(min_age=16, min_age_with_adult=8, lifting="heavy", spoken=["en", "es"], zip="74104")
    response = client.get(f"{NATIONAL}?day=sat&time=evening&child=10&lifting=none&speak=es&bus=1&zip=74104")
    [row] = response.context["screen"].rows
    assert {said.text: said.is_met for said in row.said} == {
        "Saturday": True,
        "In the morning": False,
        "Right there": True,
        "Kids from 8 with a grown-up": True,
        "In English and Spanish": True,
        "Bus or train not said: ask": False,
        "Lifting more than 20 pounds": False,
    }
    said = text(response)
    assert "Meets 4 of 7" in said
    assert '<span class="hidden-visually">Not met: </span>Lifting more than 20 pounds' in said


@pytest.mark.parametrize(
    ("facts", "said", "is_met"),
    [
        ({}, "Ages not said: ask", False),
        ({"min_age": 0}, "Kids of any age", True),
        ({"min_age": 18}, "Adults only", False),
        ({"min_age": 14}, "From age 14", False),
        ({"min_age": 18, "min_age_with_adult": 10}, "Kids from 10 with a grown-up", True),
    ],
)
def test_what_is_said_of_kids(client, offer, facts, said, is_met):
    offer(**facts)
    [row] = client.get(NATIONAL, {"child": "10"}).context["screen"].rows
    assert [(each.text, each.is_met) for each in row.said] == [(said, is_met)]


def test_best_fit_comes_first_then_the_sooner_one(client, offer):
    offer("Tuesday", on=datetime.date(2026, 12, 1))
    offer("Later Saturday", on=datetime.date(2026, 12, 12))
    offer("Saturday")
    assert titles(client.get(NATIONAL, {"day": "sat"})) == ["Saturday", "Later Saturday", "Tuesday"]
    assert titles(client.get(NATIONAL, {"day": "sat", "sort": "soonest"})) == ["Tuesday", "Saturday", "Later Saturday"]


def test_one_and_the_same_shift_has_to_meet_the_wishes_about_time(client, offer):
    page = offer(at=18)
    add_schedule(
        opportunity=row_of(page),
        kind=Timing.ONCE,
        starts_on=datetime.date(2026, 12, 2),
        start_time=datetime.time(9),
    )
    response = client.get(NATIONAL, {"day": "sat", "time": "morning"})
    assert response.context["screen"].heading == "Nothing meets both wishes yet, 1 meets one"
    ways = {str(way.label): way.count for way in response.context["screen"].ways_on}
    assert ways == {"Saturday": 1, "In the morning": 1}


def test_when_nothing_meets_all_there_are_ways_on_with_counts(client, offer):
    offer(zip="74012", min_age=0)  # Broken Arrow, some 13 miles from 74104
    response = client.get(NATIONAL, {"zip": "74104", "miles": "5", "child": "9"})
    screen = response.context["screen"]
    assert [(str(way.label), way.count) for way in screen.ways_on] == [
        ("Up to 25 miles away", 1),
        ("Within 5 miles of 74104", 1),
    ]
    for way in screen.ways_on:
        assert client.get(way.url).context["screen"].counts[0] == way.count
    assert "Nothing meets both wishes yet" in text(response)


def test_online_is_near_to_everybody(client, offer):
    offer(is_online=True)
    [row] = client.get(NATIONAL, {"zip": "99950"}).context["screen"].rows
    assert [(said.text, said.is_met) for said in row.said] == [("From home", True)]


def test_nearest_first(client, offer):
    offer("Far", zip="74012")
    offer("Near", zip="74104", on=datetime.date(2026, 12, 19))
    offer("Online", is_online=True)
    assert titles(client.get(NATIONAL, {"zip": "74104", "sort": "nearest"})) == ["Near", "Far", "Online"]


def test_a_zip_code_that_is_none_is_explained_and_does_not_count(client, offer):
    offer()
    response = client.get(NATIONAL, {"zip": "00000"})
    assert "We know no ZIP code “00000”" in text(response)
    assert response.context["screen"].heading == "1 way to help"


def test_a_topic_and_a_city_narrow(client, section, offer):
    trees = Topic.objects.create(slug="x-trees", name="Trees", name_es="Árboles")
    shade = Topic.objects.create(slug="x-shade", name="Shade", name_es="Sombra", parent=trees)
    offer("About shade", topics=[shade])
    offer("About nothing")
    assert titles(client.get(NATIONAL, {"topic": "x-trees"})) == ["About shade"]
    assert titles(client.get(section.url, {"topic": "x-shade"})) == ["About shade"]
    assert len(titles(client.get(NATIONAL, {"city": "tulsa-ok"}))) == 2
    response = client.get(NATIONAL, {"city": "nowhere-xx", "topic": "x-trees"})
    assert titles(response) == []
    assert "We know no topic or city of this name" in text(response)


def test_a_topic_without_anything_says_what_there_is_without_it(client, offer):
    Topic.objects.create(slug="x-trees", name="Trees", name_es="Árboles")
    offer()
    [way] = client.get(NATIONAL, {"topic": "x-trees"}).context["screen"].wider
    assert (way.label, way.count, way.url) == ("Trees", 1, NATIONAL)


def test_every_choice_stays_in_the_form_and_has_a_chip_to_take_it_out(client, offer):
    offer()
    response = client.get(NATIONAL, {"day": "sat", "child": "10", "bus": "1", "zip": "74104"})
    said = text(response)
    assert '<option value="sat" selected>' in said
    assert 'name="child" min="0" max="17" value="10"' in said
    assert 'value="1" id="opp-bus" checked' in said
    chips = {str(chip.label): chip.url for chip in response.context["screen"].chips}
    assert chips["Saturday"] == f"{NATIONAL}?zip=74104&child=10&bus=1"
    assert set(chips) == {"Saturday", "Within 10 miles of 74104", "With a child of 10", "By bus or train"}


JUNK = [
    "day=%00",
    "time=🦉",
    "when=" + "9" * 300,
    "from=0000-00-00",
    "from=9999-12-31&to=9999-12-31",
    "zip=%FF",
    "zip=" + "1" * 99,
    "miles=-5",
    "child=1e9",
    "child=" + "9" * 5000,
    "speak=es,en",
    "bus=2",
    "topic='; DROP",
    "topic=" + "a" * 999,
    "city=../..",
    "sort=drop",
    "view=tree",
    "view=month&month=0000-00",
    "view=month&month=2099-12",
    "view=month&month=1999-01",
    "view=month&topic=zz",
    "view=map&city=zz",
    "view=map&zip=00501",
    "page=-1",
    "page=99999",
    "page=x",
    "day=sat&day=sun",
    "view=map&zip=99950&miles=5",
    "from=2026-12-31&view=month",
]


@pytest.mark.parametrize("query", JUNK)
def test_whatever_somebody_types_is_answered(client, section, offer, query):
    offer()
    for address in (NATIONAL, section.url, "/es/opportunities/"):
        assert client.get(f"{address}?{query}").status_code == 200
    for name in ("rss", "ical"):
        assert client.get(reverse(f"volunteering:{name}") + f"?{query}").status_code == 200


def test_search_engines_are_given_topics_cities_and_pages_and_no_wishes(client, offer):
    offer()
    plain = text(client.get(NATIONAL, {"city": "tulsa-ok"}))
    assert "noindex" not in plain
    assert '<link rel="canonical" href="http://testserver/opportunities/?city=tulsa-ok">' in plain
    wished = text(client.get(NATIONAL, {"city": "tulsa-ok", "bus": "1"}))
    assert '<meta name="robots" content="noindex">' in wished


def test_a_city_without_anything_says_its_own_words(client, section):
    section.when_empty = "Come to the yard on Mondays."
    section.save_revision().publish()
    assert "Come to the yard on Mondays." in text(client.get(section.url))


def test_spanish_readers_get_spanish_pages_and_are_told_of_others(client, section, offer):
    page = offer()
    spanish = spanish_home(section.get_parent().specific)
    there = section.copy_for_translation(spanish.locale)
    there.save_revision().publish()
    response = client.get("/es/opportunities/")
    assert "English" in text(response)
    assert 'hreflang="en"' in text(response)
    translated = page.copy_for_translation(spanish.locale)
    translated.title = "Plante sombra"
    translated.save_revision().publish()
    settle()
    assert titles(client.get("/es/opportunities/")) == ["Plante sombra"]
    assert titles(client.get(there.url)) == ["Plante sombra"]
    assert titles(client.get(NATIONAL)) == [page.title]


def test_a_month_names_its_shifts_on_their_days(client, section, offer):
    page = offer()
    for address in (NATIONAL, section.url):
        response = client.get(address, {"view": "month", "month": "2026-12"})
        days = {day.day: day for week in response.context["month"].weeks for day in week}
        assert [named.title for named in days[SATURDAY].named] == [page.title]
        assert sum(day.count for day in days.values()) == 1
        said = text(response)
        assert 'rel="prev"' in said
        assert 'rel="next"' in said
        assert "<b>10 a.m.</b>" in said


def test_a_day_with_many_shifts_leads_to_all_of_them(client, offer):
    for number in range(5):
        offer(f"Number {number}", at=9 + number)
    response = client.get(NATIONAL, {"view": "month", "month": "2026-12", "time": "afternoon"})
    day = next(day for week in response.context["month"].weeks for day in week if day.count)
    assert (day.count, day.met, day.more) == (5, 2, 2)
    assert [named.title for named in day.named] == ["Number 0", "Number 3", "Number 4"]
    assert client.get(day.url).context["screen"].counts[0] == 2


def test_there_is_no_way_to_a_month_that_is_over_or_too_far(client, offer):
    offer()
    said = text(client.get(NATIONAL, {"view": "month", "month": "2020-01"}))
    assert "November 2026" in said
    assert 'rel="prev"' not in said
    assert 'rel="next"' not in text(client.get(NATIONAL, {"view": "month", "month": "2099-01"}))


def test_the_national_map_has_the_cities_and_their_counts_in_words(client, offer):
    offer()
    offer("Another", on=datetime.date(2026, 12, 8))
    response = client.get(NATIONAL, {"view": "map", "day": "sat"})
    [each] = response.context["city_counts"]
    assert (each.city.slug, each.count, each.met) == ("tulsa-ok", 2, 1)
    said = text(response)
    assert "2 open" in said
    assert "1 fits" in said
    assert "<circle" in said


def test_the_map_of_a_city_numbers_the_lines_of_its_list(client, section, offer):
    City.objects.filter(slug="tulsa-ok").update(latitude=36.15, longitude=-95.99)
    offer("Online", is_online=True, on=datetime.date(2026, 12, 1))
    offer("Here", latitude=36.15, longitude=-95.99)
    offer("There", latitude=36.10, longitude=-95.90, on=datetime.date(2026, 12, 12))
    response = client.get(section.url, {"view": "map"})
    drawn = response.context["map"]
    assert [(row.title, row.number) for row in drawn.rows] == [("Online", 0), ("Here", 1), ("There", 2)]
    assert sorted(number for pin in drawn.pins for number in pin.numbers) == [1, 2]
    assert all(0 < pin.x < 640 and 0 < pin.y < 640 for pin in drawn.pins)
    assert "Places up to" in text(response)


def test_lists_on_home_pages_show_what_comes_next(client, section, offer):
    later = offer("Later", on=datetime.date(2026, 12, 12))
    sooner = offer("Sooner")
    home = section.get_parent().specific
    found = listing("opportunities", home, limit=1)
    assert [entry.title for entry in found.entries] == [sooner.title]
    assert (found.total, found.more_url) == (2, section.url)
    national = home.get_parent().get_parent().specific
    found = listing("opportunities", national, limit=5)
    assert [entry.title for entry in found.entries] == [sooner.title, later.title]
    assert found.more_url == NATIONAL


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?day=sat&time=morning&child=10&bus=1&lifting=none&speak=es&zip=74104",
        "?view=month&month=2026-12&day=sun",
        "?view=map",
    ],
)
def test_the_list_costs_the_same_however_much_there_is(client, section, offer, query):
    offer("One")

    def queries(address):
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured.captured_queries)

    few = {address: queries(address + query) for address in (NATIONAL, section.url)}
    for number in range(8):
        offer(f"More {number}", on=SATURDAY + datetime.timedelta(days=number))
    for address, count in few.items():
        assert queries(address + query) == count <= 15
    assert CitySectionPage.objects.exists()


def test_search_engines_are_told_of_the_national_list(client, section):
    listed = client.get("/sitemap-opportunities.xml").content.decode()
    assert "<loc>http://testserver/opportunities/</loc>" in listed
    assert "/es/opportunities/" in listed
