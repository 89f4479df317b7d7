"""A city's clock: local times that are missing or come twice, told apart and explained."""

import datetime
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.translation import gettext as _

from coalition.models import City

DEFAULT_ZONE = "America/Chicago"
"""The clock of a city whose time zone nobody has written down."""
UTC = datetime.UTC


class Fit(StrEnum):
    """How a time stands on the clock of a day."""

    OK = "ok"
    MISSING = "missing"  # the clocks jump over it in spring
    TWICE = "twice"  # the clocks go back over it in fall


@dataclass(frozen=True)
class Choice:
    """One way to read a time that is missing or comes twice. `value`: for a form."""

    value: str
    at: datetime.time
    fold: int
    label: str


@dataclass(frozen=True)
class Reading:
    """What a date and a time mean on a clock. Where they mean one moment, there is nothing to explain or choose."""

    fit: Fit
    explanation: str = ""
    choices: tuple[Choice, ...] = ()


def zone_of(city: City) -> str:
    """The name of the city's time zone."""
    return city.time_zone or DEFAULT_ZONE


def moment(on: datetime.date, at: datetime.time, time_zone: str, *, fold: int = 0) -> datetime.datetime:
    """The moment, in UTC, when the clock shows this. Of a time that comes twice, `fold` says which: 0 the first, 1 the
    second. One that is missing moves forward by the gap, which is how PEP 495 reads it with fold 0."""
    is_missing = fold and fit_of(on, at, time_zone) == Fit.MISSING
    return _aware(on, at, time_zone, 0 if is_missing else fold).astimezone(UTC)


def today_in(time_zone: str, now: datetime.datetime) -> datetime.date:
    """The day on that clock."""
    return now.astimezone(ZoneInfo(time_zone)).date()


def fit_of(on: datetime.date, at: datetime.time, time_zone: str) -> Fit:
    """Whether the clock shows this time once, never or twice on that day.

    PEP 495: both folds differ by their offset around a change of clocks; the earlier offset is the smaller one where
    the clocks jump forward.
    """
    first, second = (_aware(on, at, time_zone, fold).utcoffset() for fold in (0, 1))
    assert first is not None
    assert second is not None
    if first == second:
        return Fit.OK
    return Fit.MISSING if first < second else Fit.TWICE


def read_clock(on: datetime.date, at: datetime.time, time_zone: str) -> Reading:
    """What the time means that day, in words for whoever has typed it."""
    fit = fit_of(on, at, time_zone)
    if fit == Fit.OK:
        return Reading(fit)
    words = {"time": _clock(at), "day": formats.date_format(on, "DATE_FORMAT")}
    if fit == Fit.MISSING:
        return Reading(
            fit,
            _("There is no %(time)s on %(day)s: that night the clocks jump forward over it. Choose another time.")
            % words,
            tuple(_beside(on, at, time_zone, fold) for fold in (1, 0)),
        )
    return Reading(
        fit,
        _("It is %(time)s twice on %(day)s: that night the clocks go back. Choose which one you mean.") % words,
        tuple(_one_of_two(on, at, time_zone, fold) for fold in (0, 1)),
    )


def _beside(on: datetime.date, at: datetime.time, time_zone: str, fold: int) -> Choice:
    """The time before or after the gap that is as far from its edge as the missing one."""
    local = _aware(on, at, time_zone, fold).astimezone(UTC).astimezone(ZoneInfo(time_zone))
    words = {"time": _clock(local.time()), "zone": local.tzname()}
    label = _("%(time)s, before the change (%(zone)s)") if fold else _("%(time)s, after the change (%(zone)s)")
    return Choice(f"{local:%H:%M}", local.time(), 0, label % words)


def _one_of_two(on: datetime.date, at: datetime.time, time_zone: str, fold: int) -> Choice:
    zone = _aware(on, at, time_zone, fold).tzname()
    words = {"time": _clock(at), "zone": zone}
    label = _("The second %(time)s, after the change (%(zone)s)") if fold else _(
        "The first %(time)s, before the change (%(zone)s)"
    )  # fmt: skip
    return Choice(f"fold-{fold}", at, fold, label % words)


def _aware(on: datetime.date, at: datetime.time, time_zone: str, fold: int) -> datetime.datetime:
    return datetime.datetime.combine(on, at.replace(fold=fold), tzinfo=ZoneInfo(time_zone))


def _clock(at: datetime.time) -> str:
    return formats.time_format(at, "TIME_FORMAT")
