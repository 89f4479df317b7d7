"""One reminder, the day before, while it is day in the city.

Not three days before: people plan a morning the evening before, and who cannot come still gives the place to somebody
who waits. Who missed that day's mails, because the tick came late or because they had just signed up, gets it on the
day itself until three hours before the start.
"""

import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from volunteering.booking import mails
from volunteering.booking.limits import is_daytime
from volunteering.booking.places import Places, locked_places
from volunteering.models import Shift, ShiftStatus, SignUp, SignUpStatus
from volunteering.querysets import SignUpQuerySet

LATEST = datetime.timedelta(hours=3)  # before the start
FRESH = datetime.timedelta(hours=12)  # who confirmed within these needs no reminder yet
AHEAD = datetime.timedelta(hours=48)  # no day before begins earlier


def remind() -> int:
    """Send the reminders that are due. Returns how many. Each shift is a transaction of its own."""
    now = timezone.now()
    shifts = Shift.objects.filter(
        status=ShiftStatus.PLANNED, starts_at__gt=now + LATEST, starts_at__lte=now + AHEAD
    ).filter(pk__in=_due(now).values("shift"))
    ids = [shift.pk for shift in shifts.in_order() if _is_time(shift, now)]
    return sum(_remind_shift(pk) for pk in ids)


def _due(now: datetime.datetime) -> SignUpQuerySet:
    return SignUp.objects.filter(
        status=SignUpStatus.CONFIRMED, reminded_at=None, confirmed_at__lte=now - FRESH, erased_at=None
    )


def _is_time(shift: Shift, now: datetime.datetime) -> bool:
    """From the morning of the day before, by the shift's clock, and not at night."""
    if shift.starts_at is None or not now + LATEST < shift.starts_at or not is_daytime(now, shift.time_zone):
        return False
    zone = ZoneInfo(shift.time_zone)
    return now.astimezone(zone).date() >= shift.starts_at.astimezone(zone).date() - datetime.timedelta(days=1)


def _remind_shift(shift_id: int) -> int:
    with locked_places(shift_id) as places:
        if places.shift.status != ShiftStatus.PLANNED or not _is_time(places.shift, places.now):
            return 0
        return sum(_remind(places, row) for row in _due(places.now).filter(shift=places.shift).order_by("pk"))


def _remind(places: Places, row: SignUp) -> bool:
    row.shift = places.shift
    row.reminded_at = places.now
    row.save(update_fields=["reminded_at"])
    return mails.tell(row, "reminder") is not None
