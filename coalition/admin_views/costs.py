"""What the sites cost and who pays."""

import dataclasses
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import BaseButton, Button

from coalition.audit.actions import note_export
from coalition.exports import EXPORTS, Columns
from coalition.filters import NO_SPONSOR
from coalition.models import City, SitePlan
from coalition.money import dollars
from coalition.selectors.costs import CostRow, Costs, costs_by_sponsor


@dataclasses.dataclass(frozen=True)
class CostLine:
    """One line of the table, ready to print."""

    row: CostRow
    name: str
    url: str
    list_price: str
    sponsor_pays: str
    city_pays: str


class CostsView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """One line a sponsor and a grand total. `?cities=all` counts every city with a plan, not members only."""

    model = SitePlan
    any_permission_required = ["view", "add", "change", "delete"]
    template_name = "coalition/admin/costs.html"
    page_title = gettext_lazy("What sites cost")
    header_icon = "coalition-costs"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]
        """The page, or the same table as a file."""
        export = EXPORTS.get(request.GET.get("export", ""))
        if export is None:
            return super().get(request, *args, **kwargs)
        note_export(user=request.user, name="site-costs", kind=request.GET["export"])
        costs = self._costs()
        return export("site-costs", _columns(costs), [*costs.rows, costs.total])

    @property
    def header_more_buttons(self) -> list[BaseButton]:
        """The table as a file, with the cities that the page counts."""
        kept = {"cities": "all"} if not self._members_only else {}
        return [
            Button(label, url=f"?{urlencode({**kept, 'export': kind})}", icon_name="download")
            for kind, label in (("csv", _("Download CSV")), ("xlsx", _("Download XLSX")))
        ]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, this page."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the lines, their total and how many cities have no plan."""
        costs = self._costs()
        missing = {"plan": "false", **self._status}
        return super().get_context_data(
            lines=[_line(row, costs.total, self._list_url(row)) for row in costs.rows],
            total=_line(costs.total, costs.total, self._city_list({"plan": "true", **self._status})),
            cities_without_plan=costs.cities_without_plan,
            without_plan_url=self._city_list(missing),
            members_only=self._members_only,
            **kwargs,
        )

    @property
    def _members_only(self) -> bool:
        return self.request.GET.get("cities") != "all"

    @property
    def _status(self) -> dict[str, str]:
        return {"status": City.Status.MEMBER} if self._members_only else {}

    def _costs(self) -> Costs:
        return costs_by_sponsor(members_only=self._members_only)

    def _list_url(self, row: CostRow) -> str:
        sponsor = row.sponsor.pk if row.sponsor else NO_SPONSOR
        return self._city_list({"sponsor": str(sponsor), **self._status})

    def _city_list(self, query: dict[str, str]) -> str:
        return f"{reverse('coalition_city:index')}?{urlencode(query)}"


def _name(row: CostRow, total: CostRow) -> str:
    if row is total:
        return _("All")
    return row.sponsor.name if row.sponsor else _("No sponsor: the city pays it all")


def _line(row: CostRow, total: CostRow, url: str) -> CostLine:
    amounts = {name: dollars(getattr(row, name)) for name in ("list_price", "sponsor_pays", "city_pays")}
    return CostLine(row=row, name=_name(row, total), url=url, **amounts)


def _columns(costs: Costs) -> Columns:
    return [
        (_("Sponsor"), lambda row: _name(row, costs.total)),
        (_("Cities"), lambda row: row.cities),
        (_("List price a year"), lambda row: row.list_price),
        (_("Sponsor pays"), lambda row: row.sponsor_pays),
        (_("Cities pay"), lambda row: row.city_pays),
        (_("Next renewal"), lambda row: row.next_renewal),
        (_("Overdue renewals"), lambda row: row.overdue),
    ]
