"""The national list of 10,000 opportunities, four shifts each: queries and time, with and without wishes."""

import datetime
import itertools
import random
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale, Page

from bench.report import Report, milliseconds, percentile
from coalition.gazetteer import GazetteerPlace, places
from coalition.models import City
from home.models import HomePage
from home.services.setup import set_up_portal
from portal.core.models import Topic
from search.documents import Document
from search.indexing.write import put
from search.words import lexicon
from volunteering.models import Opportunity, Schedule, Shift, Timing

MANY = 10_000
SHIFTS = 4
CITIES = 60
BATCH = 500
TIMES = 30
MOST_QUERIES = 15
LIST_MS = 150
SIX_WISHES = "day=sat&time=morning&child=10&bus=1&lifting=none&speak=es"
ASKED = {
    "as it stands": "",
    "six wishes": f"?{SIX_WISHES}",
    "six wishes near a ZIP code": f"?{SIX_WISHES}&zip=74104&miles=25",
    "by distance": "?zip=74104&sort=nearest",
    "nothing fits": f"?{SIX_WISHES}&zip=99950&miles=5&home=1&sit=1&step=1&when=week",
    "page 400": "?page=400",
    "one topic": "?topic=bench-2&day=sun",
    "month": "?view=month",
    "month, six wishes": f"?view=month&{SIX_WISHES}",
    "map": "?view=map",
    "map, six wishes near a ZIP code": f"?view=map&{SIX_WISHES}&zip=74104",
    "RSS": "feed.rss",
    "iCal of a topic": "feed.ics?topic=bench-2",
}
"""Name → what follows /opportunities/."""


def measure_list(report: Report) -> None:
    """Plant the rows in the configured, throw-away database, and measure what stands at /opportunities/."""
    if not HomePage.objects.exists():
        set_up_portal(hostname="testserver")
    plant(MANY)
    client = Client()
    for name, query in ASKED.items():
        address = f"/opportunities/{query}"

        def ask(address: str = address) -> None:
            cache.clear()
            response = client.get(address)
            assert response.status_code == 200, (address, response.status_code)

        ask()
        with CaptureQueriesContext(connection) as captured:
            ask()
        report.line(f"opportunities, {name}: queries", len(captured), "", at_most=MOST_QUERIES, digits=0)
        times = milliseconds(ask, times=TIMES)
        report.line(f"opportunities, {name}: p50", percentile(times, 50), "ms")
        bar = None if query.startswith("feed") else LIST_MS  # calendars ask once in hours
        report.line(f"opportunities, {name}: p95", percentile(times, 95), "ms", at_most=bar)


def plant(number: int) -> None:
    """So many opportunities over cities that are members, with topics, pages, documents and shifts ahead."""
    dice = random.Random(8)  # noqa: S311  # nosec B311
    cities, topics = _cities(), _topics()
    at = itertools.count(Opportunity.objects.count())
    pages = _pages(number)
    for _start in range(0, number, BATCH):
        rows = [_opportunity(next(at), dice, cities, topics) for _number in range(min(BATCH, number - _start))]
        with transaction.atomic():
            rows = Opportunity.objects.bulk_create(rows)
            schedules = Schedule.objects.bulk_create(_schedule(row) for row in rows)
            shifts = [shift for schedule in schedules for shift in _shifts(schedule, dice)]
            Shift.objects.bulk_create(shifts, batch_size=BATCH)
            lexicon.count(put([_document(row, next(pages)) for row in rows]))


def _pages(number: int) -> Iterator[Page]:
    """Pages as far as a list needs them: the part of an opportunity's page that every page has. Below the home."""
    home = HomePage.objects.filter(locale__language_code="en", depth=2).get()
    english = Locale.objects.get(language_code="en")
    first = Page.objects.order_by("-pk").values_list("pk", flat=True)[0]
    made = [
        Page(
            title=f"Opportunity {each}", slug=f"opportunity-{each}", live=True, locale=english, depth=3, numchild=0,
            path=f"{home.path}Z{Page._int2str(each).rjust(Page.steplen - 1, '0')}",
            url_path=f"{home.url_path}opportunity-{each}/", content_type=home.content_type,
        )
        for each in range(first, first + number)
    ]  # fmt: skip
    return iter(Page.objects.bulk_create(made, batch_size=BATCH))


