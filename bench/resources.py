"""The library with 1,500 real guides: what importing them takes, and what its pages cost among all of them."""

import io
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.report import Report, milliseconds, percentile
from home.models import HomePage
from resources.models import GuidePage, LibraryPage

GUIDES = 1_500
SECONDS = 180
MEGABYTES = 300
FILTERS = {"topic": "how-to", "audience": "neighbors"}


def measure_resources(report: Report, data: Path) -> None:
    """Import the guides twice, then open the library and guides."""
    path = data / "guides.jsonl"
    if not path.exists():
        report.line(f"guides to import (no {path})", 0, "guides", at_least=GUIDES)
        return
    library = _library()
    with _memory_over_start() as megabytes:
        seconds = _import(path, library)
    report.line("import 1,500 guides", seconds, "s", at_most=SECONDS)
    report.line("import 1,500 guides: memory over start", max(megabytes), "MB", at_most=MEGABYTES)
    imported = GuidePage.objects.filter(imported__isnull=False)
    report.line("guides imported", imported.count(), "guides", at_least=GUIDES)
    before = _state()
    report.line("import them again, nothing to change", _import(path, library), "s")
    report.line("import them again: guides changed", len(before ^ _state()), "guides", at_most=0)
    guide = imported.filter(locale=library.locale).order_by("-pk")[700]
    _measure_page(report, "library", library.url, {})
    _measure_page(report, "library, two filters", library.url, FILTERS)
    _measure_page(report, "a guide", guide.url, {})


def _state() -> set[tuple[int, int | None]]:
    """Each guide with its latest revision."""
    return set(GuidePage.objects.values_list("pk", "latest_revision_id"))


def _library() -> LibraryPage:
    """The English library of the demo, or a new one."""
    found = LibraryPage.objects.filter(locale__language_code="en").order_by("path").first()
    if found:
        return found
    made = LibraryPage(title="Guides")
    HomePage.objects.get(depth=2, locale__language_code="en").add_child(instance=made)
    made.save_revision().publish()
    return made


def _import(path: Path, library: LibraryPage) -> float:
    start = time.perf_counter()
    call_command("import_guides", path, under=library.pk, commit=True, stdout=io.StringIO(), stderr=io.StringIO())
    return time.perf_counter() - start


@contextmanager
def _memory_over_start() -> Iterator[list[float]]:
    """Megabytes of memory over what the process had at the start, ten times a second."""
    start, found, done = _resident(), [0.0], threading.Event()

    def watch() -> None:
        while not done.wait(0.1):
            found.append(_resident() - start)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield found
    finally:
        done.set()
        watcher.join()


def _resident() -> float:
    """What the process holds in memory, in megabytes (Linux)."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def _measure_page(report: Report, name: str, url: str, query: dict[str, str]) -> None:
    client = Client()
    client.get(url, query)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url, query)
    assert response.status_code == 200, (url, response.status_code)
    report.line(f"{name}: queries", len(queries), "queries", at_most=15)
    times = milliseconds(lambda: client.get(url, query), times=25)
    report.line(f"{name}: p50", percentile(times, 50), "ms")
    report.line(f"{name}: p95", percentile(times, 95), "ms")
