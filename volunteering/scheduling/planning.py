"""Makes schedules and the shifts that follow from them."""

import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from volunteering.keeping import keep_times, note_in_search
from volunteering.models import DATED, Daypart, Opportunity, Schedule, Shift, Timing
from volunteering.scheduling.clock import Fit, moment, read_clock, today_in, zone_of
from volunteering.scheduling.history import note_act
from volunteering.scheduling.recurrence import check_rule, dates_of

HORIZON_DAYS = 182
"""So far ahead a series has its shifts."""
LONGEST_MINUTES = 24 * 60


@transaction.atomic
def add_schedule(
    *,
    opportunity: Opportunity,
    kind: Timing,
    starts_on: datetime.date | None = None,
    start_time: datetime.time | None = None,
    minutes: int = 180,
    rrule: str = "",
    ends_on: datetime.date | None = None,
    skipped: tuple[datetime.date, ...] = (),
    capacity: int | None = None,
    waitlist_size: int = 10,
    cutoff_minutes: int = 120,
    note: str = "",
    time_zone: str = "",
    fold: int = 0,
    by: Any = None,
) -> Schedule:
    """Make a schedule and its shifts up to the horizon. `time_zone`: the city's when empty. Raises ValidationError.

    Keeps the opportunity's times and the search up to date. `by`: the person whose act it is, for the city's history.
    """
    schedule = Schedule(
        opportunity=opportunity,
        kind=kind,
        note=note,
        time_zone=time_zone or zone_of(opportunity.city),
        starts_on=starts_on,
        ends_on=ends_on,
        start_time=start_time,
        fold=fold,
        minutes=minutes,
        rrule=rrule,
        skipped=sorted(str(day) for day in skipped),
        capacity=capacity,
        waitlist_size=waitlist_size,
        cutoff_minutes=cutoff_minutes,
    )
    check_schedule(schedule)
    schedule.save()
    made = make_shifts(schedule)
    keep_times([opportunity.pk])
    note_in_search(opportunity)
    note_act("added", opportunity, by=by, made=len(made))
    return schedule


def check_schedule(schedule: Schedule) -> None:
    """Raise ValidationError, in plain words and by field, for a schedule that makes no sense. Puts its rule in order
    and takes out what its kind has no use for."""
    if schedule.kind not in DATED:
        schedule.rrule, schedule.start_time, schedule.skipped, schedule.fold = "", None, [], 0
    elif schedule.starts_on is None or schedule.start_time is None:
        missing = "starts_on" if schedule.starts_on is None else "start_time"
        raise ValidationError({missing: _("Say which day it is and when it begins.")})
    if schedule.kind == Timing.SERIES:
        schedule.rrule = check_rule(schedule.rrule)
    else:
        schedule.rrule, schedule.skipped = "", []
    if schedule.kind == Timing.ONCE:
        schedule.ends_on = None
        reading = read_clock(schedule.starts_on, schedule.start_time, schedule.time_zone)  # type: ignore[arg-type]
        if reading.fit == Fit.MISSING:
            raise ValidationError({"start_time": reading.explanation}, code=Fit.MISSING)
    _check_numbers(schedule)
    schedule.clean_fields(exclude=["opportunity"])
    if schedule.kind == Timing.SERIES and not days_of(schedule):
        raise ValidationError({"rrule": _("This rule makes no day at all. Look at its first and last day.")})


def _check_numbers(schedule: Schedule) -> None:
    if schedule.starts_on and schedule.ends_on and schedule.ends_on < schedule.starts_on:
        raise ValidationError({"ends_on": _("The last day comes before the first.")})
    if not 5 <= schedule.minutes <= LONGEST_MINUTES:
        raise ValidationError({"minutes": _("A shift lasts five minutes at least, and a day at most.")})
    if schedule.capacity == 0:
        raise ValidationError({"capacity": _("Give at least one place. No number means: no limit.")})


