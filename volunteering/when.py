"""When a shift is, in words, on the clock of its city: "Saturday, December 5", "9 a.m. to noon"."""

import datetime
import zoneinfo
from dataclasses import dataclass
from functools import lru_cache

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from volunteering.models import DATED, Shift

HALF_OF_DAY = datetime.timedelta(hours=12)


@dataclass(frozen=True)
class When:
    """A shift's time in the active language. Without a time (`begins` None) `day` says how it is agreed."""

    day: str
    hours: str = ""
    zone: str = ""
    begins: datetime.datetime | None = None
    ends: datetime.datetime | None = None

    def __str__(self) -> str:
        return f"{self.day}, {self.hours}" if self.hours else self.day


def when_is(shift: Shift) -> When:
    """The words for a shift."""
    if shift.starts_at is None:
        return When(str(shift.get_kind_display()))
    begins = local(shift.starts_at, shift.time_zone)
    ends = local(shift.ends_at, shift.time_zone) if shift.ends_at else None
    hours = hours_of(begins, ends) if shift.kind in DATED else ""
    return When(day_of(begins), hours, begins.tzname() or "", begins, ends)


def day_of(moment: datetime.datetime) -> str:
    """The day of a local time, with the year when it is another than now."""
    named = {"weekday": date_format(moment, "l"), "day": date_format(moment, "MONTH_DAY_FORMAT")}
    if moment.year == timezone.now().astimezone(moment.tzinfo).year:
        words = _("%(weekday)s, %(day)s") % named
    else:
        words = _("%(weekday)s, %(day)s, %(year)s") % {**named, "year": moment.year}
    return capfirst(words)


def hours_of(begins: datetime.datetime, ends: datetime.datetime | None) -> str:
    """From when to when. The half of the day is said once where both are in the same one."""
    if ends is None:
        return clock(begins)
    if ends.date() != begins.date() and ends - begins > HALF_OF_DAY:
        return _("%(start)s to %(end)s") % {"start": clock(begins), "end": f"{day_of(ends)}, {clock(ends)}"}
    same_half = begins.hour // 12 == ends.hour // 12 and begins.date() == ends.date()
    is_plain = begins.minute == 0 and begins.hour % 12 == 0  # noon and midnight have names
    short = same_half and not is_plain
    start = date_format(begins, "f") if short else clock(begins)
    return _("%(start)s to %(end)s") % {"start": start, "end": clock(ends)}


def clock(moment: datetime.datetime) -> str:
    """A time of day: "9 a.m.", "3:30 p.m.", "noon". The number and its half stay on one line."""
    return date_format(moment, "P").replace(" ", "\N{NO-BREAK SPACE}")


def until(moment: datetime.datetime, time_zone: str) -> str:
    """A limit: day and time, on the clock of that zone."""
    there = local(moment, time_zone)
    return f"{day_of(there)}, {clock(there)}"


def local(moment: datetime.datetime, time_zone: str) -> datetime.datetime:
    """The moment on the clock of a zone; on the portal's own for a name that nobody knows."""
    return moment.astimezone(_zone(time_zone))


@lru_cache(maxsize=64)
def _zone(name: str) -> datetime.tzinfo:
    try:
        return zoneinfo.ZoneInfo(name or timezone.get_default_timezone_name())
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return timezone.get_default_timezone()
