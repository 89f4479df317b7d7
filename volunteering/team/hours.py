"""Hours that were given, and what came of them: logged by the team, counted once somebody approves them."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from portal.accounts.models import User
from volunteering.models import (
    Attendance,
    InitiativePage,
    LogStatus,
    Opportunity,
    ServiceLog,
    Shift,
    SignUp,
)
from volunteering.team.actions import APPROVED, CHANGED, LOGGED, REJECTED, write
from volunteering.team.locks import locked, roster_of
from volunteering.team.words import day_of, length_of

SAME_WITHIN = datetime.timedelta(minutes=10)
"""The same numbers for the same day once more within this time are a double click."""


@dataclass(frozen=True)
class Given:
    """What one sign-up gave: people, and hours of all of them together."""

    people: int
    hours: Decimal


def initiative_of(opportunity: Opportunity) -> InitiativePage | None:
    """The initiative that the opportunity works on, None for none."""
    if not opportunity.initiative:
        return None
    return InitiativePage.objects.filter(translation_key=UUID(opportunity.initiative)).order_by("pk").first()


def counts_amount(initiative: InitiativePage | None) -> bool:
    """Whether its result is an amount and not hours."""
    return initiative is not None and initiative.measure == InitiativePage.Measure.AMOUNT


def to_log(shift: Shift) -> QuerySet[SignUp]:
    """Who came and has no hours yet."""
    return SignUp.objects.filter(shift=shift, attendance=Attendance.CAME, log=None)


def suggested(shift: Shift, sign_up: SignUp) -> Given:
    """People times the length of the shift; no hours for one without a time."""
    people = sign_up.came_count or sign_up.group_size
    length = length_of(shift)
    return Given(people, people * length if length else Decimal(0))


@transaction.atomic
def log_shift(
    *, shift: Shift, given: Mapping[int, Given], amount: Decimal | None, served_on: datetime.date, by: User
) -> list[ServiceLog]:
    """Log these hours of people who came, and the result of the whole shift in an entry of its own.

    Who has hours already is left alone, so sending it twice logs once; the result is logged once for a shift and day.
    """
    fresh = locked(shift.pk)
    rows = roster_of(fresh)
    done = set(ServiceLog.objects.filter(sign_up__in=rows).values_list("sign_up_id", flat=True))
    wanted = [pk for pk in given if pk in rows and pk not in done and rows[pk].attendance == Attendance.CAME]
    made = [
        _entry(fresh.opportunity, served_on, by, shift=fresh, sign_up=rows[pk], people=given[pk].people,
               hours=given[pk].hours)
        for pk in wanted
        if given[pk].hours > 0
    ]  # fmt: skip
    if amount and not result_of(fresh, served_on):
        made.append(_entry(fresh.opportunity, served_on, by, shift=fresh, people=0, hours=Decimal(0), amount=amount))
    logs = ServiceLog.objects.bulk_create(made)
    if logs:
        write(fresh.opportunity, LOGGED, by, day=served_on, hours=sum((each.hours for each in logs), Decimal(0)))
    return logs


def result_of(shift: Shift, day: datetime.date) -> ServiceLog | None:
    """The entry that holds the result of the shift on that day."""
    found = ServiceLog.objects.filter(shift=shift, served_on=day, sign_up=None, people=0)
    return found.exclude(amount=None).first()


@transaction.atomic
def log_without_shift(
    *,
    opportunity: Opportunity,
    served_on: datetime.date,
    people: int,
    hours: Decimal,
    amount: Decimal | None,
    by: User,
) -> ServiceLog:
    """Log the hours of people who did not sign up, as a group on its own day. The same twice at once is one entry."""
    row = Opportunity.objects.select_for_update().get(pk=opportunity.pk)
    values = {"served_on": served_on, "people": people, "hours": hours, "amount": amount}
    since = timezone.now() - SAME_WITHIN
    twin = ServiceLog.objects.filter(
        opportunity=row, shift=None, sign_up=None, logged_by=by, created_at__gte=since, **values
    ).first()
    if twin:
        return twin
    entry = _entry(row, served_on, by, people=people, hours=hours, amount=amount)
    entry.save()
    write(row, LOGGED, by, day=served_on, hours=hours)
    return entry


@transaction.atomic
def decide(*, logs: Iterable[int], within: QuerySet[Opportunity], status: LogStatus, by: User) -> int:
    """Let these entries count (APPROVED) or not (REJECTED); how many changed. Others' entries are left alone."""
    rows = list(
        ServiceLog.objects.select_for_update(of=("self",))
        .filter(pk__in=list(logs), opportunity__in=within)
        .exclude(status=status)
        .select_related("opportunity")
        .order_by("pk")
    )
    now = timezone.now()
    for row in rows:
        row.status, row.decided_by, row.decided_at = status, by, now
    ServiceLog.objects.bulk_update(rows, ["status", "decided_by", "decided_at"])
    groups: dict[Opportunity, list[ServiceLog]] = {}
    for row in rows:
        groups.setdefault(row.opportunity, []).append(row)
    for opportunity, group in groups.items():
        hours = sum((row.hours for row in group), Decimal(0))
        write(opportunity, APPROVED if status == LogStatus.APPROVED else REJECTED, by, count=len(group), hours=hours)
    return len(rows)


@transaction.atomic
def change_log(
    *, log: ServiceLog, served_on: datetime.date, people: int, hours: Decimal, amount: Decimal | None, by: User
) -> ServiceLog:
    """Put other numbers into an entry. Somebody has to approve it again."""
    row = ServiceLog.objects.select_for_update(of=("self",)).select_related("opportunity").get(pk=log.pk)
    row.served_on, row.people, row.hours, row.amount = served_on, people, hours, amount
    row.status, row.decided_by, row.decided_at = LogStatus.PENDING, None, None
    row.save(update_fields=["served_on", "people", "hours", "amount", "status", "decided_by", "decided_at"])
    write(row.opportunity, CHANGED, by, day=served_on)
    return row


def day_for(shift: Shift) -> datetime.date:
    """The day under which hours of the shift are logged: its own, today for one without a time."""
    return day_of(shift) or timezone.localdate()


def _entry(opportunity: Opportunity, served_on: datetime.date, by: User, **fields: object) -> ServiceLog:
    return ServiceLog(
        opportunity=opportunity, initiative=opportunity.initiative, served_on=served_on, logged_by=by, **fields
    )
