"""Which opportunities are open, and how many wishes each of them meets: two queries, however many there are."""

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple, overload

from django.db.models import Case, Exists, F, IntegerField, Min, OuterRef, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils import timezone

from search.models import Readers, SearchDoc
from volunteering.finding.distance import miles_between
from volunteering.finding.raw import raw_rows
from volunteering.finding.wishes import Wish
from volunteering.models import Opportunity, Shift

KIND = "opportunity"
NAMED_AT_MOST = 500
"""So many opportunities are named in a statement; of more all are read."""
LATE = "9999"
"""Comes after every time: what has none stands last."""
IS_FULL = Case(When(Q(capacity__isnull=False, taken__gte=F("capacity")), then=1), default=0)


class Match(NamedTuple):
    """An open opportunity, with what its best shift says. Of two the one that fits better is the smaller one.

    `missed` counts the wishes that it does not meet, `is_full` is 1 when nobody can get a place in that shift, `starts`
    is its time as sortable text. `bits` has a 1 for each wish about the opportunity (not about its times) that is
    missed, in the order of the wishes. `distance` in miles is known when a place was asked for.
    """

    missed: int
    is_full: int
    starts: str
    pk: int
    city: int
    bits: int
    distance: float | None


class Matches(Sequence[Match]):
    """Many of them, in an order. They are kept as plain tuples, which Python's collector of garbage does not walk:
    ten thousand objects more at each request would have it stop everything for a quarter of a second now and then."""

    def __init__(self, rows: list[tuple[Any, ...]]) -> None:
        self.rows = rows

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, place: int) -> Match: ...
    @overload
    def __getitem__(self, place: slice) -> list[Match]: ...
    def __getitem__(self, place: int | slice) -> Match | list[Match]:
        if isinstance(place, slice):
            return [Match._make(row) for row in self.rows[place]]
        return Match._make(self.rows[place])

    def __iter__(self) -> Iterator[Match]:
        return map(Match._make, self.rows)

    def ordered(self, sort: str) -> "Matches":
        """By "soonest" or "nearest" (full ones last), else the best first."""
        return Matches(sorted(self.rows, key=ORDERS.get(sort)))

    def counts(self) -> Counter[int]:
        """Number of wishes missed → how many miss so many."""
        return Counter(map(itemgetter(MISSED), self.rows))

    def cities(self, *, missed: int | None = None) -> Counter[int]:
        """City → how many it has; only those that miss so many wishes, if that is asked for."""
        return Counter(row[CITY] for row in self.rows if missed is None or row[MISSED] == missed)


MISSED, CITY = Match._fields.index("missed"), Match._fields.index("city")
FAR = float("inf")
ORDERS: dict[str, Callable[[tuple[Any, ...]], Any]] = {
    "soonest": itemgetter(1, 2, 3),
    "nearest": lambda row: (row[1], FAR if row[6] is None else row[6], row[2], row[3]),
}


@dataclass(frozen=True)
class Scope:
    """What is looked at: one city or all, one topic or all."""

    city: int | None = None
    topic: str = ""

    def opportunities(self, prefix: str = "") -> Q:
        """As a condition on opportunities, or on what refers to them (`prefix` leads there)."""
        wanted = Q(**{f"{prefix}city": self.city}) if self.city is not None else Q()
        return wanted & (Q(**{f"{prefix}topics__contains": f",{self.topic},"}) if self.topic else Q())


def documents(now: datetime.datetime) -> QuerySet[SearchDoc]:
    """The index's documents of opportunities that visitors may find now."""
    alive = Q(expires_at=None) | Q(expires_at__gt=now)
    return SearchDoc.objects.filter(alive, kind=KIND).exclude(readers=Readers.MEMBERS)


def visible(now: datetime.datetime) -> QuerySet[Opportunity]:
    """Opportunities that visitors may find now, in no order, with shifts or without."""
    return Opportunity.objects.filter(Exists(documents(now).filter(family=OuterRef("family")))).order_by()


