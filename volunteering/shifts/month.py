"""A month of shifts as weeks of days, drawn on the server."""

import calendar
import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils import dates, formats
from django.utils.text import capfirst

from volunteering.shifts.selectors import Row

EARLIEST, LATEST = 2000, 2100


@dataclass
class Day:
    """One day and its shifts. `is_outside`: of the month before or after."""

    on: datetime.date
    name: str
    is_outside: bool
    is_today: bool
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class Month:
    """The weeks of a month, and the months beside it as "2026-12"."""

    title: str
    key: str
    previous: str
    following: str
    weekdays: list[str]
    weeks: list[list[Day]]

    @property
    def is_empty(self) -> bool:
        """Whether the month has no shift."""
        return not any(day.rows for week in self.weeks for day in week)


def month_from(text: str, today: datetime.date) -> datetime.date:
    """The first day of the month "2026-12"; of today's month for anything else."""
    found = re.fullmatch(r"([0-9]{4})-(0[1-9]|1[0-2])", text)
    if found and EARLIEST <= int(found[1]) <= LATEST:
        return datetime.date(int(found[1]), int(found[2]), 1)
    return today.replace(day=1)


def span_of(first: datetime.date) -> tuple[datetime.date, datetime.date]:
    """First and last day that the month's weeks show."""
    weeks = _calendar().monthdatescalendar(first.year, first.month)
    return weeks[0][0], weeks[-1][-1]


def month_of(first: datetime.date, today: datetime.date, rows: Iterable[Row]) -> Month:
    """The month with the shifts put to their days."""
    by_day: dict[datetime.date | None, list[Row]] = {}
    for row in rows:
        by_day.setdefault(row.shift.local_on, []).append(row)
    weeks = [
        [_day(on, first, today, by_day.get(on, [])) for on in week]
        for week in _calendar().monthdatescalendar(first.year, first.month)
    ]
    return Month(
        title=capfirst(formats.date_format(first, "YEAR_MONTH_FORMAT")),
        key=f"{first:%Y-%m}",
        previous=f"{first - datetime.timedelta(days=1):%Y-%m}",
        following=f"{first + datetime.timedelta(days=31):%Y-%m}",
        weekdays=[str(dates.WEEKDAYS[day.on.weekday()]) for day in weeks[0]],
        weeks=weeks,
    )


def _day(on: datetime.date, first: datetime.date, today: datetime.date, rows: list[Row]) -> Day:
    name = f"{dates.WEEKDAYS[on.weekday()]}, {formats.date_format(on, 'MONTH_DAY_FORMAT')}"
    return Day(on, capfirst(name), is_outside=on.month != first.month, is_today=on == today, rows=rows)


def _calendar() -> calendar.Calendar:
    """Weeks begin as people are used to: on Sunday in the United States."""
    sunday_first = int(formats.get_format("FIRST_DAY_OF_WEEK"))
    return calendar.Calendar((sunday_first - 1) % 7)
