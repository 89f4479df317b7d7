"""Rosters and hours as files. What stands in them is what the filters on the screen leave."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from coalition.exports import Columns
from volunteering.models import InitiativePage, ServiceLog, SignUp
from volunteering.team.words import day_of
from volunteering.when import local

ROSTERS, HOURS = "volunteer-rosters", "volunteer-hours"


def in_order(rows: QuerySet[SignUp]) -> QuerySet[SignUp]:
    """By shift, then by who signed up first."""
    return rows.select_related("shift__opportunity", "waiver").order_by(
        "shift__starts_at", "shift_id", "created_at", "pk"
    )


def answers_of(row: SignUp) -> list[tuple[str, str]]:
    """(question, answer) of what somebody was asked. Whatever else is stored is left out."""
    found = row.answers.values() if isinstance(row.answers, dict) else ()
    return [(str(each[0]), str(each[1])) for each in found if isinstance(each, list | tuple) and len(each) == 2]


def roster_columns() -> Columns:
    """The columns of rosters; a row is a sign-up."""
    return [
        (_("Opportunity"), lambda row: row.shift.opportunity.title),
        (_("Day"), lambda row: day_of(row.shift)),
        (_("Begins"), _clock),
        (_("Time zone"), lambda row: row.shift.time_zone if row.shift.starts_at else ""),
        (_("Shift"), lambda row: row.shift.note),
        (_("Status"), lambda row: str(row.get_status_display())),
        (_("Name"), lambda row: row.name),
        (_("People"), lambda row: row.group_size),
        (_("E-mail address"), lambda row: row.email),
        (_("Telephone"), lambda row: row.phone),
        (_("Age"), lambda row: str(row.get_age_band_display())),
        (_("Parent or guardian"), lambda row: row.guardian_name or row.guardian_email),
        (_("Answers"), lambda row: "\n".join(f"{question} {answer}" for question, answer in answers_of(row))),
        (_("Waiver signed on"), lambda row: _day(row.waiver_signed_at, row)),
        (_("Version of the waiver"), lambda row: row.waiver.digest[:8] if row.waiver else ""),
        (_("Came"), lambda row: str(row.get_attendance_display()) if row.attendance else ""),
        (_("How many came"), lambda row: row.came_count),
        (_("Note of the team"), lambda row: row.note),
    ]


def _clock(row: SignUp) -> str:
    return local(row.shift.starts_at, row.shift.time_zone).strftime("%H:%M") if row.shift.starts_at else ""


def _day(moment: Any, row: SignUp) -> Any:
    return local(moment, row.shift.time_zone).date() if moment else None


def with_initiatives(logs: Iterable[ServiceLog]) -> Iterator[tuple[ServiceLog, InitiativePage | None]]:
    """Each entry with the initiative that it counts for. One query for all of them."""
    rows = list(logs)
    keys = {UUID(row.initiative) for row in rows if row.initiative}
    pages: dict[str, InitiativePage] = {}
    for page in InitiativePage.objects.filter(translation_key__in=keys).order_by("-pk") if keys else ():
        pages[page.family] = page
    for row in rows:
        yield row, pages.get(row.initiative)


def hours_columns() -> Columns:
    """The columns of hours; a row is an entry and its initiative."""
    return [
        (_("Day"), lambda row: row[0].served_on),
        (_("Opportunity"), lambda row: row[0].opportunity.title),
        (_("Shift"), lambda row: row[0].shift.note if row[0].shift else ""),
        (_("Name"), lambda row: row[0].sign_up.name if row[0].sign_up else ""),
        (_("People"), lambda row: row[0].people),
        (_("Hours, of all together"), lambda row: row[0].hours),
        (_("Result"), lambda row: row[0].amount),
        (_("Unit"), lambda row: row[1].unit if row[1] and row[0].amount is not None else ""),
        (_("Initiative"), lambda row: row[1].title if row[1] else ""),
        (_("Status"), lambda row: str(row[0].get_status_display())),
        (_("Logged by"), lambda row: str(row[0].logged_by or "")),
        (_("Decided by"), lambda row: str(row[0].decided_by or "")),
    ]