def missed_bits(conditions: Iterable[Q]) -> Any:
    """An expression with a 1 for each condition that does not hold, the first one's at the right."""
    found: Any = Value(0, output_field=IntegerField())
    for place, condition in enumerate(conditions):
        found = found + Case(When(condition, then=0), default=1 << place, output_field=IntegerField())
    return found


def matches(scope: Scope, wishes: Sequence[Wish], now: datetime.datetime | None = None) -> Matches:
    """Every open opportunity in the scope, in no order."""
    now = now or timezone.now()
    best = _best_shifts(scope, [wish.shift for wish in wishes if wish.shift is not None], now)
    return Matches(
        [
            (bits.bit_count() + (key[0] >> 1), key[0] & 1, key[1], pk, city, bits, distance)
            for pk, city, bits, distance in seen_in(scope, wishes, now)
            if (key := best.get(pk))
        ]
    )


def seen_in(scope: Scope, wishes: Sequence[Wish], now: datetime.datetime) -> list[tuple[int, int, int, float | None]]:
    """(pk, city, bits, distance), as a `Match` has them, of all that visitors may find, open or not. One query."""
    near = next((wish for wish in wishes if wish.center), None)
    static = [wish.opportunity for wish in wishes if wish.opportunity is not None]
    asked = visible(now).filter(scope.opportunities()).annotate(bits=missed_bits(static))
    if near is None:
        return [(*row, None) for row in raw_rows(asked.values_list("pk", "city_id", "bits"))]
    asked = asked.annotate(online=Case(When(is_online=True, then=1), default=0))
    rows = raw_rows(asked.values_list("pk", "city_id", "bits", "latitude", "longitude", "online"))
    return list(_with_distance(rows, near, 1 << len(static)))


def _with_distance(
    rows: Iterable[tuple[Any, ...]], near: Wish, bit: int
) -> Iterator[tuple[int, int, int, float | None]]:
    """What is done from home is near to everybody. `bit` is that of the wish for something near."""
    center, most = near.place, near.miles
    for pk, city, bits, north, east, online in rows:
        distance = None if online or north is None or east is None else miles_between(center, (north, east))
        is_near = online or (distance is not None and distance <= most)
        yield pk, city, bits if is_near else bits | bit, distance


def _best_shifts(scope: Scope, conditions: Sequence[Q], now: datetime.datetime) -> dict[int, tuple[int, str]]:
    """Opportunity → its best open shift: (twice the wishes about time that it misses, one more when full; its start).

    The best misses fewest, then has a place, then comes first: the smallest of texts made of these, in this order.
    """
    missed = sum((Case(When(each, then=0), default=2) for each in conditions), IS_FULL)
    starts = Coalesce(Cast("starts_at", TextField()), Value(LATE, output_field=TextField()))
    text = Concat(Cast(missed, TextField()), starts, output_field=TextField())
    shifts = Shift.objects.open(now).order_by()
    if scope.city is not None:
        shifts = shifts.filter(opportunity__city=scope.city)
    rows = raw_rows(shifts.values("opportunity").annotate(best=Min(text)).values_list("opportunity", "best"))
    return {pk: (int(text[0]), text[1:]) for pk, text in rows}


def missing_one(
    scope: Scope, conditions: Sequence[Q], now: datetime.datetime, among: Sequence[int]
) -> set[tuple[int, int]]:
    """(opportunity, bit) of the open shifts that miss exactly one of these conditions: the one with that bit.

    Of these opportunities; where they are many, others may be among the answer.
    """
    shifts = Shift.objects.open(now).annotate(missed=missed_bits(conditions)).order_by()
    shifts = shifts.filter(missed__in=[1 << place for place in range(len(conditions))])
    if scope.city is not None:
        shifts = shifts.filter(opportunity__city=scope.city)
    if len(among) <= NAMED_AT_MOST:
        shifts = shifts.filter(opportunity__in=among)
    return set(raw_rows(shifts.values_list("opportunity", "missed").distinct()))
