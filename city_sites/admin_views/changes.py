"""What was done on a city's site today, and taking it back: one page, or everything of the day."""

import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages

from city_sites.selectors.changes import MOST_DAYS, Changed, changes_since, city_zone, first_day, start_of
from city_sites.selectors.plans import Plan, plans_for
from city_sites.services.changes import ChangedMeanwhileError, TakeBackError, take_back
from coalition.admin_views.team_base import CityTeamMixin, WagtailAdminTemplateMixin
from coalition.permissions import Act


class ChangesPage(CityTeamMixin, WagtailAdminTemplateMixin, TemplateView):
    """A page about what was done since the day in the address (`?since=2026-05-04`), today without one."""

    act = Act.UNDO
    header_icon = "history"

    @cached_property
    def day(self) -> datetime.date:
        """The day that was chosen."""
        return first_day(self.city, self.request.POST.get("since") or self.request.GET.get("since") or "")

    @cached_property
    def since(self) -> datetime.datetime:
        """Its first moment in the city."""
        return start_of(self.city, self.day)

    @cached_property
    def changed(self) -> list[Changed]:
        """What was done since."""
        return changes_since(city=self.city, since=self.since)

    @cached_property
    def is_today(self) -> bool:
        """Whether the day is today."""
        return self.day == first_day(self.city, "")

    def list_url(self) -> str:
        """The list of this day."""
        return f"{reverse('city_sites_changes:today', args=[self.city.pk])}?since={self.day.isoformat()}"

    def get_page_subtitle(self) -> str:
        """The city's name."""
        return str(self.city)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, the list, this page."""
        items = [*self.breadcrumbs_items]
        if not isinstance(self, TodayView):
            items.append({"url": self.list_url(), "label": _("What changed")})
        return [*items, {"url": "", "label": self.get_page_title()}]

    def rows(self, changed: list[Changed]) -> list[dict[str, Any]]:
        """Each change with its plan and where its links lead."""
        plans = plans_for(changed=changed, city=self.city, user=self.request.user, since=self.since)
        return [self._row(each, plans[each.key]) for each in changed]

    def _row(self, each: Changed, plan: Plan) -> dict[str, Any]:
        query = f"?since={self.day.isoformat()}"
        row: dict[str, Any] = {"changed": each, "plan": plan}
        row["take_back_url"] = reverse("city_sites_changes:revert", args=[self.city.pk, each.key]) + query
        if each.page is not None:
            pk = each.page.pk
            row["edit_url"] = reverse("wagtailadmin_pages:edit", args=[pk])
            row["history_url"] = reverse("wagtailadmin_pages:history", args=[pk])
            if plan.then is not None and plan.then.version is not None and not each.page.alias_of_id:
                args = [pk, plan.then.version.pk, "latest"]
                row["compare_url"] = reverse("wagtailadmin_pages:revisions_compare", args=args)
        return row

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the city, its clock, the day and the way back."""
        return super().get_context_data(
            city=self.city,
            zone=city_zone(self.city),
            day=self.day,
            since=self.day.isoformat(),
            is_today=self.is_today,
            list_url=self.list_url(),
            **kwargs,
        )

    def do(self, tokens: dict[str, str]) -> HttpResponse:
        """Take back, say what became of it, and go on to the list; show the page again when it could not be done."""
        try:
            done = take_back(city=self.city, since=self.since, tokens=tokens, by=self.request.user)
        except ChangedMeanwhileError as error:
            messages.warning(self.request, str(error))
            return self.render_to_response(self.get_context_data())
        except TakeBackError as error:
            messages.error(self.request, str(error))
            return self.render_to_response(self.get_context_data())
        text = ngettext(
            "%(count)d page is as it was at the start of %(day)s.",
            "%(count)d pages are as they were at the start of %(day)s.",
            len(done.pages),
        )
        messages.success(self.request, text % {"count": len(done.pages), "day": date_format(self.day)})
        for note in done.notes:
            messages.warning(self.request, note)
        return HttpResponseRedirect(self.list_url())


class TodayView(ChangesPage):
    """Who did what to which page, the latest first."""

    page_title = gettext_lazy("What changed")
    template_name = "city_sites/admin/changes/today.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the rows, the days that can be chosen, and where the whole day is taken back."""
        today = first_day(self.city, "")
        return super().get_context_data(
            rows=self.rows(self.changed),
            today=today.isoformat(),
            earliest=(today - datetime.timedelta(days=MOST_DAYS)).isoformat(),
            day_before=(self.day - datetime.timedelta(days=1)).isoformat(),
            day_url=f"{reverse('city_sites_changes:restore_day', args=[self.city.pk])}?since={self.day.isoformat()}",
            has_day_before=self.day > today - datetime.timedelta(days=MOST_DAYS),
            **kwargs,
        )


class TakeBackView(ChangesPage):
    """What taking back one page's changes would do, and doing it."""

    page_title = gettext_lazy("Take back")
    template_name = "city_sites/admin/changes/take_back.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the row. A page to which nothing was done since that day is not there."""
        chosen = [each for each in self.changed if each.key == self.kwargs["key"]]
        if not chosen:
            raise Http404(self.kwargs["key"])
        return super().get_context_data(row=self.rows(chosen)[0], **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it."""
        return self.do({self.kwargs["key"]: request.POST.get("token", "")})


class RestoreDayView(ChangesPage):
    """What taking back everything since that day would do, page by page with a box to tick, and doing it."""

    page_title = gettext_lazy("Take back everything")
    template_name = "city_sites/admin/changes/restore_day.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the rows that would change, and those that cannot or need not."""
        rows = self.rows(self.changed)
        chosen = self.request.POST.getlist("key")
        for row in rows:
            row["is_ticked"] = row["changed"].key in chosen if chosen else row["plan"].is_ticked
        return super().get_context_data(
            rows=[row for row in rows if row["plan"].can_go],
            refused=[row for row in rows if row["plan"].steps and row["plan"].refusal],
            untouched=[row for row in rows if not row["plan"].steps],
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it for what is ticked."""
        return self.do({key: request.POST.get(f"token-{key}", "") for key in request.POST.getlist("key")})
