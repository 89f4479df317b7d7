"""Adding, changing and ending what makes shifts. A rule's days are shown before anything is written."""

from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages

from volunteering.models import DATED, Opportunity, Schedule, Timing
from volunteering.scheduling.clock import zone_of
from volunteering.scheduling.editing import Changes, changed_schedule, edit_schedule, end_schedule, ended_schedule
from volunteering.scheduling.planning import add_schedule, check_schedule
from volunteering.scheduling.words import schedule_in_words
from volunteering.shifts.base import ShiftsPage
from volunteering.shifts.preview import Preview, fingerprint, preview_changed, preview_new
from volunteering.shifts.schedule_forms import FORMS, AgreedForm
from volunteering.shifts.shift_forms import LastDayForm

AT_FIELD = {"rrule": "rhythm", "minutes": "end_time"}
"""Field of a schedule → the field of the form at which its error stands."""


class ScheduleFormPage(ShiftsPage, TemplateView):
    """A form that shows what it would do, and does it when it is sent again unchanged."""

    template_name = "volunteering/admin/shifts/schedule.html"
    save_label: Any = gettext_lazy("Save")

    @property
    def of(self) -> Opportunity:
        """Whose shifts they are."""
        return self.schedule.opportunity

    def get_page_subtitle(self) -> str:
        """The opportunity."""
        return str(self.of)

    def way_here(self) -> list[dict[str, str]]:
        """The opportunity's list."""
        return [{"url": self.list_url(self.of), "label": self.of.title}]

    def form(self, data: QueryDict | None = None) -> Any:
        """The form, empty or as it was sent."""
        raise NotImplementedError

    def is_shown_first(self) -> bool:
        """Whether it is shown before it is done."""
        return True

    def preview(self, values: dict[str, Any], seen: str) -> Preview:
        """What it would do. Raises ValidationError."""
        raise NotImplementedError

    def save(self, values: dict[str, Any]) -> None:
        """Do it and say so. Raises ValidationError."""
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form."""
        return self.show(self.form())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Show what would happen, or do it."""
        form = self.form(with_left_out(request.POST))
        if not form.is_valid():
            return self.show(form)
        values = form.values()
        seen = fingerprint(values)
        try:
            preview = self.preview(values, seen)
            if self.is_shown_first() and not (request.POST.get("act") == "save" and request.POST.get("seen") == seen):
                return self.show(form, preview)
            self.save(values)
        except ValidationError as error:
            put_errors(form, error)
            return self.show(form)
        return HttpResponseRedirect(self.list_url(self.of))

    def show(self, form: Any, preview: Preview | None = None) -> HttpResponse:
        """The page."""
        context = self.get_context_data(
            title=self.of.title,
            form=form,
            preview=preview,
            save_label=self.save_label,
            shows_first=self.is_shown_first(),
            back_url=self.list_url(self.of),
            zone=zone_of(self.city),
        )
        return self.render_to_response(context)


