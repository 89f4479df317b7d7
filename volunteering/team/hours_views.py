"""Hours: all of them with what is to be approved, after a shift, of a day without one, and a correction."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet, Sum
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages

from coalition.audit.actions import note_export
from coalition.exports import EXPORTS
from volunteering.models import LogStatus, ServiceLog
from volunteering.team.act_views import OnRoster
from volunteering.team.base import PeoplePage
from volunteering.team.exporting import HOURS, hours_columns, with_initiatives
from volunteering.team.filters import HoursFilter
from volunteering.team.hour_forms import ChangeForm, DayForm, ShiftHoursForm
from volunteering.team.hours import change_log, decide, log_shift, log_without_shift, result_of, to_log
from volunteering.team.words import number

A_PAGE = 100
MOST_AT_ONCE = 5000


class HoursView(PeoplePage, TemplateView):
    """All hours by day, with boxes to approve them or leave them out; the same as a file."""

    template_name = "volunteering/admin/team/hours.html"
    page_title = gettext_lazy("Hours")
    tab = "hours"

    @cached_property
    def form(self) -> HoursFilter:
        """What is asked for."""
        return HoursFilter(self.request.GET, opportunities=self.opportunities)

    @property
    def query(self) -> str:
        """The wishes as an address says them."""
        asked = self.request.GET.copy()
        for name in ("p", "export"):
            asked.pop(name, None)
        return asked.urlencode()

    def logs(self) -> QuerySet[ServiceLog]:
        """The entries that the filters leave."""
        rows = self.form.logs().select_related("opportunity", "shift", "sign_up", "logged_by", "decided_by")
        return rows.order_by("-served_on", "-pk")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]
        """The page, or the file."""
        export = EXPORTS.get(request.GET.get("export", ""))
        if export is None:
            return super().get(request, *args, **kwargs)
        rows = list(with_initiatives(self.logs()))
        note_export(user=request.user, name=HOURS, kind=request.GET["export"], city=self.city, rows=len(rows))
        return export(HOURS, hours_columns(), rows)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Approve, or leave out: the one whose button it was, those that are ticked, or all that the filters leave."""
        status = LogStatus.REJECTED if "reject" in request.POST else LogStatus.APPROVED
        one = request.POST.get("reject") or request.POST.get("approve") or ""
        count = decide(logs=self._meant(one), within=self.opportunities, status=status, by=request.user)  # type: ignore[arg-type]
        if status == LogStatus.APPROVED:
            text = ngettext("%(count)d entry is approved.", "%(count)d entries are approved.", count)
        else:
            text = ngettext("%(count)d entry does not count.", "%(count)d entries do not count.", count)
        (messages.success if count else messages.warning)(request, text % {"count": count})
        return HttpResponseRedirect(f"{self.url('hours')}?{self.query}")

    def _meant(self, one: str) -> list[int]:
        if one.isdecimal():
            return [int(one)]
        if self.request.POST.get("everything"):
            pending = self.form.logs().filter(status=LogStatus.PENDING)
            return list(pending.order_by("pk").values_list("pk", flat=True)[:MOST_AT_ONCE])
        return [int(pk) for pk in self.request.POST.getlist("log") if pk.isdecimal() and len(pk) < 19]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the form, one page of entries, and the sums of all that the filters leave."""
        logs = self.logs()
        page = Paginator(logs, A_PAGE).get_page(self.request.GET.get("p"))
        sums = self.form.logs().aggregate(
            **{status: Sum("hours", filter=Q(status=status)) for status in LogStatus.values}
        )
        labels = dict(LogStatus.choices)
        return super().get_context_data(
            form=self.form,
            page_obj=page,
            rows=[
                (log, initiative, number(log.hours), number(log.amount), self.url("hours_change", log.pk))
                for log, initiative in with_initiatives(page.object_list)
            ],
            sums=[(labels[status], number(sums[status] or 0)) for status in LogStatus.values],
            query=self.query,
            add_url=self.url("hours_add"),
            **kwargs,
        )


class ShiftHoursView(OnRoster, FormView):
    """Hours of everybody who came to a shift, and what came of it."""

    template_name = "volunteering/admin/team/shift_hours.html"
    page_title = gettext_lazy("Log hours")

    def get_form(self, form_class: Any = None) -> ShiftHoursForm:
        """One line for each who came and has no hours yet."""
        data = self.request.POST if self.request.method == "POST" else None
        return ShiftHoursForm(self.shift, to_log(self.shift), data)

    def form_valid(self, form: ShiftHoursForm) -> HttpResponse:
        """Log; a second time finds nothing left."""
        values = form.cleaned_data
        logs = log_shift(
            shift=self.shift,
            given=form.given(),
            amount=values.get("amount"),
            served_on=values["served_on"],
            by=self.request.user,  # type: ignore[arg-type]
        )
        if logs:
            messages.success(self.request, _("The hours are logged. They count once they are approved."))
        else:
            messages.warning(self.request, _("Nothing was logged: these hours are there already, or all are 0."))
        return HttpResponseRedirect(self.back_url)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds what was logged already."""
        logs = ServiceLog.objects.filter(shift=self.shift)
        form = kwargs.get("form") or self.get_form()
        result = result_of(self.shift, form.fields["served_on"].initial)
        return super().get_context_data(
            shift=self.shift,
            logged=number(logs.aggregate(all=Sum("hours"))["all"] or 0),
            result=number(result.amount) if result else "",
            hours_url=self.url("hours"),
            **{**kwargs, "form": form},
        )


