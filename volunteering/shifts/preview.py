"""What a form would do, shown before it is done: the days that a rule makes, what changes, what stays and why."""

import datetime
import hashlib
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _

from volunteering.models import DATED, Schedule, Shift
from volunteering.scheduling.clock import Fit, fit_of
from volunteering.scheduling.editing import Changes, foresee
from volunteering.scheduling.planning import days_of, horizon_of, shift_on
from volunteering.scheduling.words import schedule_in_words, shift_in_words, short_day

MOST_SHOWN = 60


@dataclass(frozen=True)
class PreviewDay:
    """A day that the rule makes, with what is special about it."""

    iso: str
    words: str
    remark: str = ""


@dataclass(frozen=True)
class KeptRow:
    """A shift that stays as it is."""

    words: str
    reason: str
    shift_id: int


@dataclass(frozen=True)
class Preview:
    """All of it. `seen`: what the form says when it is sent again unchanged."""

    words: str
    seen: str
    days: list[PreviewDay] = field(default_factory=list)
    more: int = 0
    until: str = ""
    made: int = 0
    changed: int = 0
    removed: int = 0
    kept: list[KeptRow] = field(default_factory=list)


def preview_new(schedule: Schedule, seen: str) -> Preview:
    """Of a schedule that is not saved yet."""
    days = [day for day in days_of(schedule)]
    return _preview(schedule, seen, Changes(make=[shift_on(schedule, day) for day in days]))


def preview_changed(schedule: Schedule, seen: str) -> Preview:
    """Of one that is there already, with other values that are not saved."""
    return _preview(schedule, seen, foresee(schedule, timezone.now()))


def _preview(schedule: Schedule, seen: str, changes: Changes) -> Preview:
    is_rule = bool(schedule.rrule)
    now = timezone.now()
    shifts = [shift_on(schedule, day) for day in days_of(schedule)] if is_rule else []
    kept = {each.shift.occurrence_on for each in changes.kept}
    ahead = [shift for shift in shifts if shift.starts_at and shift.starts_at > now and shift.occurrence_on not in kept]
    return Preview(
        words=schedule_in_words(schedule),
        seen=seen,
        days=[_day(schedule, shift) for shift in ahead[:MOST_SHOWN]],
        more=max(len(ahead) - MOST_SHOWN, 0),
        until=short_day(horizon_of(schedule, now)) if is_rule and schedule.ends_on is None else "",
        made=len(changes.make),
        changed=len(changes.change),
        removed=len(changes.remove),
        kept=[KeptRow(shift_in_words(each.shift), each.reason, each.shift.pk) for each in changes.kept],
    )


def _day(schedule: Schedule, shift: Shift) -> PreviewDay:
    assert shift.occurrence_on is not None
    return PreviewDay(str(shift.occurrence_on), shift_in_words(shift), remark_on(schedule, shift.occurrence_on))


def remark_on(schedule: Schedule, day: datetime.date) -> str:
    """Why the time of this one day differs; "" when it does not."""
    if schedule.kind not in DATED or schedule.start_time is None:
        return ""
    fit = fit_of(day, schedule.start_time, schedule.time_zone)
    if fit == Fit.MISSING:
        return _("The clocks jump forward that night, over the usual time: this one day begins later.")
    if fit == Fit.TWICE:
        return _("The clocks go back that night, and the usual time comes twice: this is the first one.")
    return ""


def fingerprint(values: dict[str, object]) -> str:
    """The same for the same values: what was shown is what is saved."""
    return hashlib.sha256(repr(sorted(values.items())).encode()).hexdigest()[:24]
