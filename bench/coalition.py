"""The national site and the finder with all 832 cities, their ZIP codes, and 300 members with their sites."""

import csv
import io
import time
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_test_environment

from bench.admin import keep_copy, measure_admin
from bench.city_sites import join, measure_city_sites
from bench.report import Report, milliseconds, percentile
from bench.resources import measure_resources
from bench.volunteering import measure_volunteering
from coalition.models import City
from coalition.place_index import index
from home.models import StoryPage
from portal.demo.services.seed import seed_demo


def measure(data: Path) -> bool:
    """Print every figure; True when all bars are met."""
    setup_test_environment()
    report = Report()
    start = time.perf_counter()
    call_command("migrate", verbosity=0)
    report.line("migrate an empty database", time.perf_counter() - start, "s")
    few = keep_copy()
    start = time.perf_counter()
    seed_demo(port=80)
    report.line("seed the demo coalition", time.perf_counter() - start, "s")
    _measure_import(report, data)
    join(report)
    _measure_finder(report, data)
    _measure_pages(report)
    measure_city_sites(report)
    measure_admin(report, few)
    measure_resources(report, data)
    measure_volunteering(report)
    return not report.missed


def _measure_import(report: Report, data: Path) -> None:
    rows = sum(1 for name in ("cities.csv", "zips.csv") for _line in (data / name).open(encoding="utf-8")) - 2
    for what in ("import cities and ZIP codes, first run", "import them again, nothing to change"):
        start = time.perf_counter()
        call_command(
            "import_cities",
            data / "cities.csv",
            zips=data / "zips.csv",
            commit=True,
            stdout=io.StringIO(),
            stderr=io.StringIO(),
        )
        report.line(what, rows / (time.perf_counter() - start), "rows/s")
    report.line("cities known afterwards", City.objects.count(), "cities", at_least=832)


def _measure_finder(report: Report, data: Path) -> None:
    with (data / "city-queries-dev.csv").open(encoding="utf-8") as lines:
        wanted = [(row["query"], row["expected_slug"]) for row in csv.DictReader(lines)]
    client = Client()
    right = sum(_first_answer(client, query) == slug for query, slug in wanted)
    report.line("finder: first answer right, of 25 development queries", right, "answers", at_least=24)
    zips = list(City.objects.members().filter(zips__isnull=False).values_list("zips__zip", flat=True)[:25])
    times: list[float] = []
    for words in [*(query for query, _slug in wanted), *zips, "springfield", "zzqx", "99999"]:
        times += milliseconds(lambda words=words: client.get("/cities/find/", {"q": words}, follow=True), times=4)  # type: ignore[misc]
    report.line("finder: question to answer page, redirect included, p50", percentile(times, 50), "ms")
    report.line("finder: question to answer page, redirect included, p95", percentile(times, 95), "ms", at_most=30)
    report.line("finder: index built anew", percentile(milliseconds(index._build, times=5), 50), "ms", at_most=60)
    suggest: list[float] = []
    for words in ("spr", "new y", "san", "los angelas", "port"):
        suggest += milliseconds(lambda words=words: client.get("/cities/suggest/", {"q": words}), times=10)  # type: ignore[misc]
    report.line("finder: suggestions, p95", percentile(suggest, 95), "ms", at_most=30)


def _first_answer(client: Client, query: str) -> str:
    """The slug of the city that the finder's page names first."""
    response = client.get("/cities/find/", {"q": query}, follow=True)
    if "city" in response.context:
        return response.context["city"].slug
    choices = response.context.get("choices") or response.context.get("closest") or []
    return choices[0].place.slug if choices else ""


def _measure_pages(report: Report) -> None:
    story = StoryPage.objects.live().filter(locale__language_code="en", city__isnull=False).latest("date")
    pages = [
        ("home", "/"),
        ("cities", "/cities/"),
        ("cities, page 5", "/cities/?page=5"),
        ("a story", story.url),
        ("home in Spanish", "/es/"),
    ]
    client = Client()
    for name, url in pages:
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            response = client.get(url)
        assert response.status_code == 200, (url, response.status_code)
        report.line(f"{name}: queries", len(queries), "queries", at_most=15)
        times = milliseconds(lambda url=url: client.get(url), times=25)  # type: ignore[misc]
        report.line(f"{name}: p50", percentile(times, 50), "ms")
        report.line(f"{name}: size", len(response.content) / 1024, "KB")
