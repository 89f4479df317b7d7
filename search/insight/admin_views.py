"""What people look for, for coalition staff and, about their own site, for a city's team."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.widgets.button import BaseButton, HeaderButton

from coalition.audit.actions import note_export
from coalition.exports import EXPORTS, Columns
from coalition.models import City
from search.insight.forms import ReportForm
from search.insight.selectors import counted, sums, top_searches, without_result
from search.models import QueryCount
from search.promoting.forms import SiteForm
from search.scope import CityScope, SearchPage, StaffScope

A_PAGE = 50
LIST = "searches"
"""What the audit log calls the file."""


class ReportView(SearchPage, TemplateView):
    """What was looked for most, or (`?show=missed`) what was not found. The same as a file."""

    template_name = "search/admin/report.html"
    page_title = SearchPage.list_title
    header_icon = "search"

    @cached_property
    def form(self) -> ReportForm:
        """To what it is narrowed. Staff choose between sites where anybody has looked for anything."""
        has_sites = self.scope is None
        asked = QueryCount.objects.exclude(city=None).order_by().values("city")
        cities = City.objects.filter(pk__in=asked).order_by("name") if has_sites else ()
        return ReportForm(self.request.GET, cities=cities, has_sites=has_sites)

    @cached_property
    def header_buttons(self) -> list[BaseButton]:
        """The pages beside this one."""
        return [HeaderButton(_("Pages that stand first"), url=self.url("promotions"), icon_name="pick")]

    @property
    def is_about_missed(self) -> bool:
        """Whether it lists what was not found."""
        return self.request.GET.get("show") == "missed"

    def counts(self) -> QuerySet[QueryCount]:
        """What the report counts."""
        site, days = self.form.chosen()
        if self.scope is not None:
            return counted(city_id=self.scope.pk, days=days)
        if not site or site == SiteForm.NATIONAL:
            return counted(is_national=bool(site), days=days)
        city = City.objects.get(slug=site)
        return counted(city_id=city.pk, days=days)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]
        """The page, or the file."""
        export = EXPORTS.get(request.GET.get("export", ""))
        if export is None:
            return super().get(request, *args, **kwargs)
        note_export(user=request.user, name=LIST, kind=request.GET["export"], city=self.scope)
        return export(LIST, _columns(), self._rows())

    def _rows(self) -> Any:
        return without_result(self.counts()) if self.is_about_missed else top_searches(self.counts())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the form, sums, and one page of searches with what can be done about each."""
        page = Paginator(self._rows(), A_PAGE).get_page(self.request.GET.get("p"))
        query = self.request.GET.copy()
        for name in ("p", "export"):
            query.pop(name, None)
        without_show = query.copy()
        without_show.pop("show", None)
        total, missed = sums(self.counts())
        return super().get_context_data(
            form=self.form,
            page_obj=page,
            rows=[(row, self._acts(row["words"])) for row in page.object_list],
            total=total,
            missed=missed,
            is_about_missed=self.is_about_missed,
            query=query.urlencode(),
            filters=without_show.urlencode(),
            **kwargs,
        )

    def _acts(self, words: str) -> list[tuple[str, str]]:
        """(what it says, address) of what can be done about a search."""
        about = {"q": words}
        site = self.form.chosen()[0]
        if site and site != SiteForm.NATIONAL:
            about["site"] = site
        acts = [(_("Put a page first"), f"{self.url('promotion_add')}?{urlencode(about)}")]
        if self.scope is None:
            url = reverse("search_synonyms:add")
            acts.append((_("Make a synonym"), f"{url}?{urlencode({'words': words})}"))
        return acts


def _columns() -> Columns:
    return [
        (str(_("Search")), lambda row: row["words"]),
        (capfirst(_("times")), lambda row: row["times"]),
        (str(_("Found nothing")), lambda row: row["missed"]),
        (str(_("Last day")), lambda row: row["last"]),
    ]


class StaffReportView(StaffScope, ReportView):
    """Of all sites."""


class CityReportView(CityScope, ReportView):
    """Of one city's."""
