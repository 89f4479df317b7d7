"""All shifts of a city that the person keeps: the list, and the month."""

import datetime
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin.widgets.button import BaseButton, HeaderButton

from volunteering.models import Opportunity, OpportunityPage
from volunteering.scheduling.clock import today_in, zone_of
from volunteering.shifts.base import ShiftsPage
from volunteering.shifts.month import Month, month_from, month_of, span_of
from volunteering.shifts.selectors import agreed_shifts, listed_shifts, rows_of, schedule_rows, shifts_between
from volunteering.team.base import tabs_for

A_PAGE = 50


class IndexView(ShiftsPage, TemplateView):
    """`?view=month&month=2026-12`, `?when=past`, `?opportunity=12`: each choice stands in the address."""

    page_title = gettext_lazy("Shifts")
    template_name = "volunteering/admin/shifts/index.html"

    @cached_property
    def chosen(self) -> Opportunity | None:
        """The opportunity that was picked, None for all of them."""
        wanted = self.request.GET.get("opportunity", "")
        is_number = wanted.isascii() and wanted.isdecimal() and len(wanted) < 18
        return next((each for each in self.choices if is_number and each.pk == int(wanted)), None)

    @cached_property
    def choices(self) -> list[Opportunity]:
        """What can be picked."""
        return list(self.opportunities.order_by("title", "pk"))

    @property
    def scope(self) -> Any:
        """The opportunities whose shifts are shown."""
        return self.opportunities.filter(pk=self.chosen.pk) if self.chosen else self.opportunities

    @property
    def is_month(self) -> bool:
        """Whether the month is asked for."""
        return self.request.GET.get("view") == "month"

    @property
    def is_past(self) -> bool:
        """Whether what is over is asked for."""
        return self.request.GET.get("when") == "past"

    @property
    def today(self) -> datetime.date:
        """The day in the city."""
        return today_in(zone_of(self.city), timezone.now())

    @cached_property
    def header_buttons(self) -> list[BaseButton]:
        """Adding is what people come here for."""
        if not self.choices:
            return []
        if self.chosen:
            url = reverse("volunteering_shifts:add", args=[self.city.pk, self.chosen.pk])
        else:
            url = reverse("volunteering_shifts:choose", args=[self.city.pk])
        return [HeaderButton(_("Add shifts"), url=url, icon_name="plus")]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, this page."""
        return [*self.breadcrumbs_items, {"url": "", "label": f"{self.get_page_title()}: {self.city}"}]

    def link(self, **changes: Any) -> str:
        """This page with other choices; None takes one out."""
        asked = {"opportunity": self.chosen.pk if self.chosen else None, "view": "month" if self.is_month else None}
        asked |= {"when": "past" if self.is_past and not self.is_month else None} | changes
        query = urlencode({name: value for name, value in asked.items() if value})
        return f"{self.index_url}?{query}" if query else self.index_url

    def page_of_rows(self) -> Page:
        """One page of the list."""
        shifts = listed_shifts(self.scope, is_past=self.is_past)
        return Paginator(shifts, A_PAGE).get_page(self.request.GET.get("p"))

    def month(self) -> Month:
        """The month that is asked for."""
        first = month_from(self.request.GET.get("month", ""), self.today)
        rows = rows_of(shifts_between(self.scope, *span_of(first)), self.city.pk)
        return month_of(first, self.today, rows)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the month, or the list with what is agreed; what repeats; the choices."""
        context = super().get_context_data(
            chosen=self.chosen,
            choices=self.choices,
            is_month=self.is_month,
            is_past=self.is_past,
            tabs=[(label, url, url == self.index_url) for label, url, _is_there in tabs_for(self.user, self.city)],
            list_link=self.link(view=None),
            month_link=self.link(view="month", when=None),
            past_link=self.link(when="past"),
            ahead_link=self.link(when=None),
            schedules=schedule_rows(self.chosen, self.city.pk) if self.chosen else [],
            choose_url=reverse("volunteering_shifts:choose", args=[self.city.pk]),
            **kwargs,
        )
        return context | (self._month_context() if self.is_month else self._list_context())

    def _month_context(self) -> dict[str, Any]:
        month = self.month()
        return {
            "month": month,
            "previous_link": self.link(month=month.previous),
            "following_link": self.link(month=month.following),
            "today_link": self.link(),
        }

    def _list_context(self) -> dict[str, Any]:
        page = self.page_of_rows()
        agreed = [] if self.is_past or page.number > 1 else rows_of(agreed_shifts(self.scope), self.city.pk)
        return {
            "page": page,
            "rows": rows_of(page.object_list, self.city.pk),
            "agreed": agreed,
            "earlier_link": self.link(p=page.previous_page_number()) if page.has_previous() else "",
            "later_link": self.link(p=page.next_page_number()) if page.has_next() else "",
        }


class ChooseView(ShiftsPage, TemplateView):
    """Which opportunity the new shifts are for."""

    page_title = gettext_lazy("Add shifts")
    template_name = "volunteering/admin/shifts/choose.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the opportunities with the addresses where shifts are added."""
        rows = [
            (each, reverse("volunteering_shifts:add", args=[self.city.pk, each.pk]))
            for each in self.opportunities.order_by("title", "pk")
        ]
        return super().get_context_data(rows=rows, **kwargs)


class OfPageView(ShiftsPage, View):
    """Leads from an opportunity's page in the editor to its shifts."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        """To the list of that opportunity."""
        page = OpportunityPage.objects.filter(pk=kwargs["page_id"]).first()
        row = self.opportunities.filter(family=page.family).first() if page else None
        if row is None:
            raise Http404(kwargs["page_id"])
        return HttpResponseRedirect(self.list_url(row))