@transaction.atomic
def make_shifts(schedule: Schedule, *, now: datetime.datetime | None = None) -> list[Shift]:
    """Make the shifts that are missing up to the horizon. Running it twice makes none twice.

    The first time a series also gets those that lie behind; later on only what is still ahead, so that a rule that was
    changed never rewrites the past. What calls it keeps the opportunity's times.
    """
    now = now or timezone.now()
    Schedule.objects.select_for_update().get(pk=schedule.pk)
    known = set(schedule.shifts.values_list("occurrence_on", flat=True))
    if schedule.kind in DATED:
        wanted = [day for day in days_of(schedule, now=now) if day not in known]
        drafts = [shift_on(schedule, day) for day in wanted]
        if known:
            drafts = [shift for shift in drafts if shift.starts_at is not None and shift.starts_at > now]
    else:
        drafts = [] if known else [undated_shift(schedule)]
    return Shift.objects.bulk_create(drafts)


def days_of(
    schedule: Schedule, *, now: datetime.datetime | None = None, since: datetime.date | None = None
) -> list[datetime.date]:
    """The days of a schedule up to the horizon, without those left out. Not for what has no days."""
    if schedule.starts_on is None or schedule.is_ended:
        return []
    if schedule.kind == Timing.ONCE:
        return [schedule.starts_on]
    last = horizon_of(schedule, now or timezone.now())
    return dates_of(schedule.rrule, first=schedule.starts_on, last=last, since=since, skipped=schedule.skipped)


def horizon_of(schedule: Schedule, now: datetime.datetime) -> datetime.date:
    """Until which day the schedule has its shifts: half a year from now, or from a first day that is still ahead."""
    first = max(schedule.starts_on or datetime.date.min, today_in(schedule.time_zone, now))
    last = first + datetime.timedelta(days=HORIZON_DAYS)
    return min(last, schedule.ends_on) if schedule.ends_on else last


def shift_on(schedule: Schedule, day: datetime.date) -> Shift:
    """The shift that the schedule makes on a day, not saved."""
    assert schedule.start_time is not None
    starts_at = moment(day, schedule.start_time, schedule.time_zone, fold=schedule.fold)
    return Shift(
        **_shared(schedule),
        **local_fields(starts_at, schedule.time_zone),
        occurrence_on=day,
        starts_at=starts_at,
        ends_at=starts_at + datetime.timedelta(minutes=schedule.minutes),
        closes_at=starts_at - datetime.timedelta(minutes=schedule.cutoff_minutes),
    )


def undated_shift(schedule: Schedule) -> Shift:
    """The one shift of what is agreed. It has no time; after the last day, if there is one, nobody can sign up."""
    over = None
    if schedule.ends_on:
        over = moment(schedule.ends_on + datetime.timedelta(days=1), datetime.time(), schedule.time_zone)
    return Shift(**_shared(schedule), ends_at=over, closes_at=over)


def _shared(schedule: Schedule) -> dict[str, Any]:
    return {
        "opportunity_id": schedule.opportunity_id,
        "schedule_id": schedule.pk,
        "kind": schedule.kind,
        "time_zone": schedule.time_zone,
        "note": schedule.note,
        "capacity": schedule.capacity,
        "waitlist_size": schedule.waitlist_size,
    }


def local_fields(starts_at: datetime.datetime | None, time_zone: str) -> dict[str, Any]:
    """`local_on`, `weekday` and `daypart` of a shift that begins then."""
    if starts_at is None:
        return {"local_on": None, "weekday": None, "daypart": None}
    local = starts_at.astimezone(ZoneInfo(time_zone))
    return {"local_on": local.date(), "weekday": local.weekday(), "daypart": daypart_at(local.time())}


def daypart_at(at: datetime.time) -> Daypart:
    """Morning before noon, afternoon before five, evening later."""
    if at.hour < 12:
        return Daypart.MORNING
    return Daypart.AFTERNOON if at.hour < 17 else Daypart.EVENING
