"""What the overview shows: this week, who waits, what is to be done, hours, initiatives. Numbers only, no names."""

import datetime
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import (
    BooleanField,
    Count,
    ExpressionWrapper,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
)
from django.db.models.functions import Coalesce, TruncMonth
from django.utils import timezone
from wagtail.models import Page

from coalition.models import City
from volunteering.models import (
    Attendance,
    InitiativePage,
    LogStatus,
    Opportunity,
    ServiceLog,
    Shift,
    ShiftStatus,
    SignUp,
    SignUpStatus,
)
from volunteering.querysets import ShiftQuerySet
from volunteering.reached import Month, Reached, months_until, reached_by
from volunteering.when import local

WEEK = datetime.timedelta(days=7)
MOST_SHIFTS, MOST_COUNTED = 25, 500
MOST_INITIATIVES = 12


@dataclass(frozen=True)
class Hours:
    """Approved hours of a year, month by month."""

    months: list[Month]
    this_month: Decimal
    this_year: Decimal
    people_this_year: int


@dataclass(frozen=True)
class ToDo:
    """What waits for somebody of the team."""

    waiting: int = 0
    unconfirmed: int = 0
    offered: int = 0
    logs: int = 0
    hours: Decimal = Decimal(0)
    unmarked: int = 0


@dataclass(frozen=True)
class Overview:
    """Everything on the page."""

    shifts: list[Any]
    places_to_fill: int
    to_do: ToDo
    hours: Hours
    initiatives: list[tuple[InitiativePage, Reached]] = field(default_factory=list)


def with_counts(shifts: ShiftQuerySet) -> ShiftQuerySet:
    """Each shift with how many people stand how on its roster: `n_confirmed`, `n_held`, `n_offered`, `n_waiting`;
    `n_unmarked` sign-ups of which nobody has noted whether they came, `n_pending` hours to be approved."""
    counts: dict[str, Any] = {
        f"n_{status}": _people(Q(status=status))
        for status in (SignUpStatus.CONFIRMED, SignUpStatus.HELD, SignUpStatus.OFFERED, SignUpStatus.WAITING)
    }
    counts["n_unmarked"] = _people(Q(status=SignUpStatus.CONFIRMED, attendance=Attendance.UNKNOWN))
    pending = ServiceLog.objects.filter(shift=OuterRef("pk"), status=LogStatus.PENDING).order_by().values("shift")
    counts["n_pending"] = Coalesce(
        Subquery(pending.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0
    )
    counts["is_over"] = ExpressionWrapper(Q(ends_at__lte=timezone.now()), output_field=BooleanField())
    return shifts.annotate(**counts).select_related("opportunity")


def _people(wanted: Q) -> Any:
    rows = SignUp.objects.filter(wanted, shift=OuterRef("pk")).order_by().values("shift")
    return Coalesce(Subquery(rows.annotate(n=Sum("group_size")).values("n"), output_field=IntegerField()), 0)


def overview(city: City, opportunities: QuerySet[Opportunity], *, now: datetime.datetime | None = None) -> Overview:
    """The figures of these opportunities of the city. Seven queries, however much there is."""
    now = now or timezone.now()
    ahead = Shift.objects.filter(opportunity__in=opportunities, status=ShiftStatus.PLANNED).ahead(now)
    week = ahead.filter(starts_at__lt=now + WEEK)
    shifts = list(with_counts(week).in_order()[:MOST_COUNTED])
    return Overview(
        shifts=shifts[:MOST_SHIFTS],
        places_to_fill=sum(shift.places_left or 0 for shift in shifts),
        to_do=_to_do(opportunities, ahead, now),
        hours=_hours(opportunities, local(now, city.time_zone).date()),
        initiatives=initiatives_of(city),
    )


def _to_do(opportunities: QuerySet[Opportunity], ahead: ShiftQuerySet, now: datetime.datetime) -> ToDo:
    people = SignUp.objects.filter(shift__in=ahead.values("pk")).aggregate(
        **{
            name: Coalesce(Sum("group_size", filter=Q(status=status)), 0)
            for name, status in (
                ("waiting", SignUpStatus.WAITING),
                ("unconfirmed", SignUpStatus.HELD),
                ("offered", SignUpStatus.OFFERED),
            )
        }
    )
    logs = ServiceLog.objects.filter(opportunity__in=opportunities, status=LogStatus.PENDING)
    over = Shift.objects.filter(opportunity__in=opportunities, status=ShiftStatus.PLANNED, ends_at__lte=now)
    unmarked = SignUp.objects.filter(
        shift__in=over.values("pk"), status=SignUpStatus.CONFIRMED, attendance=Attendance.UNKNOWN
    ).aggregate(n=Count("shift", distinct=True))["n"]
    return ToDo(
        **people, **logs.aggregate(logs=Count("pk"), hours=Coalesce(Sum("hours"), Decimal(0))), unmarked=unmarked
    )


def _hours(opportunities: QuerySet[Opportunity], today: datetime.date) -> Hours:
    months = months_until(today, 12)
    first = min(months[0], today.replace(month=1, day=1))
    logs = ServiceLog.objects.filter(
        opportunity__in=opportunities, status=LogStatus.APPROVED, served_on__gte=first, served_on__lte=today
    )
    found = {
        row["month"]: row
        for row in logs.order_by()
        .annotate(month=TruncMonth("served_on"))
        .values("month")
        .annotate(total=Sum("hours"), people=Sum("people"))
    }
    nothing: dict[str, Any] = {"total": Decimal(0), "people": 0}
    this_year = [row for month, row in found.items() if month.year == today.year]
    return Hours(
        months=[Month(month, found.get(month, nothing)["total"]) for month in months],
        this_month=found.get(months[-1], nothing)["total"],
        this_year=sum((row["total"] for row in this_year), Decimal(0)),
        people_this_year=sum(row["people"] for row in this_year),
    )


def initiatives_of(city: City) -> list[tuple[InitiativePage, Reached]]:
    """The city's public initiatives, each once, in the language in which it was written first."""
    home = Page.objects.filter(pk=city.home_page_id).values("path")[:1]
    pages = list(
        InitiativePage.objects.live().filter(path__startswith=Subquery(home)).order_by("path")[:MOST_INITIATIVES]
    )
    results = reached_by(pages)
    return [(page, results[page.family]) for page in pages]