class AddHoursView(PeoplePage, FormView):
    """Hours of a group on its own day."""

    form_class = DayForm
    template_name = "volunteering/admin/team/form.html"
    page_title = gettext_lazy("Log hours without a shift")

    def trail(self) -> list[tuple[str, str]]:
        """Below the hours."""
        return [(self.url("hours"), _("Hours"))]

    def get_form_kwargs(self) -> dict[str, Any]:
        """Which opportunities there are."""
        return {**super().get_form_kwargs(), "opportunities": self.opportunities}

    def form_valid(self, form: DayForm) -> HttpResponse:
        """Log."""
        log_without_shift(by=self.request.user, **form.cleaned_data)  # type: ignore[arg-type]
        messages.success(self.request, _("The hours are logged. They count once they are approved."))
        return HttpResponseRedirect(self.url("hours"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds what the form says above and on its button."""
        intro = _("For a company’s day, a class, or whoever came along without signing up. No names are kept.")
        return super().get_context_data(
            intro=intro, submit_label=_("Log the hours"), back_url=self.url("hours"), **kwargs
        )


class ChangeHoursView(PeoplePage, FormView):
    """Other numbers for one entry. It is to be approved again."""

    template_name = "volunteering/admin/team/form.html"
    page_title = gettext_lazy("Change hours")

    def trail(self) -> list[tuple[str, str]]:
        """Below the hours."""
        return [(self.url("hours"), _("Hours"))]

    def get_page_subtitle(self) -> str:
        """Of what."""
        return self.log.opportunity.title

    def get_form(self, form_class: Any = None) -> ChangeForm:
        """Filled in as the entry is."""
        return ChangeForm(self.log, self.request.POST if self.request.method == "POST" else None)

    def form_valid(self, form: ChangeForm) -> HttpResponse:
        """Write the numbers down."""
        values = {"amount": self.log.amount, **form.cleaned_data}
        change_log(log=self.log, by=self.request.user, **values)  # type: ignore[arg-type]
        messages.success(self.request, _("Changed. These hours are to be approved again."))
        return HttpResponseRedirect(self.url("hours"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds what the form says above and on its button."""
        intro = _("After a change somebody has to approve these hours again before they count.")
        return super().get_context_data(intro=intro, submit_label=_("Save"), back_url=self.url("hours"), **kwargs)