class AddView(ScheduleFormPage):
    """New shifts: `?kind=series`. Without a kind the page asks for it."""

    page_title = gettext_lazy("Add shifts")
    save_label = gettext_lazy("Add to the list")

    @property
    def of(self) -> Opportunity:
        """The one in the address."""
        return self.opportunity

    @cached_property
    def kind(self) -> str:
        """The kind in the address, "" for none."""
        wanted = self.request.GET.get("kind", "")
        return wanted if wanted in Timing.values else ""

    def is_shown_first(self) -> bool:
        """Only a rule needs to be looked at."""
        return self.kind == Timing.SERIES

    def form(self, data: QueryDict | None = None) -> Any:
        """The form of the kind. Raises Http404 when something is sent without one."""
        if not self.kind:
            if data is not None:
                raise Http404
            return None
        return schedule_form(self.kind, data, opportunity=self.of, time_zone=zone_of(self.city))

    def preview(self, values: dict[str, Any], seen: str) -> Preview:
        """The days of the rule."""
        days = sorted(str(day) for day in values.get("skipped", ()))
        schedule = Schedule(
            **{**values, "skipped": days}, opportunity=self.of, kind=self.kind, time_zone=zone_of(self.city)
        )
        check_schedule(schedule)
        return preview_new(schedule, seen) if self.kind == Timing.SERIES else Preview("", seen)

    def save(self, values: dict[str, Any]) -> None:
        """Add them."""
        schedule = add_schedule(opportunity=self.of, kind=Timing(self.kind), by=self.user, **values)
        messages.success(self.request, _("Added: %(when)s.") % {"when": schedule_in_words(schedule)})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the kinds to choose from."""
        kinds = [(kind.label, KIND_MEANINGS[kind], f"?kind={kind}", kind == self.kind) for kind in Timing]
        return super().get_context_data(kinds=kinds, kind=self.kind, **kwargs)


KIND_MEANINGS = {
    Timing.ONCE: gettext_lazy("One day with a start and an end, as in a planting on Saturday."),
    Timing.SERIES: gettext_lazy("Every Tuesday, or the second Saturday of every month. Each day has its own places."),
    Timing.ONGOING: gettext_lazy("You agree on the hours with each volunteer, as in two hours a week as a tutor."),
    Timing.FLEXIBLE: gettext_lazy("The volunteer decides when, as in writing letters from home."),
}
"""What each kind is for."""


class EditView(ScheduleFormPage):
    """Another time, rule or number of places: for the shifts ahead that nobody has signed up for."""

    page_title = gettext_lazy("Change when it is")

    def form(self, data: QueryDict | None = None) -> Any:
        """The form of its kind, filled."""
        return schedule_form(
            self.schedule.kind, data, opportunity=self.of, schedule=self.schedule, time_zone=self.schedule.time_zone
        )

    def preview(self, values: dict[str, Any], seen: str) -> Preview:
        """What changes and what stays."""
        changed = changed_schedule(self.schedule, values)
        check_schedule(changed)
        return preview_changed(changed, seen)

    def save(self, values: dict[str, Any]) -> None:
        """Change it, and say what stays."""
        changes = edit_schedule(schedule=self.schedule, values=values, by=self.user)
        messages.success(self.request, _("Saved. %(what)s") % {"what": changes_in_words(changes)})


class EndView(ScheduleFormPage):
    """A last day for a series, or for what is agreed."""

    page_title = gettext_lazy("End it")
    save_label = gettext_lazy("End it with this day")

    def form(self, data: QueryDict | None = None) -> Any:
        """The last day."""
        return LastDayForm(data, schedule=self.schedule)

    def preview(self, values: dict[str, Any], seen: str) -> Preview:
        """What goes and what stays."""
        return preview_changed(ended_schedule(self.schedule, values["last_on"], timezone.now()), seen)

    def save(self, values: dict[str, Any]) -> None:
        """End it."""
        changes = end_schedule(schedule=self.schedule, last_on=values["last_on"], by=self.user)
        messages.success(self.request, _("It ends. %(what)s") % {"what": changes_in_words(changes)})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds what ends, in words."""
        return super().get_context_data(what=schedule_in_words(self.schedule), **kwargs)


def schedule_form(kind: str, data: Any, **kwargs: Any) -> Any:
    """The form for a kind of schedule."""
    if kind in DATED:
        return FORMS[kind](data, **kwargs)
    return AgreedForm(data, kind=kind, **kwargs)


def with_left_out(data: QueryDict) -> QueryDict:
    """What was sent, with the days that were ticked in the preview among those left out."""
    ticked = data.getlist("leave_out")
    if not ticked:
        return data
    merged = data.copy()
    merged["skipped"] = "\n".join([*filter(None, [data.get("skipped", "").strip()]), *ticked])
    return merged


def put_errors(form: Any, error: ValidationError) -> None:
    """Put what a service refuses to the fields that it is about."""
    found = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
    for name, texts in found.items():
        at = AT_FIELD.get(name, name)
        for text in texts:
            form.add_error(at if at in form.fields else None, text)


def changes_in_words(changes: Changes) -> str:
    """As in "3 new shifts. 12 changed. 2 stay as they are."."""
    parts = [
        (ngettext("%(count)d new shift.", "%(count)d new shifts.", len(changes.make)), len(changes.make)),
        (ngettext("%(count)d shift changed.", "%(count)d shifts changed.", len(changes.change)), len(changes.change)),
        (ngettext("%(count)d shift removed.", "%(count)d shifts removed.", len(changes.remove)), len(changes.remove)),
        (
            ngettext("%(count)d shift stays as it is.", "%(count)d shifts stay as they are.", len(changes.kept)),
            len(changes.kept),
        ),
    ]
    return " ".join(text % {"count": count} for text, count in parts if count) or _("No shift is different.")


def add_url(city_id: int, opportunity_id: int) -> str:
    """Where shifts are added for an opportunity."""
    return reverse("volunteering_shifts:add", args=[city_id, opportunity_id])
