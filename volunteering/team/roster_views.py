"""The lists of rosters, one roster, its sheet for the clipboard, and rosters as a file."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView, View
from wagtail.admin import messages

from coalition.audit.actions import note_export
from coalition.exports import EXPORTS, ROWS_A_CHUNK
from volunteering.models import RosterMessage, ShiftStatus, SignUpStatus
from volunteering.team.base import PeoplePage, TeamPage
from volunteering.team.exporting import ROSTERS, in_order, roster_columns
from volunteering.team.figures import with_counts
from volunteering.team.filters import AHEAD, RosterFilter
from volunteering.team.forms import MarksForm
from volunteering.team.marking import mark
from volunteering.team.rosters import parts_of, sign_ups_of, to_mark
from volunteering.team.words import named, number

A_PAGE = 50
BLANK_LINES = 8


class RosterListing:
    """The form that both the list and the file obey. Without any wish: what is ahead."""

    request: HttpRequest
    opportunities: Any

    @cached_property
    def form(self) -> RosterFilter:
        """What is asked for."""
        asked = self.request.GET.copy()
        for name in ("p", "format"):
            asked.pop(name, None)
        return RosterFilter(asked or {"state": AHEAD}, opportunities=self.opportunities)

    @property
    def query(self) -> str:
        """The wishes as an address says them."""
        asked = self.request.GET.copy()
        for name in ("p", "format"):
            asked.pop(name, None)
        return asked.urlencode() or f"state={AHEAD}"


class RostersView(RosterListing, TeamPage, TemplateView):
    """Shifts with how many people stand on their rosters. No names."""

    template_name = "volunteering/admin/team/rosters.html"
    page_title = gettext_lazy("Rosters")
    tab = "rosters"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the form and one page of shifts."""
        shifts = with_counts(self.form.in_order())
        page = Paginator(shifts, A_PAGE).get_page(self.request.GET.get("p"))
        rows = [(shift, named(shift), self.url("roster", shift.pk)) for shift in page.object_list]
        return super().get_context_data(
            form=self.form, page_obj=page, rows=rows, query=self.query, file_url=self.url("rosters_file"), **kwargs
        )


class RosterFileView(RosterListing, PeoplePage, View):
    """Everybody on the rosters that the filters leave, as CSV or XLSX; one roster with `?shift=`."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The file; that it was taken out is written down first."""
        kind = request.GET.get("format", "")
        if kind not in EXPORTS:
            raise Http404(kind)
        rows = in_order(self._rows())
        note_export(user=request.user, name=ROSTERS, kind=kind, city=self.city, rows=rows.count())
        return EXPORTS[kind](ROSTERS, roster_columns(), rows.iterator(chunk_size=ROWS_A_CHUNK))

    def _rows(self) -> Any:
        shift = self.request.GET.get("shift", "")
        if not shift:
            return self.form.sign_ups()
        if not shift.isdecimal() or len(shift) > 18:
            raise Http404(shift)
        self.kwargs["shift_id"] = int(shift)
        return sign_ups_of(self.shift)


class RosterView(PeoplePage, TemplateView):
    """Who comes, who waits, who is out; and the form in which the team notes who came."""

    template_name = "volunteering/admin/team/roster.html"
    tab = "roster"

    @cached_property
    def rows(self) -> Any:
        """Everybody on it."""
        return list(sign_ups_of(self.shift))

    @cached_property
    def form(self) -> MarksForm:
        """Who came."""
        data = self.request.POST if self.request.method == "POST" else None
        return MarksForm(to_mark(self.rows), data)

    def get_page_title(self) -> str:
        """What it is the roster of."""
        return self.shift.opportunity.title

    def get_page_subtitle(self) -> str:
        """When."""
        return named(self.shift)

    def trail(self) -> list[tuple[str, str]]:
        """Below the list of rosters."""
        return [(self.url("rosters"), _("Rosters"))]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Write the marks down; what cannot be is shown with what was typed."""
        if not self.form.is_valid():
            messages.error(request, _("Something is not right yet. What you typed is still there."))
            return self.render_to_response(self.get_context_data())
        count = mark(shift=self.shift, marks=self.form.marks(), by=request.user)  # type: ignore[arg-type]
        text = ngettext("Noted for %(count)d sign-up.", "Noted for %(count)d sign-ups.", count)
        messages.success(request, text % {"count": count} if count else _("Nothing was changed."))
        return HttpResponseRedirect(self.url("roster", self.shift.pk))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the parts of the roster, and what can be done with it."""
        shift, now = self.shift, timezone.now()
        people = {status: 0 for status in SignUpStatus.values}
        for row in self.rows:
            people[row.status] += row.group_size
        return super().get_context_data(
            shift=shift,
            when=named(shift),
            form=self.form,
            parts=parts_of(shift, self.rows, self.form.of),
            people=people,
            is_off=shift.status == ShiftStatus.CANCELLED,
            has_begun=shift.starts_at is None or shift.starts_at <= now,
            acts=self._acts(),
            file_url=self.url("rosters_file"),
            sent=RosterMessage.objects.filter(shift=shift).select_related("sent_by")[:10],
            logged=number(sum(row.log.hours for row in self.rows if hasattr(row, "log"))),
            **kwargs,
        )

    def _acts(self) -> dict[str, str]:
        names = {"add": "add", "message": "message", "sheet": "sheet", "hours": "shift_hours"}
        return {act: self.url(name, self.shift.pk) for act, name in names.items()}


class SheetView(PeoplePage, TemplateView):
    """The roster on paper: name, group, telephone, a line to sign on, and lines for whoever else comes."""

    template_name = "volunteering/admin/team/sheet.html"

    def get_page_title(self) -> str:
        """What it is the roster of."""
        return self.shift.opportunity.title

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds those who may come, by name, and who waits."""
        rows = to_mark(list(sign_ups_of(self.shift)))
        rows.sort(key=lambda row: (row.name.split()[-1:], row.name))
        return super().get_context_data(
            shift=self.shift,
            when=named(self.shift),
            rows=rows,
            people=sum(row.group_size for row in rows),
            blank=range(BLANK_LINES),
            back_url=self.url("roster", self.shift.pk),
            **kwargs,
        )
