"""What the screen does to one shift: the act of booking, which tells people and the city's history, and what the
schedule has to follow."""

import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from volunteering.booking import shift_acts
from volunteering.models import Schedule, Shift, Timing


@transaction.atomic
def move_shift(*, shift: Shift, starts_at: datetime.datetime, ends_at: datetime.datetime, message: str, by: Any) -> int:
    """Move it and keep its sign-ups. Returns how many mails. What takes place once has its schedule follow."""
    told = shift_acts.move(shift=shift, starts_at=starts_at, ends_at=ends_at, message=message, by=by)
    if shift.kind == Timing.ONCE:
        _follow(Schedule.objects.get(pk=shift.schedule_id), Shift.objects.get(pk=shift.pk))
    return told


def _follow(schedule: Schedule, shift: Shift) -> None:
    """What takes place once is when its shift is."""
    assert shift.starts_at is not None
    assert shift.ends_at is not None
    local = shift.starts_at.astimezone(ZoneInfo(shift.time_zone))
    schedule.starts_on, schedule.start_time, schedule.fold = local.date(), local.time(), local.fold
    schedule.minutes = int((shift.ends_at - shift.starts_at).total_seconds() // 60)
    schedule.save(update_fields=["starts_on", "start_time", "fold", "minutes"])
    Shift.objects.filter(pk=shift.pk).update(occurrence_on=local.date())


@transaction.atomic
def change_places(*, shift: Shift, capacity: int | None, waitlist_size: int, by: Any) -> None:
    """More or fewer places. Raises RefusedError. A shift of a series is its own from then on."""
    shift_acts.set_places(shift=shift, capacity=capacity, waitlist_size=waitlist_size, by=by)
    if shift.kind == Timing.SERIES:
        Shift.objects.filter(pk=shift.pk).update(is_changed=True)
