"""The list of cities: filtered, searched, sorted, and the same as CSV or XLSX."""

from typing import Any

from django.db.models import DecimalField, ExpressionWrapper, F, Value
from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BaseColumn, Column, StatusTagColumn
from wagtail.admin.views.generic import IndexView

from coalition.audit.actions import note_export
from coalition.exports import EXPORTS, ROWS_A_CHUNK, city_columns
from coalition.filters import CityFilterSet, matching
from coalition.querysets import CityQuerySet
from coalition.tables import (
    FIGURES,
    WIDE,
    CityColumn,
    CountColumn,
    DayColumn,
    MoneyColumn,
    plan_city_pays,
    plan_renewal,
)

# For sorting only: what a row shows is rounded to the cent by the plan itself.
CITY_PAYS = ExpressionWrapper(
    F("plan__list_price") * (Value(100) - F("plan__subsidy_percent")), output_field=DecimalField()
)
WIDE_FIGURES = f"{FIGURES} {WIDE}"


class CityIndexView(IndexView):
    """All cities, 50 a page. `?export=csv` and `?export=xlsx` give what the filters leave, to whoever may see it."""

    filterset_class = CityFilterSet
    is_searchable = True
    show_export_buttons = True
    paginate_by = 50

    @cached_property
    def columns(self) -> list[BaseColumn]:
        """What the list shows. The name leads to the city's page."""
        return [
            CityColumn("name", label=_("City"), sort_key="name", get_url=self.get_inspect_url),
            Column("state", label=_("State"), sort_key="state"),
            StatusTagColumn(
                "get_status_display", label=_("Status"), sort_key="status", primary=lambda city: city.is_member
            ),
            DayColumn("member_since", label=_("Member since"), sort_key="member_since", classname=WIDE),
            CountColumn("population", label=_("Population"), sort_key="population", classname=WIDE_FIGURES),
            MoneyColumn("pays", label=_("City pays"), accessor=plan_city_pays, sort_key="pays", classname=WIDE_FIGURES),
            DayColumn(
                "renews", label=_("Renews"), accessor=plan_renewal, sort_key="plan__renewal_date", classname=WIDE
            ),
        ]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The page, or the file when one is asked for."""
        if not self.is_export:
            return super().get(request, *args, **kwargs)
        kind = request.GET["export"]
        note_export(user=request.user, name="cities", kind=kind)
        cities = self.get_queryset().select_related("home_page__locale")
        cities = cities.prefetch_related("aliases", "zips", "contacts")
        rows = cities.iterator(chunk_size=ROWS_A_CHUNK)
        return EXPORTS[kind]("cities", city_columns(), rows)

    def get_base_queryset(self) -> CityQuerySet:
        """Every city with its plan and sponsor."""
        return super().get_base_queryset().select_related("plan__sponsor").annotate(pays=CITY_PAYS)

    def order_queryset(self, queryset: CityQuerySet) -> CityQuerySet:
        """By the chosen column, empty cells last on every database; a tie goes by name."""
        key = self.ordering or "name"
        field = F(key.removeprefix("-"))
        chosen = field.desc(nulls_last=True) if key.startswith("-") else field.asc(nulls_last=True)
        return queryset.order_by(chosen, "name", "state")

    def search_queryset(self, queryset: CityQuerySet) -> CityQuerySet:
        """By name, alias or ZIP code."""
        return matching(queryset, self.search_query) if self.is_searching else queryset