def _cities() -> list[City]:
    """Members, and as many more as are missing, from the gazetteer."""
    there = list(City.objects.members().exclude(latitude=None)[:CITIES])
    known = set(City.objects.values_list("slug", flat=True))
    missing = [place for place in places() if place.slug not in known and place.is_city]
    missing.sort(key=lambda place: (place.slug != "tulsa-ok", -place.population))
    return [*there, *City.objects.bulk_create(_city(place) for place in missing[: CITIES - len(there)])]


def _city(place: GazetteerPlace) -> City:
    return City(
        name=place.name, state=place.state, slug=place.slug, population=place.population, latitude=place.latitude,
        longitude=place.longitude, time_zone=place.time_zone, status=City.Status.MEMBER,
        member_since=datetime.date(2024, 3, 1),
    )  # fmt: skip


def _topics() -> list[str]:
    Topic.objects.bulk_create(
        (Topic(slug=f"bench-{each}", name=f"Topic {each}", name_es=f"Tema {each}") for each in range(12)),
        ignore_conflicts=True,
    )
    return [f"bench-{each}" for each in range(12)]


def _opportunity(number: int, dice: random.Random, cities: list[City], topics: list[str]) -> Opportunity:
    city = cities[number % len(cities)]
    online = dice.random() < 0.1
    youngest = dice.choice([None, 0, 8, 14, 16, 18])
    return Opportunity(
        family=f"{number:032x}", city=city, title=f"Opportunity {number} in {city.name}", is_online=online,
        latitude=None if online else city.latitude + dice.uniform(-0.3, 0.3),
        longitude=None if online else city.longitude + dice.uniform(-0.3, 0.3),
        min_age=youngest, min_age_with_adult=6 if youngest and dice.random() < 0.5 else None,
        lifting=dice.choice(["", "none", "light", "heavy"]), can_sit=dice.random() < 0.3,
        has_transit=dice.random() < 0.6, step_free=dice.choice(["", "yes", "no"]),
        spoken=dice.choice(["", ",en,", ",en,es,"]), topics=f",{dice.choice(topics)},",
    )  # fmt: skip


def _schedule(row: Opportunity) -> Schedule:
    return Schedule(opportunity=row, kind=Timing.SERIES, time_zone=row.city.time_zone, capacity=12)


def _shifts(schedule: Schedule, dice: random.Random) -> Iterator[Shift]:
    zone = ZoneInfo(schedule.time_zone)
    today = timezone.now().astimezone(zone).date()
    first = today + datetime.timedelta(days=dice.randint(1, 40))
    hour = dice.choice([8, 9, 10, 13, 14, 17, 18])
    for week in range(SHIFTS):
        day = first + datetime.timedelta(weeks=week)
        starts_at = datetime.datetime.combine(day, datetime.time(hour), zone).astimezone(datetime.UTC)
        yield Shift(
            opportunity_id=schedule.opportunity_id, schedule=schedule, kind=schedule.kind, occurrence_on=day,
            starts_at=starts_at, ends_at=starts_at + datetime.timedelta(hours=3),
            closes_at=starts_at - datetime.timedelta(hours=2), time_zone=schedule.time_zone, local_on=day,
            weekday=day.weekday(), daypart=0 if hour < 12 else 1 if hour < 17 else 2, capacity=12,
            taken=12 if dice.random() < 0.2 else dice.randint(0, 11),
        )  # fmt: skip


def _document(row: Opportunity, page: Page) -> Document:
    return Document(
        source="page", object_id=page.pk, page_id=page.pk, language="en", kind="opportunity", title=row.title,
        version="1", family=row.family, summary="Dig, plant, stake and water twelve redbuds with a city forester.",
        body="Bring gloves and a bottle of water. We plant along the avenue until noon.", city_id=row.city_id,
        topics=tuple(filter(None, row.topics.split(","))),
    )  # fmt: skip
