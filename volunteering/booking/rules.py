"""What happens to sign-ups by the clock."""

import logging

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import ngettext

from portal.core.due import register_due
from volunteering.booking.places import locked_places
from volunteering.booking.reminders import remind
from volunteering.booking.waitlist import LAPSING, settle
from volunteering.models import Shift, ShiftStatus, SignUp, SignUpStatus

logger = logging.getLogger(__name__)


def register_booking_rules() -> None:
    """Expired holds, offers to the next in line, reminders. Each shift commits for itself."""
    register_due("volunteering.places", settle_shifts, is_atomic=False)
    register_due("volunteering.reminders", send_reminders, is_atomic=False)


def settle_shifts() -> str:
    """Free what was not confirmed in time and offer what is free to the next in line, shift by shift.

    A shift that fails stops no other; the rule fails in the end, so that staff see it. Raises RuntimeError then.
    """
    failed = []
    ids = shifts_to_settle()
    for pk in ids:
        try:
            with locked_places(pk) as places:
                settle(places)
        except Exception:
            logger.exception("The places of shift %s could not be settled", pk)
            failed.append(pk)
    if failed:
        raise RuntimeError(f"Shifts that could not be settled: {failed}")
    text = ngettext("%(count)s shift settled", "%(count)s shifts settled", len(ids))
    return text % {"count": len(ids)} if ids else ""


def shifts_to_settle() -> list[int]:
    """Where something ran out, or where somebody waits though places are free or the shift has begun."""
    now = timezone.now()
    lapsed = SignUp.objects.filter(status__in=LAPSING, held_until__lte=now)
    waiting = SignUp.objects.filter(status=SignUpStatus.WAITING)
    free = Q(status=ShiftStatus.PLANNED) & (Q(capacity=None) | Q(taken__lt=F("capacity")))
    begun = Q(starts_at__lte=now) | Q(starts_at=None, ends_at__lte=now)
    shifts = Shift.objects.filter(Q(pk__in=lapsed.values("shift")) | Q(free | begun, pk__in=waiting.values("shift")))
    return list(shifts.order_by("pk").values_list("pk", flat=True))


def send_reminders() -> str:
    """Remind who comes tomorrow."""
    count = remind()
    return ngettext("%(count)s reminder", "%(count)s reminders", count) % {"count": count} if count else ""
