"""Filters: which signatures they let through, and how many results each of them would leave.

Engines count documents by (signature, bucket of dates); everything about facets is read from those numbers.
"""

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from coalition.models import City
from portal.core.models import Topic
from portal.core.site_context import LANGUAGE_NAMES
from search.engines.base import Counts
from search.models import Readers
from search.signatures import Facets, known
from search.sources import kinds, labels_of

FACETS = ("kind", "city", "topic", "audience", "language", "format", "date")
"""By what results can be narrowed, in the order in which the filters stand."""
LEGENDS: dict[str, str | Promise] = {
    "kind": _("Kind"),
    "city": _("City"),
    "topic": _("Topic"),
    "audience": _("Mainly for"),
    "language": _("Language"),
    "format": _("Format"),
    "date": _("Date"),
}
DATES: dict[str, tuple[str | Promise, tuple[int, ...]]] = {
    "upcoming": (_("Still to come"), (0,)),
    "month": (_("The last 30 days"), (1,)),
    "year": (_("The last 12 months"), (1, 2)),
    "older": (_("Older"), (3,)),
}
"""Value → its name, and the buckets of dates that it holds (`borders`)."""
MOST_OPTIONS = 30
"""Options of one facet that are listed, besides those that are chosen."""
Labels = Mapping[str, str | Promise]


@dataclass(frozen=True)
class Option:
    """One value of a facet. `count` is the number of results when it is chosen while all other filters stay."""

    value: str
    label: str | Promise
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    """One filter with its options, the most frequent first (kinds and dates in their own order)."""

    key: str
    legend: str | Promise
    options: list[Option]


@dataclass(frozen=True)
class Sieve:
    """What a search lets through. `chosen`: facet → values as signatures have them; a facet without any takes all.

    `language` is that of the query: what also exists in it is not shown in another one, unless languages are chosen.
    """

    chosen: tuple[tuple[str, frozenset[str]], ...]
    language: str
    is_member: bool = False

    def is_visible(self, facets: Facets) -> bool:
        """Whether this reader may find such documents at all."""
        hidden = Readers.VISITORS if self.is_member else Readers.MEMBERS
        return facets.readers != hidden

    def failing(self, facets: Facets) -> list[str]:
        """The filters, dates aside, that keep such documents out. Another choice in that facet alone would help.

        What is found in its city only fails by the city; what exists in the query's language fails by the language.
        """
        asked = dict(self.chosen)
        failed = [key for key, values in self.chosen if key != "date" and values.isdisjoint(values_of(key, facets))]
        return failed + [key for key in ("city", "language") if key not in asked and self.needs_choice(key, facets)]

    def needs_choice(self, key: str, facets: Facets) -> bool:
        """Whether such documents show only to who chooses something in this facet."""
        if key == "city":
            return facets.is_local
        return key == "language" and facets.language != self.language and self.language in facets.siblings

    @property
    def buckets(self) -> frozenset[int] | None:
        """The buckets of dates that are asked for; None: all."""
        asked = dict(self.chosen).get("date")
        if asked is None:
            return None
        return frozenset(bucket for value in asked if value in DATES for bucket in DATES[value][1])


def values_of(key: str, facets: Facets) -> Iterable[str]:
    """What documents of this signature say in a facet."""
    if key == "topic":
        return facets.topics
    if key == "city":
        return (str(facets.city_id),) if facets.city_id else ()
    value = getattr(facets, key)
    return (value,) if value else ()


def borders(today: datetime.date) -> tuple[datetime.date, ...]:
    """Between the buckets of dates: to come, the last 30 days, the last 12 months, older."""
    return (today, today - datetime.timedelta(days=30), today - datetime.timedelta(days=365))


@dataclass(frozen=True)
class Allowed:
    """Signatures that pass, all filters but the date considered. None: every one does."""

    ids: frozenset[int] | None


@lru_cache(maxsize=256)
def _allowed(sieve: Sieve, state: tuple[int, int]) -> Allowed:
    everything = known()
    passing = frozenset(
        pk for pk, facets in everything.items() if sieve.is_visible(facets) and not sieve.failing(facets)
    )
    return Allowed(None if len(passing) == len(everything) else passing)


def allowed_by(sieve: Sieve) -> frozenset[int] | None:
    """The signatures that the window of an engine may hold."""
    everything = known()
    state = (len(everything), max(everything, default=0))
    # What a transaction wrote is gone when it fails, and the next one gives the same keys to others.
    look_up = _allowed.__wrapped__ if connection.in_atomic_block else _allowed
    return look_up(sieve, state).ids


