"""What the team does to a shift that people have signed up for; everybody on it gets one mail."""

import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from volunteering.booking import mails
from volunteering.booking.limits import hold_until
from volunteering.booking.places import Places, locked_places
from volunteering.booking.refusals import RefusedError
from volunteering.booking.waitlist import LAPSING, end, offer_free, settle
from volunteering.keeping import keep_times, note_in_search
from volunteering.models import ACTIVE, Shift, ShiftStatus, SignUp, SignUpStatus
from volunteering.scheduling.history import note_act
from volunteering.scheduling.planning import local_fields


def call_off(*, shift: Shift, message: str, by: object) -> int:
    """Cancel the shift: sign-ups end, everybody with or waiting for a place gets `message`. Returns how many mails.

    Calling it off twice changes nothing. Who has not confirmed in time by then has no part in it any more.
    """
    with locked_places(shift.pk) as places:
        if places.shift.status == ShiftStatus.CANCELLED:
            return 0
        settle(places)
        places.shift.status = ShiftStatus.CANCELLED
        places.shift.message = message
        places.shift.sequence += 1
        places.shift.save(update_fields=["status", "message", "sequence"])
        sent = 0
        for row in places.rows(*ACTIVE):
            end(places, row, SignUpStatus.CANCELLED)
            sent += mails.tell(row, "called_off", message=message) is not None
        places.taken = places.waiting = 0
        _note(places, "called_off", by, at=_iso(places.shift.starts_at), mails=sent)
    _copy(places.shift, shift)
    return sent


def move(*, shift: Shift, starts_at: datetime.datetime, ends_at: datetime.datetime, message: str, by: object) -> int:
    """Move the shift and keep its sign-ups; SEQUENCE rises, everybody on it gets a mail. Returns how many.

    Writes local_on, weekday, daypart, closes_at (as far before the start as before) too. Raises ValueError when it
    would end before it begins, or has no time; RefusedError when it was called off.
    """
    if ends_at <= starts_at:
        raise ValueError("A shift ends after it begins.")
    with locked_places(shift.pk) as places:
        if places.shift.starts_at is None:
            raise ValueError("A shift without a time cannot be moved.")
        if places.shift.status == ShiftStatus.CANCELLED:
            raise RefusedError(_("This shift has been called off."))
        settle(places)
        sent = 0
        if (places.shift.starts_at, places.shift.ends_at) != (starts_at, ends_at):
            before = _iso(places.shift.starts_at)
            _write_times(places.shift, starts_at, ends_at, message)
            sent = sum(mails.tell(row, "moved", message=message) is not None for row in _moved_rows(places))
            _note(places, "moved", by, at=before, to=_iso(starts_at), mails=sent)
    _copy(places.shift, shift)
    return sent


def set_places(*, shift: Shift, capacity: int | None, waitlist_size: int, by: object) -> Shift:
    """Change the number of places; new ones are offered to who waits. Raises RefusedError when more are taken, or when
    a group that waits could never fit. Who waits stays in line, also when the waitlist becomes shorter."""
    with locked_places(shift.pk) as places:
        settle(places)
        if capacity is not None:
            _check_capacity(places, capacity)
        places.shift.capacity, places.shift.waitlist_size = capacity, waitlist_size
        # `taken` goes along: Django writes both in one statement, and the constraint compares them.
        places.shift.taken = places.taken
        places.shift.save(update_fields=["capacity", "waitlist_size", "taken"])
        offer_free(places)
        _note(places, "places", by, at=_iso(places.shift.starts_at), capacity=capacity, waitlist=waitlist_size)
    _copy(places.shift, shift)
    return shift


def _check_capacity(places: Places, capacity: int) -> None:
    if capacity < places.taken:
        text = ngettext(
            "%(taken)s place is taken. Cancel sign-ups first, or leave that many places.",
            "%(taken)s places are taken. Cancel sign-ups first, or leave that many places.",
            places.taken,
        )
        raise RefusedError(text % {"taken": places.taken}, "capacity")
    largest = max((row.group_size for row in places.rows(SignUpStatus.WAITING)), default=0)
    if capacity < largest:
        text = _("A group of %(people)s waits for places. Leave that many, or take the group off the waitlist first.")
        raise RefusedError(text % {"people": largest}, "capacity")


def _write_times(shift: Shift, starts_at: datetime.datetime, ends_at: datetime.datetime, message: str) -> None:
    assert shift.starts_at is not None
    if shift.closes_at is not None:
        shift.closes_at = starts_at - (shift.starts_at - shift.closes_at)
    shift.starts_at, shift.ends_at = starts_at, ends_at
    for name, value in local_fields(starts_at, shift.time_zone).items():
        setattr(shift, name, value)
    shift.is_changed = True
    shift.message = message
    shift.sequence += 1
    shift.save(
        update_fields=[
            *("starts_at", "ends_at", "closes_at", "local_on", "weekday", "daypart"),
            *("is_changed", "message", "sequence"),
        ]
    )


def _moved_rows(places: Places) -> list[SignUp]:
    """Everybody on the shift; holds end as the new start wants it, and the reminder comes once more."""
    rows = places.rows(*ACTIVE)
    limit = hold_until(places.shift, places.now)
    for row in rows:
        row.reminded_at = None
        if row.status in LAPSING and row.held_until is not None:
            row.held_until = min(row.held_until, limit)
        row.save(update_fields=["reminded_at", "held_until"])
    return rows


def _note(places: Places, act: str, by: object, **data: object) -> None:
    """Write the act down in the city's history, and let lists and the search know. No names: numbers and times only."""
    places.write()
    keep_times([places.shift.opportunity_id])
    note_in_search(places.shift.opportunity)
    note_act(act, places.shift.opportunity, by=by, shift=places.shift.pk, zone=places.shift.time_zone, **data)


def _iso(moment: datetime.datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _copy(source: Shift, target: Shift) -> None:
    """Let the caller's row say what is stored now."""
    for field in Shift._meta.concrete_fields:
        setattr(target, field.attname, getattr(source, field.attname))
