"""What the search's measurements search: 1,500 real guides, then 10,000 documents; and what publishing costs."""

import io
import itertools
import os
import random
import statistics
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import transaction
from wagtail.models import Page

from bench.report import Report
from home.services.setup import set_up_portal
from resources.factories import library
from resources.models import GuidePage
from search.documents import Document
from search.engines.choosing import outside_engine
from search.indexing.noting import note
from search.indexing.settling import settle
from search.indexing.write import put
from search.models import SearchDoc
from search.sources import sources
from search.words import lexicon

BATCH = 100
PUBLISHED = 30
PUBLISH_MS = 15
WORDS = ("again", "today", "together", "outside", "tomorrow")


def import_guides(path: Path) -> float:
    """Set up a portal, import the guides as an operator does and index them; seconds for the last two."""
    set_up_portal(hostname="testserver")
    shelf = library()
    start = time.perf_counter()
    call_command("import_guides", path, under=shelf.pk, commit=True, stdout=io.StringIO(), stderr=io.StringIO())
    while settle():
        pass
    outside: Any = outside_engine()
    if outside is not None:
        outside.rebuild()
    found = SearchDoc.objects.filter(kind="guide").count()
    assert found >= 1_500, found
    return time.perf_counter() - start


def fill_up(number: int) -> tuple[int, float]:
    """Documents like those there, with a part of their words changed, until there are `number`; (made, seconds)."""
    originals = sources()["page"].documents(
        list(SearchDoc.objects.filter(kind="guide").values_list("object_id", flat=True))
    )
    missing = number - SearchDoc.objects.count()
    made = itertools.islice(_varied(originals), missing)
    start = time.perf_counter()
    while batch := list(itertools.islice(made, BATCH)):
        with transaction.atomic():
            lexicon.count(put(batch))
    if os.environ.get("SEARCH_URL"):
        from search.indexing.telling import tell

        while tell(patiently=True):
            pass
    return missing, time.perf_counter() - start


def _varied(originals: list[Document]) -> Iterator[Document]:
    """Near-copies without end: each with a sixth of the words of its body from another guide."""
    dice = random.Random(7)  # noqa: S311  # nosec B311
    for number in itertools.count(1):
        one = originals[number % len(originals)]
        other = dice.choice(originals).body.split() or ["word"]
        words = [dice.choice(other) if dice.random() < 1 / 6 else word for word in one.body.split()]
        yield replace(
            one,
            source="page",
            object_id=10_000_000 + number,
            title=f"{one.title} {dice.choice(other)}",
            body=" ".join(words),
            family=f"copy-{number}",
            source_id=f"copy-{number}",
            siblings=(),
        )


def publishing(report: Report) -> None:
    """What indexing adds to a publication: the note, and making the document anew after it, both commits included."""
    guides = GuidePage.objects.live().order_by("pk").values_list("pk", "title")
    costs = []
    for number, (pk, title) in enumerate(guides[:PUBLISHED]):
        Page.objects.filter(pk=pk).update(title=f"{title} {WORDS[number % len(WORDS)]}")
        start = time.perf_counter()
        with transaction.atomic():
            note("page", [pk])
        costs.append((time.perf_counter() - start) * 1000)
    report.line("a publication: indexing adds, median", statistics.median(costs), "ms", at_most=PUBLISH_MS)
