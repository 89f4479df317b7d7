"""Notes on a roster: who came, how many, a word of the team's."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from portal.accounts.models import User
from volunteering.models import Attendance, Shift, SignUp
from volunteering.team.actions import MARKED, write
from volunteering.team.locks import locked, roster_of
from volunteering.team.words import day_of


@dataclass(frozen=True)
class Mark:
    """What somebody of the team changed about one sign-up. None: left as it was."""

    attendance: str | None = None
    came_count: int | None = None
    is_count_changed: bool = False
    note: str | None = None


@transaction.atomic
def mark(*, shift: Shift, marks: Mapping[int, Mark], by: User) -> int:
    """Write down these changes and return how many sign-ups they touched. Others' marks stay as they are.

    Whoever came without a number came with all of the group; a number alone says that they came.
    """
    fresh = locked(shift.pk)
    rows = roster_of(fresh)
    changed = [rows[pk] for pk, each in marks.items() if pk in rows and _apply(rows[pk], each)]
    SignUp.objects.bulk_update(changed, ["attendance", "came_count", "note"])
    if changed:
        write(fresh.opportunity, MARKED, by, day=day_of(fresh), count=len(changed))
    return len(changed)


def _apply(row: SignUp, given: Mark) -> bool:
    before = (row.attendance, row.came_count, row.note)
    if given.note is not None:
        row.note = given.note
    if given.attendance is not None:
        row.attendance = given.attendance
    if given.is_count_changed:
        row.came_count = given.came_count
        if given.came_count and given.attendance is None and row.attendance == Attendance.UNKNOWN:
            row.attendance = Attendance.CAME
    if row.attendance != Attendance.CAME:
        row.came_count = None
    elif row.came_count is None:
        row.came_count = row.group_size
    return (row.attendance, row.came_count, row.note) != before
