"""300 city sites of 30 pages each: what making one takes, and what a visitor's page costs among all of them."""

import gzip
import time
from datetime import date, timedelta

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from bench.report import Report, milliseconds, percentile
from city_sites.look import look_url
from city_sites.models import CityHomePage
from city_sites.services.planting import publish_planted, stake_out
from city_sites.services.provisioning import provision_city
from coalition.models import City
from coalition.services.membership import change_status
from home.models import IndexPage, StoryPage

MEMBERS = 300
PAGES = 30
STORY = [{"type": "text", "value": "<p>Forty neighbors, three hours, one block. Nobody went home hungry.</p>"}]


def join(report: Report) -> None:
    """Bring the coalition to 300 members; each gets its site in the same act."""
    missing = MEMBERS - City.objects.members().count()
    prospects = City.objects.filter(status=City.Status.PROSPECT).order_by("-population")[:missing]
    times = []
    for number, city in enumerate(prospects):
        day = date(2020, 1, 1) + timedelta(days=number * 7)
        change_status(city=city, to=City.Status.PENDING, by=None, reason="For a measurement", effective_on=day)
        start = time.perf_counter()
        change_status(city=city, to=City.Status.MEMBER, by=None, reason="For a measurement", effective_on=day)
        times.append((time.perf_counter() - start) * 1000)
    for city in City.objects.members():
        write_stories(city)
    report.line("make a city a member, its site included: p50", percentile(times, 50), "ms", at_most=1000)
    report.line("make a city a member, its site included: slowest", max(times), "ms", at_most=1000)
    report.line("the same, first 20 of them", sum(times[:20]) / 20, "ms")
    report.line("the same, last 20 of them", sum(times[-20:]) / 20, "ms")
    report.line("members", City.objects.members().count(), "cities", at_least=MEMBERS)


@transaction.atomic
def write_stories(city: City) -> None:
    """Fill the site up to 30 pages."""
    home = CityHomePage.objects.get(city=city, locale__language_code="en")
    index = IndexPage.objects.child_of(home).get(slug="stories")
    count = PAGES - 1 - home.get_descendant_count()
    stories = [
        StoryPage(
            title=f"Story {number} of {city.name}", slug=f"story-{number}", summary="What neighbors did.", city=city,
            date=date(2026, 1, 1) + timedelta(days=number), body=STORY, locale=home.locale, live=False,
        )
        for number in range(count)
    ]  # fmt: skip
    stake_out(index, stories)
    publish_planted(stories, by=None)


def measure_city_sites(report: Report) -> None:
    """Pages of all sites, a second run of provisioning, and what visitors ask for."""
    below = Page.objects.filter(depth__gt=3, path__startswith=_holder_path())
    report.line("pages of city sites", below.count(), "pages", at_least=MEMBERS * PAGES)
    city = City.objects.members().order_by("-population")[7]
    again = milliseconds(lambda: provision_city(city=city), times=10)
    report.line("provision again, nothing to do", percentile(again, 50), "ms")
    home = CityHomePage.objects.get(city=city, locale__language_code="en")
    story = StoryPage.objects.live().descendant_of(home).latest("date")
    pages = [
        ("city home", home.url),
        ("city page (about)", f"{home.url}about/"),
        ("city stories", f"{home.url}stories/"),
        ("city story", story.url),
        ("city opportunities", f"{home.url}opportunities/"),
    ]
    client = Client()
    for name, url in pages:
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            response = client.get(url)
        assert response.status_code == 200, (url, response.status_code)
        report.line(f"{name}: queries", len(queries), "queries", at_most=15)
        report.line(f"{name}: p50", percentile(milliseconds(lambda url=url: client.get(url), times=25), 50), "ms")  # type: ignore[misc]
    sheets = [len(gzip.compress(client.get(each).content)) for each in _theme_urls()]
    report.line("theme stylesheet, largest of 300, gzip", max(sheets) / 1024, "KB", at_most=2)


def _holder_path() -> str:
    return Page.objects.get(depth=3, slug="cities", locale__language_code="en").path


def _theme_urls() -> list[str]:
    return [look_url(home) for home in CityHomePage.objects.select_related("city")]
