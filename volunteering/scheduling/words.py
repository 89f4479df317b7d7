"""A schedule and a shift in plain words, as people say it: "Every Tuesday, 3:30 to 4:30 p.m., until May 28"."""

import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import dates, formats
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from volunteering.models import Schedule, Shift, Timing
from volunteering.scheduling.recurrence import DAYS, parts_of

ORDINALS = {
    1: gettext_lazy("first"),
    2: gettext_lazy("second"),
    3: gettext_lazy("third"),
    4: gettext_lazy("fourth"),
    5: gettext_lazy("fifth"),
    -1: gettext_lazy("last"),
    -2: gettext_lazy("last but one"),
}
"""Which weekday of a month."""


def schedule_in_words(schedule: Schedule) -> str:
    """When it is: the rhythm, the hours, the last day, and the days left out."""
    if schedule.kind == Timing.ONCE:
        return ", ".join(filter(None, [_day(schedule.starts_on), _hours(schedule)]))
    parts = [rhythm(schedule) if schedule.kind == Timing.SERIES else str(schedule.get_kind_display())]
    parts += [_hours(schedule), _until(schedule), _left_out(schedule)]
    return ", ".join(part for part in parts if part)


def shift_in_words(shift: Shift) -> str:
    """As in "Saturday, December 5, 10 a.m. to 1 p.m.", on the shift's own clock; the kind for one without a time."""
    if shift.starts_at is None or shift.ends_at is None:
        return str(shift.get_kind_display())
    zone = ZoneInfo(shift.time_zone)
    start, end = shift.starts_at.astimezone(zone), shift.ends_at.astimezone(zone)
    return f"{_day(start.date())}, {clock_range(start.time(), end.time())}"


def start_in_words(shift: Shift) -> str:
    """When it begins on its own clock, as in "3:30 p.m."; "" for a shift without a time."""
    return moment_in_words(shift.starts_at, shift.time_zone, "TIME_FORMAT") if shift.starts_at else ""


def moment_in_words(moment: datetime.datetime, time_zone: str, pattern: str = "DATETIME_FORMAT") -> str:
    """A moment on a city's clock."""
    return formats.date_format(moment.astimezone(ZoneInfo(time_zone)), pattern)


def clock_range(start: datetime.time, end: datetime.time) -> str:
    """As in "3:30 to 4:30 p.m.": half of the day is said once when it is the same."""
    first, last = (formats.time_format(at, "TIME_FORMAT") for at in (start, end))
    head, _space, half = first.rpartition(" ")
    if head and last.endswith(f" {half}"):
        first = head
    return _("%(start)s to %(end)s") % {"start": first, "end": last}


def rhythm(schedule: Schedule) -> str:
    """As in "Every Tuesday", "Every 2 weeks on Monday and Friday", "The second Saturday of every month"."""
    parts = parts_of(schedule.rrule)
    every = int(parts.get("INTERVAL", "1"))
    if parts["FREQ"] == "DAILY":
        return ngettext("Every day", "Every %(count)d days", every) % {"count": every}
    if parts["FREQ"] == "WEEKLY":
        return _weekly(parts, every, schedule)
    return _monthly(parts, every, schedule)


def _weekly(parts: dict[str, str], every: int, schedule: Schedule) -> str:
    numbers = sorted(DAYS.index(day) for day in parts["BYDAY"].split(",")) if "BYDAY" in parts else []
    if not numbers and schedule.starts_on:
        numbers = [schedule.starts_on.weekday()]
    words = {"days": _listed([str(dates.WEEKDAYS[number]) for number in numbers]), "count": every}
    return ngettext("Every %(days)s", "Every %(count)d weeks on %(days)s", every) % words


def _monthly(parts: dict[str, str], every: int, schedule: Schedule) -> str:
    if "BYDAY" in parts:
        words: dict[str, Any] = {"which": _listed(_nth_days(parts)), "count": every}
        text = ngettext("The %(which)s of every month", "The %(which)s of every %(count)d months", every)
        return text % words
    numbers = [int(day) for day in parts["BYMONTHDAY"].split(",")] if "BYMONTHDAY" in parts else []
    if not numbers and schedule.starts_on:
        numbers = [schedule.starts_on.day]
    days = [_("the last day") if day == -1 else _("day %(number)d") % {"number": day} for day in numbers]
    words = {"days": _listed(days), "count": every}
    return ngettext("On %(days)s of every month", "On %(days)s of every %(count)d months", every) % words


def _nth_days(parts: dict[str, str]) -> list[str]:
    found = []
    for day in parts["BYDAY"].split(","):
        name = str(dates.WEEKDAYS[DAYS.index(day[-2:])])
        nth = day[:-2] or parts.get("BYSETPOS", "")
        found.append(nth_in_words(int(nth), name) if nth else name)
    return found


def nth_in_words(nth: int, day: str) -> str:
    """As in "second Saturday"."""
    return _("%(nth)s %(day)s") % {"nth": ORDINALS.get(nth, nth), "day": day}


def _hours(schedule: Schedule) -> str:
    if schedule.start_time is None:
        return ""
    start = datetime.datetime.combine(datetime.date.min, schedule.start_time)
    return clock_range(start.time(), (start + datetime.timedelta(minutes=schedule.minutes)).time())


def _until(schedule: Schedule) -> str:
    if schedule.ends_on is None:
        return ""
    return _("until %(day)s") % {"day": short_day(schedule.ends_on, schedule.starts_on)}


def _left_out(schedule: Schedule) -> str:
    days = [short_day(datetime.date.fromisoformat(day), schedule.starts_on) for day in schedule.skipped]
    return _("not on %(days)s") % {"days": _listed(days)} if days else ""


def short_day(day: datetime.date, beside: datetime.date | None = None) -> str:
    """The day with its month; with the year when it is not that of `beside`."""
    is_same_year = beside is not None and beside.year == day.year
    return formats.date_format(day, "MONTH_DAY_FORMAT" if is_same_year else "DATE_FORMAT")


def _day(day: datetime.date | None) -> str:
    if day is None:
        return ""
    return _("%(weekday)s, %(day)s") % {"weekday": dates.WEEKDAYS[day.weekday()], "day": formats.date_format(day)}


def _listed(words: list[str]) -> str:
    return get_text_list(words, _("and"))
