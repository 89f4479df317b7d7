"""What an initiative has reached: the sum of approved logs, month by month. Nothing that was not approved counts."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import F, Max, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import TruncMonth
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import Page

from portal.core.charts import Bar, column_chart
from search.models import Readers, SearchDoc
from volunteering import art
from volunteering.models import InitiativePage, LogStatus, Opportunity, ServiceLog, Shift
from volunteering.team.words import number
from volunteering.when import When, when_is

KIND = "opportunity"
MOST_MONTHS = 12
MOST_WAYS = 8


@dataclass(frozen=True)
class Month:
    """How much came together in one month."""

    first_day: datetime.date
    total: Decimal

    @property
    def shown(self) -> str:
        """The number as people read it."""
        return number(self.total)

    @property
    def bar(self) -> Bar:
        """Under it the short name of the month; a January carries its year."""
        return Bar(date_format(self.first_day, "M"), self.total, self.shown)


@dataclass(frozen=True)
class Reached:
    """The result of an initiative, from its approved logs alone. `as_of`: when the last of them was approved."""

    total: Decimal = Decimal(0)
    people: int = 0
    hours: Decimal = Decimal(0)
    target: Decimal | None = None
    as_of: datetime.datetime | None = None
    months: list[Month] = field(default_factory=list)

    @property
    def percent(self) -> int:
        """Of the target, 100 at most, and whole only when it is reached."""
        return min(int(self.total * 100 / self.target), 100) if self.target else 0

    @property
    def is_reached(self) -> bool:
        """Whether the target is met."""
        return self.target is not None and self.total >= self.target


@dataclass(frozen=True)
class Way:
    """An opportunity that works on the initiative: where it is read about, and its next shift."""

    title: str
    url: str
    summary: str
    when: When
    shift: Shift


def reached_by(pages: Iterable[InitiativePage], *, today: datetime.date | None = None) -> dict[str, Reached]:
    """Family → result of each of these initiatives. One query."""
    wanted = {page.family: page for page in pages}
    logs = ServiceLog.objects.filter(initiative__in=wanted, status=LogStatus.APPROVED).order_by()
    rows = logs.annotate(month=TruncMonth("served_on")).values("initiative", "month").annotate(
        amount_sum=Sum("amount"), hours_sum=Sum("hours"), people_sum=Sum("people"), last=Max("decided_at")
    )  # fmt: skip
    found: dict[str, list[dict[str, Any]]] = {family: [] for family in wanted}
    for row in rows:
        found[row["initiative"]].append(dict(row))
    today = today or timezone.localdate()
    return {family: _result(page, found[family], today) for family, page in wanted.items()}


def reached_of(page: InitiativePage) -> Reached:
    """The result of one."""
    return reached_by([page])[page.family]


def _result(page: InitiativePage, rows: list[dict[str, Any]], today: datetime.date) -> Reached:
    counted = "hours_sum" if page.measure == InitiativePage.Measure.HOURS else "amount_sum"
    by_month = {row["month"]: row[counted] or Decimal(0) for row in rows}
    return Reached(
        total=sum(by_month.values(), Decimal(0)),
        people=sum(row["people_sum"] for row in rows),
        hours=sum((row["hours_sum"] for row in rows), Decimal(0)),
        target=page.target,
        as_of=max((row["last"] for row in rows if row["last"]), default=None),
        months=[Month(month, by_month.get(month, Decimal(0))) for month in _series(by_month, today)],
    )


def _series(by_month: dict[datetime.date, Any], today: datetime.date) -> list[datetime.date]:
    """The months to show: up to this one, from the first with anything in it, MOST_MONTHS at most, six at least."""
    last = max([today.replace(day=1), *by_month])
    first = min(by_month, default=last)
    span = (last.year - first.year) * 12 + last.month - first.month + 1
    return months_until(last, min(max(span, 6), MOST_MONTHS))


def months_until(day: datetime.date, count: int) -> list[datetime.date]:
    """The first days of so many months, that of `day` last."""
    last = day.year * 12 + day.month - 1
    return [datetime.date(month // 12, month % 12 + 1, 1) for month in range(last - count + 1, last + 1)]


def context(page: InitiativePage, request: HttpRequest) -> dict[str, Any]:
    """What the public page shows: `reached`, the numbers in words, `chart` and its months, and `ways` to take part."""
    reached = reached_of(page)
    unit = page.unit or (_("hours") if page.measure == InitiativePage.Measure.HOURS else "")
    has_history = any(month.total for month in reached.months)
    chart = column_chart([month.bar for month in reached.months], name=_("Month by month, as in the table below"))
    return {
        "reached": reached,
        "unit": unit,
        "total": number(reached.total),
        "target": number(page.target),
        "baseline": number(page.baseline) if page.baseline else "",
        "stats": _stats(reached),
        "chart": chart if has_history else "",
        "ways": ways_to_help(page, request),
        "counts_hours": page.measure == InitiativePage.Measure.HOURS,
        "section_url": _section_url(page, request),
        "art": art.scene(page.pictogram, page.family),
    }


def _section_url(page: InitiativePage, request: HttpRequest) -> str:
    """The list of opportunities that the page stands in."""
    section = page.get_parent() if page.pk and page.depth else None
    return (section.get_url(request) or "") if section else ""


def _stats(reached: Reached) -> list[dict[str, str]]:
    if not reached.people:
        return []
    return [
        {"value": number(reached.people), "label": _("times somebody came")},
        {"value": number(reached.hours), "label": _("hours they gave")},
    ]


def visible() -> QuerySet[SearchDoc]:
    """The documents of opportunities that anybody may see."""
    return SearchDoc.objects.filter(kind=KIND).exclude(readers=Readers.MEMBERS)


def ways_to_help(page: InitiativePage, request: HttpRequest | None) -> list[Way]:
    """The opportunities of the initiative that can be signed up for, the next one first. Three queries."""
    shifts = Shift.objects.filter(opportunity=OuterRef("pk")).open().in_order()
    rows = (
        Opportunity.objects.filter(initiative=page.family, family__in=visible().values("family"))
        .annotate(next_shift=Subquery(shifts.values("pk")[:1]), begins=Subquery(shifts.values("starts_at")[:1]))
        .exclude(next_shift=None)
        .order_by(F("begins").asc(nulls_last=True), "title")
    )
    found = list(rows[:MOST_WAYS])
    if not found:
        return []
    docs = _in_language(visible().filter(family__in=[row.family for row in found]), page.locale.language_code)
    next_shifts = Shift.objects.in_bulk([row.next_shift for row in found])
    return [_way(docs[row.family], next_shifts[row.next_shift], request) for row in found if row.family in docs]


def _in_language(docs: QuerySet[SearchDoc], language: str) -> dict[str, SearchDoc]:
    found: dict[str, SearchDoc] = {}
    for doc in docs.select_related("page").order_by("pk"):
        if doc.family not in found or doc.language == language:
            found[doc.family] = doc
    return found


def _way(doc: SearchDoc, shift: Shift, request: HttpRequest | None) -> Way:
    target: Page | None = doc.page
    url = (target.get_url(request) if target else doc.path) or ""
    return Way(doc.title, url, doc.summary, when_is(shift), shift)
