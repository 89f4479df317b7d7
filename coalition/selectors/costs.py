"""What the cities' sites cost a year, and who pays which part."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from coalition.models import City, SitePlan, Sponsor

ZERO = Decimal("0.00")


@dataclass
class CostRow:
    """The plans of one sponsor, of the cities that pay alone (`sponsor` is None), or of all. US dollars a year."""

    sponsor: Sponsor | None = None
    cities: int = 0
    list_price: Decimal = ZERO
    sponsor_pays: Decimal = ZERO
    city_pays: Decimal = ZERO
    next_renewal: datetime.date | None = None
    overdue: int = 0

    def add(self, plan: SitePlan, today: datetime.date) -> None:
        """Count one plan in."""
        self.cities += 1
        self.list_price += plan.list_price
        self.sponsor_pays += plan.sponsor_pays
        self.city_pays += plan.city_pays
        if plan.renewal_date and plan.renewal_date < today:
            self.overdue += 1
        elif plan.renewal_date:
            self.next_renewal = min(plan.renewal_date, self.next_renewal or plan.renewal_date)


@dataclass
class Costs:
    """One row for each sponsor by name, the cities that pay alone last, and the sum of all rows."""

    rows: list[CostRow]
    total: CostRow
    cities_without_plan: int


def costs_by_sponsor(*, members_only: bool) -> Costs:
    """Add up the plans of member cities, or of every city that has a plan. Two queries.

    Each plan is split to the cent and then added, so sponsors and cities together always make up the list price.
    """
    cities = City.objects.members() if members_only else City.objects.all()
    plans = SitePlan.objects.filter(city__in=cities).select_related("sponsor").order_by("sponsor__name")
    rows, total = _added_up(plans, timezone.localdate())
    return Costs(rows=rows, total=total, cities_without_plan=cities.filter(plan=None).count())


def _added_up(plans: Iterable[SitePlan], today: datetime.date) -> tuple[list[CostRow], CostRow]:
    by_sponsor: dict[int | None, CostRow] = {}
    total = CostRow()
    for plan in plans:
        by_sponsor.setdefault(plan.sponsor_id, CostRow(plan.sponsor)).add(plan, today)
        total.add(plan, today)
    rows = sorted(by_sponsor.values(), key=lambda row: (row.sponsor is None, row.sponsor.name if row.sponsor else ""))
    return rows, total
