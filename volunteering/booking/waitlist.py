"""What becomes of places by the clock: lapsed ones are free again, free ones are offered to who waits, in order."""

import datetime

from django.db.models import Max

from volunteering.booking import mails
from volunteering.booking.limits import offer_until
from volunteering.booking.places import Places
from volunteering.models import SignUp, SignUpStatus

LAPSING = (SignUpStatus.HELD, SignUpStatus.OFFERED)


def settle(places: Places) -> None:
    """Free what ran out, then offer what is free. Every act on a shift goes through it, so a late tick harms nobody."""
    lapsed = SignUp.objects.filter(shift=places.shift, status__in=LAPSING, held_until__lte=places.now)
    for row in lapsed.order_by("held_until", "pk"):
        row.shift = places.shift
        mails.tell(row, lapse(places, row))
    offer_free(places)


def has_lapsed(places: Places, row: SignUp) -> bool:
    """Whether the time to confirm is over, though nobody has written it down yet."""
    return row.status in LAPSING and row.held_until is not None and row.held_until <= places.now


def lapse(places: Places, row: SignUp) -> str:
    """The time to confirm is over: the places are free. Returns which mail says so; sends none."""
    mail = "offer_expired" if row.status == SignUpStatus.OFFERED else "hold_expired"
    places.taken -= row.group_size
    end(places, row, SignUpStatus.EXPIRED)
    return mail


def end(places: Places, row: SignUp, status: SignUpStatus) -> None:
    """Write that a sign-up is over. Its places are the caller's to give back."""
    row.status = status
    row.ended_at = places.now
    row.held_until = None
    row.sequence += 1
    row.save(update_fields=["status", "ended_at", "held_until", "sequence"])


def offer_free(places: Places) -> None:
    """Offer free places to the first in line, then to the next, until a group does not fit whole.

    Nobody smaller goes before that group. Once the shift has begun, who still waits is told that no place came free.
    """
    if not places.waiting or (places.is_ahead and not places.has_room(1)):
        return
    for row in SignUp.objects.filter(shift=places.shift).in_line():
        row.shift = places.shift
        if not places.is_ahead:
            end(places, row, SignUpStatus.EXPIRED)
            mails.tell(row, "no_place")
        elif places.has_room(row.group_size):
            _offer(places, row)
        else:
            return
        places.waiting -= row.group_size


def _offer(places: Places, row: SignUp) -> None:
    row.status = SignUpStatus.OFFERED
    row.held_until = offer_until(places.shift, places.now)
    row.sequence += 1
    row.save(update_fields=["status", "held_until", "sequence"])
    places.taken += row.group_size
    mails.tell(row, "offered")


def end_of_line(places: Places) -> datetime.datetime:
    """The moment that puts somebody behind everybody who waits now, whatever the clocks of several servers say."""
    waiting = SignUp.objects.filter(shift=places.shift, status=SignUpStatus.WAITING)
    last: datetime.datetime | None = waiting.aggregate(at=Max("waiting_since"))["at"]
    return max(places.now, last) if last else places.now


def position_of(sign_up: SignUp) -> int | None:
    """The number in line of somebody who waits, 1 for who is next; None for everybody else."""
    if sign_up.status != SignUpStatus.WAITING:
        return None
    line = SignUp.objects.filter(shift_id=sign_up.shift_id).in_line().values_list("pk", flat=True)
    return next((number for number, pk in enumerate(line, start=1) if pk == sign_up.pk), None)