@dataclass
class Tally:
    """What was counted: all results, those of each value, and those if nothing were chosen in one facet."""

    total: int = 0
    values: dict[str, Counter[str]] = field(default_factory=lambda: {key: Counter() for key in FACETS})
    without: Counter[str] = field(default_factory=Counter)


def tally(counts: Counts, sieve: Sieve) -> Tally:
    """Totals and the count of every value, each with all other filters on, in one pass."""
    found = Tally()
    everything = known()
    buckets = sieve.buckets
    for (signature, bucket), number in counts.items():
        facets = everything.get(signature)
        if facets is None or not sieve.is_visible(facets):
            continue
        failed = sieve.failing(facets)
        if buckets is not None and bucket not in buckets:
            failed.append("date")
        if len(failed) > 1:
            continue
        found.total += 0 if failed else number
        for key, _values in sieve.chosen:
            if failed in ([], [key]) and not sieve.needs_choice(key, facets):
                found.without[key] += number
        _count(found, facets, bucket, number, failed)
    return found


def _count(found: Tally, facets: Facets, bucket: int, number: int, failed: list[str]) -> None:
    for key in failed or FACETS:
        values = _dates(bucket) if key == "date" else values_of(key, facets)
        for value in values:
            found.values[key][value] += number


def _dates(bucket: int) -> list[str]:
    return [value for value, (_name, buckets) in DATES.items() if bucket in buckets]


def facets_of(found: Tally, asked: Mapping[str, tuple[str, ...]], slugs: Mapping[str, str]) -> list[Facet]:
    """The filters as a screen shows them. `asked` as in the address; `slugs`: city's key → slug, for chosen ones.

    At most two queries: names of topics and of cities.
    """
    built = (_facet(key, found.values[key], asked.get(key, ()), slugs) for key in FACETS)
    return [facet for facet in built if facet.options]


def _facet(key: str, counted: Counter[str], asked: tuple[str, ...], slugs: Mapping[str, str]) -> Facet:
    if key == "city":
        return Facet(key, LEGENDS[key], _cities(counted, asked, slugs))
    labels = LABELS[key]()
    if key in ("kind", "date"):
        order = [value for value in labels if counted[value] or value in asked]
    else:
        order = [value for value, _number in counted.most_common(MOST_OPTIONS)]
    order += [value for value in asked if value not in order]
    options = [Option(value, labels.get(value, value), counted[value], value in asked) for value in order]
    return Facet(key, LEGENDS[key], options)


def _cities(counted: Counter[str], asked: tuple[str, ...], slugs: Mapping[str, str]) -> list[Option]:
    """Options of the facet "city": signatures know a city by its key, addresses by its slug."""
    keys = [value for value, _number in counted.most_common(MOST_OPTIONS)]
    keys += [key for key in slugs if key not in keys]
    named = City.objects.in_bulk([int(key) for key in keys]) if keys else {}
    rows = [(named[int(key)].slug, str(named[int(key)]), counted[key]) for key in keys if int(key) in named]
    rows += [(slug, slug, 0) for slug in asked if slug not in {row[0] for row in rows}]
    return [Option(slug, name, count, slug in asked) for slug, name, count in rows]


def _topics() -> Labels:
    return {topic.slug: str(topic) for topic in Topic.objects.all()}


def _kinds() -> Labels:
    return {name: kind.many for name, kind in kinds().items()}


LABELS: dict[str, Callable[[], Labels]] = {
    "kind": _kinds,
    "topic": _topics,
    "audience": lambda: labels_of("audience"),
    "language": lambda: LANGUAGE_NAMES,
    "format": lambda: labels_of("format"),
    "date": lambda: {value: name for value, (name, _buckets) in DATES.items()},
}


def chosen_from(asked: Mapping[str, tuple[str, ...]], slugs: Mapping[str, str]) -> tuple[Any, ...]:
    """`Sieve.chosen` for what an address asks for; a city that is not there is asked for in vain."""
    chosen = []
    for key in FACETS:
        values = asked.get(key, ())
        if key == "city":
            values = tuple(pk for pk, slug in slugs.items() if slug in values) or (("0",) if values else ())
        if values:
            chosen.append((key, frozenset(values)))
    return tuple(chosen)
