"""Changes to a schedule: they reach the shifts ahead that nobody has signed up for, and say which others stay."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from volunteering.keeping import keep_times, note_in_search
from volunteering.models import DATED, RosterMessage, Schedule, ServiceLog, Shift, ShiftStatus, SignUp, Timing
from volunteering.scheduling.clock import today_in
from volunteering.scheduling.history import note_act
from volunteering.scheduling.planning import check_schedule, days_of, shift_on, undated_shift

EDITABLE = (
    *("note", "starts_on", "ends_on", "start_time", "fold", "minutes", "rrule", "skipped"),
    *("capacity", "waitlist_size", "cutoff_minutes"),
)
_TIMES = ("starts_at", "ends_at", "closes_at", "local_on", "weekday", "daypart")
_PLACES = ("capacity", "waitlist_size")
_FOLLOWS = (*_TIMES, *_PLACES, "note")


@dataclass(frozen=True)
class Kept:
    """A shift that stays as it is, and why."""

    shift: Shift
    reason: str


@dataclass
class Changes:
    """What a changed schedule means for its shifts ahead."""

    make: list[Shift] = field(default_factory=list)
    change: list[tuple[Shift, dict[str, Any]]] = field(default_factory=list)
    remove: list[Shift] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)


class SignedUpError(ValidationError):
    """A shift has sign-ups, or had some: it is never deleted, and not changed behind people's backs."""


@transaction.atomic
def edit_schedule(
    *, schedule: Schedule, values: Mapping[str, Any], by: Any = None, now: datetime.datetime | None = None
) -> Changes:
    """Change a schedule (`values`: of EDITABLE) and its shifts ahead without sign-ups. Raises ValidationError."""
    now = now or timezone.now()
    changed = changed_schedule(schedule, values)
    check_schedule(changed)
    changes = _carry_out(changed, now)
    counts = {"made": len(changes.make), "changed": len(changes.change), "removed": len(changes.remove)}
    note_act("changed", schedule.opportunity, by=by, kept=len(changes.kept), **counts)
    return changes


@transaction.atomic
def end_schedule(
    *, schedule: Schedule, last_on: datetime.date, by: Any = None, now: datetime.datetime | None = None
) -> Changes:
    """Let a series, or what is agreed, end with a day. Later shifts go, but for those that somebody signed up for."""
    now = now or timezone.now()
    changes = _carry_out(ended_schedule(schedule, last_on, now), now)
    note_act("ended", schedule.opportunity, by=by, day=str(last_on), removed=len(changes.remove))
    return changes


def ended_schedule(schedule: Schedule, last_on: datetime.date, now: datetime.datetime) -> Schedule:
    """The schedule as it ends with that day, not saved. Raises ValidationError for what takes place once."""
    if schedule.kind == Timing.ONCE:
        raise ValidationError(_("It takes place once, so there is nothing to end. Call it off instead."))
    changed = changed_schedule(schedule, {"ends_on": last_on})
    is_before_first = schedule.starts_on is not None and last_on < schedule.starts_on
    changed.is_ended = is_before_first or last_on < today_in(schedule.time_zone, now)
    return changed


def changed_schedule(schedule: Schedule, values: Mapping[str, Any]) -> Schedule:
    """The schedule with other values, not saved."""
    changed = Schedule.objects.select_related("opportunity__city").get(pk=schedule.pk)
    for name, value in values.items():
        if name not in EDITABLE:
            raise ValueError(name)
        setattr(changed, name, sorted(str(day) for day in value) if name == "skipped" else value)
    return changed


def foresee(changed: Schedule, now: datetime.datetime) -> Changes:
    """What saving the schedule as it is in memory would do to its shifts. Two queries, and nothing is written."""
    days = days_of(changed, now=now) if changed.kind in DATED else []
    changes = Changes()
    for shift in shifts_ahead(changed, now):
        _foresee_one(changes, changed, shift, set(days))
    known = set(changed.shifts.values_list("occurrence_on", flat=True))
    is_there = changed.kind == Timing.ONCE and known  # its one shift changes; it never gets another
    drafts = [] if is_there else [shift_on(changed, day) for day in days if day not in known]
    changes.make = [shift for shift in drafts if shift.starts_at is not None and shift.starts_at > now]
    return changes


def shifts_ahead(schedule: Schedule, now: datetime.datetime) -> list[Shift]:
    """Shifts that have not begun, each with `has_past`: people signed up, were written to, or gave hours."""
    return list(with_past(schedule.shifts.all()).filter(Q(starts_at=None) | Q(starts_at__gt=now)).in_order())


