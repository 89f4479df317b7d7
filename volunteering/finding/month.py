"""A month of shifts, day by day. Two queries for what there is, two more for the few that each day names."""

import calendar
import datetime
import heapq
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, TextField, When
from django.db.models.functions import Cast
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.functional import cached_property

from coalition.models import City
from volunteering.finding.asked import MONTH
from volunteering.finding.matching import IS_FULL, seen_in
from volunteering.finding.raw import raw_rows
from volunteering.finding.rows import documents_of
from volunteering.finding.screen import Screen
from volunteering.finding.ways import Way
from volunteering.models import Shift
from volunteering.when import clock, local

NAMED = 3
"""Shifts that a day names; the day's own list has all."""
MONTHS_AHEAD = 12
SUNDAY_FIRST = calendar.Calendar(firstweekday=6)


@dataclass(frozen=True)
class Named:
    """A shift that a day names. `language` is set when it is not the reader's."""

    title: str
    url: str
    hour: str
    city: City | None
    is_full: bool
    is_met: bool
    language: str = ""


@dataclass
class Day:
    """A day of the calendar; `count` shifts are on it, `met` of them meet every wish."""

    day: datetime.date
    is_in_month: bool
    is_today: bool = False
    count: int = 0
    met: int = 0
    named: list[Named] = field(default_factory=list)
    url: str = ""

    @property
    def more(self) -> int:
        """How many it does not name."""
        return self.count - len(self.named)


class Month:
    """The month that a screen asks for: weeks from Sunday on, ways to the months before and after."""

    def __init__(self, screen: Screen) -> None:
        self.screen = screen
        present = screen.today.replace(day=1)
        self.last = _plus(present, MONTHS_AHEAD)
        wanted = MONTH.fullmatch(screen.asked["month"])
        asked = datetime.date(int(wanted[1]), int(wanted[2]), 1) if wanted else present
        self.first = min(max(asked, present), self.last)
        self.present = present

    @property
    def title(self) -> str:
        """Its name, with the year."""
        return date_format(self.first, "YEAR_MONTH_FORMAT")

    @property
    def weekdays(self) -> list[Any]:
        """The heads of the columns."""
        return [WEEKDAYS[(place + 6) % 7] for place in range(7)]

    @property
    def before(self) -> Way | None:
        """The month before, unless that is over."""
        return self._way(_plus(self.first, -1)) if self.first > self.present else None

    @property
    def after(self) -> Way | None:
        """The month after, as far as anybody plans."""
        return self._way(_plus(self.first, 1)) if self.first < self.last else None

    def _way(self, first: datetime.date) -> Way:
        asked = self.screen.asked.plus(view="month", month=f"{first:%Y-%m}")
        return Way(date_format(first, "YEAR_MONTH_FORMAT"), self.screen.path + asked.query)

    @property
    def count(self) -> int:
        """How many shifts there are."""
        return sum(day.count for week in self.weeks for day in week)

    @property
    def met(self) -> int:
        """How many of them meet every wish."""
        return sum(day.met for week in self.weeks for day in week)

    @cached_property
    def weeks(self) -> list[list[Day]]:
        """Each with seven days, those of other months empty; weeks that are over are left out."""
        days = {
            day: Day(day, day.month == self.first.month, day == self.screen.today, url=self._url(day))
            for week in SUNDAY_FIRST.monthdatescalendar(self.first.year, self.first.month)
            if week[-1] >= self.screen.today
            for day in week
        }
        self._fill(days)
        listed = list(days.values())
        return [listed[start : start + 7] for start in range(0, len(listed), 7)]

    def _url(self, day: datetime.date) -> str:
        alone = self.screen.asked.without("view", "month", "when", "day")
        return self.screen.path + alone.plus(since=day.isoformat(), until=day.isoformat()).query

    def _fill(self, days: dict[datetime.date, Day]) -> None:
        on_days: dict[int, list[tuple[int, int, str, int, int]]] = defaultdict(list)
        bits = {pk: row.bit_count() for pk, _city, row, _far in self._seen}
        for pk, opportunity, day, starts, missed, is_full in self._shifts:
            static = bits.get(opportunity)
            if static is not None:
                on_days[int(str(day)[-2:])].append((static + missed, is_full, starts, pk, opportunity))
        best = {number: heapq.nsmallest(NAMED, shifts) for number, shifts in on_days.items()}
        named = self._named([shift for shifts in best.values() for shift in shifts])
        for number, shifts in on_days.items():
            day = days.get(self.first.replace(day=number))
            if day is None:  # still today where the shift is, and a week ago here
                continue
            day.count = len(shifts)
            day.met = sum(shift[0] == 0 for shift in shifts)
            chosen = sorted(best[number], key=lambda shift: shift[2:])
            day.named = [named[shift[3]] for shift in chosen if shift[3] in named]

    @property
    def _seen(self) -> list[tuple[int, int, int, float | None]]:
        return [] if self.screen.is_unknown else seen_in(self.screen.scope, self.screen.wishes, self.screen.now)

    @property
    def _shifts(self) -> list[tuple[Any, ...]]:
        """(key, opportunity, day, start as text, missed wishes about time, whether full) of the month's open ones."""
        missed: Any = sum(
            Case(When(wish.shift, then=0), default=1) for wish in self.screen.wishes if wish.shift is not None
        )
        last = _plus(self.first, 1) - datetime.timedelta(days=1)
        shifts = Shift.objects.open(self.screen.now).filter(local_on__range=(self.first, last)).order_by()
        if self.screen.scope.city is not None:
            shifts = shifts.filter(opportunity__city=self.screen.scope.city)
        shifts = shifts.annotate(begins=Cast("starts_at", TextField()), full=IS_FULL, missed=missed or Case(default=0))
        return raw_rows(shifts.values_list("pk", "opportunity_id", "local_on", "begins", "missed", "full"))

    def _named(self, chosen: list[tuple[int, int, str, int, int]]) -> dict[int, Named]:
        """Shift → how its day names it."""
        shifts = Shift.objects.select_related("opportunity__city").in_bulk([shift[3] for shift in chosen])
        language = self.screen.lines.language
        docs = documents_of({shift.opportunity.family for shift in shifts.values()}, language, self.screen.now)
        found = {}
        for missed, is_full, _starts, pk, _opportunity in chosen:
            shift = shifts.get(pk)
            doc = docs.get(shift.opportunity.family) if shift else None
            url = self.screen.lines.addresses.of(doc)[0] if doc else ""
            if shift and shift.starts_at and doc and url:
                hour = clock(local(shift.starts_at, shift.time_zone))
                city = None if self.screen.here else shift.opportunity.city
                elsewhere = "" if doc.language == language else doc.language
                found[pk] = Named(doc.title, url, hour, city, bool(is_full), missed == 0, elsewhere)
        return found


def _plus(first: datetime.date, months: int) -> datetime.date:
    """The first day of a month so many months away."""
    years, month = divmod(first.month - 1 + months, 12)
    return datetime.date(first.year + years, month + 1, 1)
