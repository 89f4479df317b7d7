"""The pages of the audit log: all of it for staff, one city's for its lead. They only read."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.views.reports.base import ReportView

from coalition.admin_views.team_base import CityTeamMixin
from coalition.audit.actions import note_export
from coalition.audit.exporting import log_columns
from coalition.audit.filters import CityLogFilterSet, LogFilterSet, holding, of_person
from coalition.audit.paging import BoundedPaginator
from coalition.audit.selectors import entry_keys, gathered, rows_in_batches, rows_of
from coalition.exports import EXPORTS
from coalition.permissions import Act, is_coalition_staff

MOST_XLSX = 20_000


class BaseLogView(ReportView):
    """Newest first, fifty a page; filtered, searched, and the same as a file."""

    page_title = gettext_lazy("Audit log")
    header_icon = "history"
    template_name = "coalition/audit/log.html"
    results_template_name = "coalition/audit/log_results.html"
    export_filename = "audit-log"
    filterset_class = CityLogFilterSet
    paginator_class = BoundedPaginator
    is_searchable = True
    list_export = ("when",)  # the columns are our own: this only shows the buttons
    verbose_name = gettext_lazy("entry")
    verbose_name_plural = gettext_lazy("entries")
    city: Any = None  # a City where the log is one city's

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The page, or the file when one is asked for."""
        return self._file() if self.is_export else super().get(request, *args, **kwargs)

    def get_filtered_queryset(self) -> QuerySet:
        """Keys of the entries that words and filters leave."""
        return entry_keys(self._narrow, city=self.city or self._chosen("city"), for_lead=self.city is not None)

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        """One page of rows."""
        return gathered(rows_of(object_list, reader=self.request.user, city=self.city))

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds whose log it is, and by which clock it is told."""
        context = super().get_context_data(*args, **kwargs)
        return {**context, "city": self.city, "zone": timezone.get_current_timezone_name()}

    def _chosen(self, name: str) -> Any:
        is_valid = self.filters and self.filters.is_valid()
        return self.filters.form.cleaned_data.get(name) if is_valid else None

    def _narrow(self, entries: QuerySet) -> QuerySet:
        entries = of_person(entries, self._chosen("person") or "", self.city)
        return self.filter_queryset(holding(entries, self.search_query or "", self.city))

    def _file(self) -> HttpResponseBase:
        kind, keys = self.request.GET["export"], self.get_filtered_queryset()
        if kind == "xlsx" and keys[: MOST_XLSX + 1].count() > MOST_XLSX:
            text = _("That is too much for one sheet. Narrow it down, or download it as CSV.")
            messages.warning(self.request, text)
            return HttpResponseRedirect(self.index_url)
        note_export(
            user=self.request.user, name="audit-log", kind=kind, city=self.city, filters=self._filters_in_words()
        )
        rows = rows_in_batches(keys, reader=self.request.user, city=self.city)
        return EXPORTS[kind](self.export_filename, log_columns(for_lead=self.city is not None), rows)

    def _filters_in_words(self) -> str:
        asked = {
            name: values for name, values in self.request.GET.lists() if name not in ("export", "p") and any(values)
        }
        return "; ".join(f"{name}: {', '.join(values)}" for name, values in asked.items())


class LogView(BaseLogView):
    """All of it, for coalition staff and superusers."""

    index_url_name = "coalition_audit:index"
    index_results_url_name = "coalition_audit:index_results"
    filterset_class = LogFilterSet

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Denied to everybody else."""
        if not is_coalition_staff(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class CityLogView(CityTeamMixin, BaseLogView):
    """What concerns one city, for its lead: its pages, files, addresses and team. Nothing that is anybody else's."""

    act = Act.SEE_LOG
    page_title = gettext_lazy("Who did what")

    def get_page_subtitle(self) -> str:
        """The city's name."""
        return str(self.city)

    def get_index_url(self) -> str:
        """This page."""
        return reverse("coalition_city_audit:index", args=[self.kwargs["city_id"]])

    def get_index_results_url(self) -> str:
        """Only the rows, for a filter that has changed."""
        return reverse("coalition_city_audit:index_results", args=[self.kwargs["city_id"]])