def with_past(shifts: Any) -> Any:
    """Shifts with `has_past`."""
    of_shift = {"shift": OuterRef("pk")}
    return shifts.annotate(
        has_past=Exists(SignUp.objects.filter(**of_shift))
        | Exists(ServiceLog.objects.filter(**of_shift))
        | Exists(RosterMessage.objects.filter(**of_shift))
    )


def _foresee_one(changes: Changes, schedule: Schedule, shift: Any, days: set[datetime.date]) -> None:
    wanted = _wanted(schedule, shift, days)
    differs = {
        name: getattr(wanted, name) for name in _FOLLOWS if wanted and getattr(wanted, name) != getattr(shift, name)
    }
    if wanted is not None and not differs:
        return
    reason = _reason_to_stay(shift, differs)
    if reason:
        changes.kept.append(Kept(shift, reason))
        if shift.kind not in DATED:  # nobody loses anything when sign-up ends, or when it is called something else
            differs = {name: value for name, value in differs.items() if name not in _PLACES}
            changes.change += [(shift, differs)] if differs else []
    elif wanted is None:
        changes.remove.append(shift)
    else:
        changes.change.append((shift, differs))


def _wanted(schedule: Schedule, shift: Shift, days: set[datetime.date]) -> Shift | None:
    """The shift as the schedule would make it now; None when it would make none."""
    if schedule.kind not in DATED:
        return undated_shift(schedule)
    if schedule.kind == Timing.ONCE:
        return shift_on(schedule, schedule.starts_on) if schedule.starts_on else None
    return shift_on(schedule, shift.occurrence_on) if shift.occurrence_on in days else None


def _reason_to_stay(shift: Any, differs: dict[str, Any]) -> str:
    if shift.status == ShiftStatus.CANCELLED:
        return _("It is called off.")
    if shift.taken:
        words = ngettext("%(count)d person has a place.", "%(count)d people have a place.", shift.taken)
        return words % {"count": shift.taken}
    if shift.has_past:
        return _("People have signed up for it before.")
    if shift.is_changed and shift.kind == Timing.SERIES:
        return _("It was changed by itself.")
    return ""


def _carry_out(changed: Schedule, now: datetime.datetime) -> Changes:
    """Write the schedule and what follows, under the locks of its row and then its shifts'."""
    Schedule.objects.select_for_update().get(pk=changed.pk)
    ahead = Shift.objects.filter(Q(starts_at=None) | Q(starts_at__gt=now), schedule=changed)
    locked = list(ahead.select_for_update().order_by("pk").values_list("pk"))
    if changed.kind == Timing.ONCE and not locked:
        raise ValidationError(_("This shift has begun, is over or was called off: it stays as it is."))
    changes = foresee(changed, now)
    if changed.kind == Timing.ONCE and changes.kept:
        raise SignedUpError(
            f"{changes.kept[0].reason} {_('Move the shift or change its places, so that people hear of it.')}"
        )
    changed.save()
    Shift.objects.filter(pk__in=[shift.pk for shift in changes.remove]).delete()
    for shift, differs in changes.change:
        follow(shift, differs)
    Shift.objects.bulk_create(changes.make)
    keep_times([changed.opportunity_id])
    note_in_search(changed.opportunity)
    return changes


def follow(shift: Shift, differs: Mapping[str, Any]) -> None:
    """Write into a shift what its schedule says now."""
    for name, value in differs.items():
        setattr(shift, name, value)
    if shift.kind == Timing.ONCE:
        shift.occurrence_on = shift.local_on
        shift.is_changed = False
    if "starts_at" in differs or "ends_at" in differs:
        shift.sequence += 1
    shift.save(update_fields=[*_FOLLOWS, "occurrence_on", "sequence", "is_changed"])


@transaction.atomic
def remove_shift(*, shift: Shift, by: Any = None) -> None:
    """Take one shift away that nobody ever signed up for; a series leaves its day out from now on.

    Raises SignedUpError for any other: it can be called off.
    """
    schedule = Schedule.objects.select_for_update().get(pk=shift.schedule_id)
    Shift.objects.select_for_update().get(pk=shift.pk)
    locked = with_past(Shift.objects.filter(pk=shift.pk)).select_related("opportunity").get()
    if locked.has_past or locked.taken:
        raise SignedUpError(_("People have signed up for this shift, so it stays on record. Call it off instead."))
    at = locked.starts_at.isoformat() if locked.starts_at else ""
    locked.delete()
    if schedule.kind == Timing.SERIES and locked.occurrence_on:
        schedule.skipped = sorted({*schedule.skipped, str(locked.occurrence_on)})
        schedule.save(update_fields=["skipped"])
    elif not schedule.shifts.exists():
        schedule.delete()
    keep_times([locked.opportunity_id])
    note_in_search(locked.opportunity)
    note_act("removed", locked.opportunity, by=by, at=at, zone=locked.time_zone)
