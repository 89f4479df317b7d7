"""One roster as the team sees it: who is confirmed, held, waiting in order, offered a place, and who is out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from volunteering.models import Shift, SignUp, SignUpStatus
from volunteering.team.exporting import answers_of
from volunteering.when import until


@dataclass(frozen=True)
class Line:
    """One sign-up. `marks` are its three form fields, where somebody may come; `place` its place in line."""

    row: SignUp
    answers: list[tuple[str, str]]
    limit: str = ""
    place: int = 0
    marks: Any = None


@dataclass(frozen=True)
class Part:
    """The sign-ups that stand alike. A folded part is looked up rarely."""

    key: str
    label: str | Promise
    lines: list[Line]
    people: int
    is_folded: bool = False
    is_marked: bool = False


PARTS: tuple[tuple[str, str | Promise, tuple[str, ...]], ...] = (
    ("confirmed", _("Confirmed"), (SignUpStatus.CONFIRMED,)),
    ("held", _("Not confirmed yet"), (SignUpStatus.HELD,)),
    ("offered", _("Offered a place"), (SignUpStatus.OFFERED,)),
    ("waiting", _("Waiting, the first in line first"), (SignUpStatus.WAITING,)),
    ("out", _("Canceled, or not confirmed in time"), (SignUpStatus.CANCELLED, SignUpStatus.EXPIRED)),
)
MARKED = ("confirmed", "held", "offered")
"""Parts whose people may come."""


def sign_ups_of(shift: Shift) -> QuerySet[SignUp]:
    """Everybody on the roster, with what they signed and their hours. One query."""
    return SignUp.objects.filter(shift=shift).select_related("waiver", "log").order_by("created_at", "pk")


def to_mark(rows: list[SignUp]) -> list[SignUp]:
    """Those who may come."""
    return [row for row in rows if row.status in (SignUpStatus.CONFIRMED, SignUpStatus.HELD, SignUpStatus.OFFERED)]


def parts_of(shift: Shift, rows: list[SignUp], fields_of: Callable[[SignUp], Any] | None = None) -> list[Part]:
    """The roster part by part; empty parts are left out, the first one is always there."""
    found = []
    for key, label, statuses in PARTS:
        group = [row for row in rows if row.status in statuses]
        if key == "waiting":
            group.sort(key=lambda row: (row.waiting_since or row.created_at, row.pk))
        is_marked = key in MARKED
        lines = [
            Line(
                row=row,
                answers=answers_of(row),
                limit=until(row.held_until, shift.time_zone) if row.held_until else "",
                place=place if key == "waiting" else 0,
                marks=fields_of(row) if fields_of and is_marked else None,
            )
            for place, row in enumerate(group, start=1)
        ]
        if lines or key == "confirmed":
            people = sum(row.group_size for row in group)
            found.append(Part(key, label, lines, people, is_folded=key == "out", is_marked=is_marked))
    return found
