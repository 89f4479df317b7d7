"""The places of one shift, counted and changed under the lock of its row. Nothing else ever writes `Shift.taken`.

Locks are taken in one order everywhere: addresses (`locking`), then the shift's row, then its sign-ups. Who changes
several shifts in one transaction locks them first, by number (`lock_shifts`).
"""

import datetime
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db.models import Q, Sum
from django.utils import timezone

from portal.core.turns import turn
from volunteering.keeping import keep_times
from volunteering.models import HOLDING, Shift, ShiftStatus, SignUp, SignUpStatus


@dataclass
class Places:
    """A locked shift, and how many people have places or wait, until the transaction ends."""

    shift: Shift
    now: datetime.datetime
    taken: int
    waiting: int
    was_full: bool

    def has_room(self, people: int) -> bool:
        """Whether so many places are free. Who waits comes first: ask for `waiting` as well."""
        return self.shift.capacity is None or self.taken + people <= self.shift.capacity

    @property
    def free(self) -> int | None:
        """How many places nobody has, None for no limit."""
        return None if self.shift.capacity is None else max(self.shift.capacity - self.taken, 0)

    @property
    def is_ahead(self) -> bool:
        """Whether places can still change hands: planned, and not begun."""
        limit = self.shift.starts_at or self.shift.ends_at
        return self.shift.status == ShiftStatus.PLANNED and (limit is None or limit > self.now)

    @property
    def is_open(self) -> bool:
        """Whether somebody may sign up anew, be it to wait."""
        closes, ends = self.shift.closes_at, self.shift.ends_at
        is_early = closes is None or closes > self.now
        return self.shift.status == ShiftStatus.PLANNED and is_early and (ends is None or ends > self.now)

    def row(self, pk: int) -> SignUp:
        """A sign-up of this shift as it is now, under the lock. Raises SignUp.DoesNotExist."""
        row = SignUp.objects.select_related("waiver").get(pk=pk, shift=self.shift)
        row.shift = self.shift
        return row

    def rows(self, *statuses: str) -> list[SignUp]:
        """The sign-ups in these statuses, the oldest first."""
        rows = list(SignUp.objects.filter(shift=self.shift, status__in=statuses).order_by("created_at", "pk"))
        for row in rows:
            row.shift = self.shift
        return rows

    def write(self) -> None:
        """Write how many places are taken; the opportunity's next time follows when the shift became full or free."""
        if self.shift.taken != self.taken:
            Shift.objects.filter(pk=self.shift.pk).update(taken=self.taken)
            self.shift.taken = self.taken
        if self.was_full != _is_full(self.shift):
            keep_times([self.shift.opportunity_id])


@contextmanager
def locked_places(shift_id: int, now: datetime.datetime | None = None) -> Iterator[Places]:
    """Lock a shift for the length of the block, and write its places at the end. Raises Shift.DoesNotExist.

    On SQLite every transaction locks the whole database for writing at its start (`transaction_mode` IMMEDIATE).
    """
    with turn():
        rows = Shift.objects.select_for_update(of=("self",)).select_related("opportunity__city")
        shift = rows.get(pk=shift_id)
        counted = SignUp.objects.filter(shift=shift).aggregate(
            taken=Sum("group_size", filter=Q(status__in=HOLDING)),
            waiting=Sum("group_size", filter=Q(status=SignUpStatus.WAITING)),
        )
        places = Places(
            shift=shift,
            now=now or timezone.now(),  # after the lock: whoever comes later is later, too
            taken=counted["taken"] or 0,
            waiting=counted["waiting"] or 0,
            was_full=_is_full(shift),
        )
        yield places
        places.write()


def lock_shifts(ids: Iterable[int]) -> list[Shift]:
    """Lock several shifts in the order that keeps two callers from waiting for each other. Within a transaction."""
    return list(Shift.objects.select_for_update().filter(pk__in=list(ids)).order_by("pk"))


def _is_full(shift: Shift) -> bool:
    return shift.capacity is not None and shift.taken >= shift.capacity
