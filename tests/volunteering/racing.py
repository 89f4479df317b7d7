"""Many acts at the same moment, each in a thread with a connection of its own."""

import contextlib
import threading

from django.db import connection

from volunteering.booking.applying import RefusedError
from volunteering.models import HOLDING, Shift, SignUp, SignUpStatus

CONNECTIONS = 60
"""At once on PostgreSQL, whose default is 100; SQLite gets all threads at once."""


def together(calls):
    """Start all calls at one moment. Returns (what each returned or raised) in their order; RefusedError included.

    Any other exception is raised here.
    """
    start = threading.Barrier(len(calls))
    gate = threading.Semaphore(CONNECTIONS) if connection.vendor == "postgresql" else contextlib.nullcontext()
    outcomes = [None] * len(calls)

    def act(number, call):
        start.wait()
        with gate:
            try:
                outcomes[number] = call()
            except Exception as error:
                outcomes[number] = error
            finally:
                connection.close()

    threads = [threading.Thread(target=act, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    broken = [
        outcome for outcome in outcomes if isinstance(outcome, Exception) and not isinstance(outcome, RefusedError)
    ]
    if broken:
        raise broken[0]
    return outcomes


def check(shift):
    """What has to be true of a shift whatever happened. Returns its sign-ups."""
    shift = Shift.objects.get(pk=shift.pk)
    rows = list(SignUp.objects.filter(shift=shift).order_by("pk"))
    taken = sum(row.group_size for row in rows if row.status in HOLDING)
    assert shift.taken == taken
    assert shift.capacity is None or taken <= shift.capacity
    waiting = sorted((row for row in rows if row.status == SignUpStatus.WAITING), key=lambda row: row.waiting_since)
    assert sum(row.group_size for row in waiting) <= shift.waitlist_size
    if waiting and shift.capacity is not None:
        assert taken + waiting[0].group_size > shift.capacity, "a place is free for the first in line"
    active = [row.email_folded for row in rows if row.is_active and row.email_folded]
    assert len(active) == len(set(active)), "an address has two sign-ups"
    for row in rows:
        assert (row.held_until is not None) == (row.status in (SignUpStatus.HELD, SignUpStatus.OFFERED))
        assert (row.ended_at is not None) == (not row.is_active)
    return rows
