"""One shift, and what can be done with it: another time, other places, calling it off, taking it away."""

from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages

from volunteering.booking.refusals import RefusedError
from volunteering.booking.shift_acts import call_off
from volunteering.models import DATED, Shift, ShiftStatus, SignUp, Timing
from volunteering.scheduling.editing import SignedUpError, remove_shift, with_past
from volunteering.scheduling.words import moment_in_words, schedule_in_words, shift_in_words
from volunteering.shifts.acts import change_places, move_shift
from volunteering.shifts.base import ShiftPage
from volunteering.shifts.selectors import places_in_words, roster_url, state_of, title_of, told_in_words
from volunteering.shifts.shift_forms import CallOffForm, MoveForm, PlacesForm


def is_ahead(shift: Shift) -> bool:
    """Whether the shift takes place and has not begun: only then something can be done with it."""
    has_begun = shift.starts_at is not None and shift.starts_at <= timezone.now()
    is_over = shift.ends_at is not None and shift.ends_at <= timezone.now()
    return shift.status == ShiftStatus.PLANNED and not has_begun and not is_over


class ShiftView(ShiftPage, TemplateView):
    """Facts and acts."""

    page_title = gettext_lazy("Shift")
    template_name = "volunteering/admin/shifts/shift.html"

    def way_here(self) -> list[dict[str, str]]:
        """The opportunity's list."""
        opportunity = self.shift.opportunity
        return [{"url": self.list_url(opportunity), "label": opportunity.title}]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The shift itself comes last."""
        return [*super().get_breadcrumbs_items()[:-1], {"url": "", "label": shift_in_words(self.shift)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds what there is to say and to do."""
        shift = self.shift
        has_past = with_past(Shift.objects.filter(pk=shift.pk)).get().has_past
        return super().get_context_data(
            shift=shift,
            title=title_of(shift),
            when=shift_in_words(shift),
            places=places_in_words(shift),
            state=state_of(shift, timezone.now()),
            closes=moment_in_words(shift.closes_at, shift.time_zone) if shift.closes_at else "",
            schedule_words=schedule_in_words(shift.schedule) if shift.kind != Timing.ONCE else "",
            edit_url=reverse("volunteering_shifts:edit", args=[self.city.pk, shift.schedule_id]),
            roster_url=roster_url(self.city.pk, shift.pk),
            is_ahead=is_ahead(shift),
            can_move=is_ahead(shift) and shift.kind in DATED,
            can_remove=not has_past and not shift.taken,
            move_url=self.shift_url("move"),
            places_url=self.shift_url("places"),
            call_off_url=self.shift_url("call_off"),
            remove_url=self.shift_url("remove"),
            **kwargs,
        )


class ShiftFormPage(ShiftPage, FormView):
    """A form about a shift that is still ahead; for any other the address leads nowhere."""

    template_name = "volunteering/admin/shifts/act.html"
    button: Any = ""
    is_serious = False
    lead: Any = ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form."""
        return self.too_late() or super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Act."""
        return self.too_late() or super().post(request, *args, **kwargs)

    def too_late(self) -> HttpResponse | None:
        """Back to the shift when it has begun, is over or was called off."""
        if is_ahead(self.shift):
            return None
        messages.warning(self.request, _("This shift has begun, is over or was called off: it stays as it is."))
        return HttpResponseRedirect(self.shift_url())

    @cached_property
    def told(self) -> str:
        """How many get a mail, in words; "" for nobody."""
        return told_in_words(self.shift)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the shift, who is told, and the words."""
        return super().get_context_data(
            title=title_of(self.shift),
            when=shift_in_words(self.shift),
            told=self.told,
            button=self.button,
            is_serious=self.is_serious,
            lead=self.lead,
            back_url=self.shift_url(),
            remove_url=self.shift_url("remove"),
            **kwargs,
        )

    def form_valid(self, form: Form) -> HttpResponse:
        """Act, say so, and go back to the shift."""
        try:
            text = self.act_on(form)
        except RefusedError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, text)
        return HttpResponseRedirect(self.shift_url())

    def act_on(self, form: Any) -> str:
        """Do it and return the sentence that says so."""
        raise NotImplementedError


class MoveView(ShiftFormPage):
    """Another day or time; sign-ups stay with it."""

    page_title = gettext_lazy("Move to another time")
    button = gettext_lazy("Move the shift")
    lead = gettext_lazy("Everybody who has signed up keeps their place and gets the new time.")

    def too_late(self) -> HttpResponse | None:
        """What has no time cannot be moved."""
        if self.shift.kind not in DATED:
            raise Http404
        return super().too_late()

    def get_form(self, form_class: Any = None) -> Form:
        """Filled with the time as it is."""
        data = self.request.POST if self.request.method == "POST" else None
        return MoveForm(data, shift=self.shift, is_told=bool(self.told))

    def act_on(self, form: Any) -> str:
        """Move it."""
        start, end = form.span()
        message = form.cleaned_data.get("message", "")
        told = move_shift(shift=self.shift, starts_at=start, ends_at=end, message=message, by=self.user)
        moved = shift_in_words(Shift.objects.get(pk=self.shift.pk))
        return _("It is now on %(when)s.") % {"when": moved} + with_mails(told)


class PlacesView(ShiftFormPage):
    """More or fewer places."""

    page_title = gettext_lazy("Change places")
    button = gettext_lazy("Save the places")
    lead = gettext_lazy("New places go to those who wait, in the order in which they came.")
    form_class = PlacesForm

    def get_initial(self) -> dict[str, Any]:
        """As they are."""
        return {"capacity": self.shift.capacity, "waitlist_size": self.shift.waitlist_size}

    def act_on(self, form: Any) -> str:
        """Save."""
        change_places(shift=self.shift, by=self.user, **form.cleaned_data)
        return _("The places are saved.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Nobody is told but those who are offered a place."""
        return super().get_context_data(**kwargs) | {"told": ""}


class CallOffView(ShiftFormPage):
    """It does not take place. The shift stays on record."""

    page_title = gettext_lazy("Call the shift off")
    button = gettext_lazy("Call it off")
    is_serious = True

    def get_form(self, form_class: Any = None) -> Form:
        """With a message when somebody reads it."""
        return CallOffForm(self.request.POST if self.request.method == "POST" else None, is_told=bool(self.told))

    def act_on(self, form: Any) -> str:
        """Call it off."""
        told = call_off(shift=self.shift, message=form.cleaned_data["message"], by=self.user)
        return _("The shift is called off.") + with_mails(told)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds how many people were going to come."""
        active = SignUp.objects.active().filter(shift=self.shift).values_list("group_size", flat=True)
        people = sum(active)
        text = ngettext("%(count)d person has signed up.", "%(count)d people have signed up.", people)
        return super().get_context_data(people=text % {"count": people} if people else "", **kwargs)


class RemoveView(ShiftPage, TemplateView):
    """Take a shift away that nobody ever signed up for. Any other can only be called off."""

    page_title = gettext_lazy("Remove the shift")
    template_name = "volunteering/admin/shifts/remove.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds whether it can go."""
        shift = self.shift
        has_past = with_past(Shift.objects.filter(pk=shift.pk)).get().has_past
        return super().get_context_data(
            title=title_of(shift),
            when=shift_in_words(shift),
            can_remove=not has_past and not shift.taken,
            can_call_off=is_ahead(shift),
            is_series=shift.kind == Timing.SERIES,
            call_off_url=self.shift_url("call_off"),
            back_url=self.shift_url(),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take it away."""
        opportunity = self.shift.opportunity
        try:
            remove_shift(shift=self.shift, by=self.user)
        except SignedUpError as error:
            messages.error(request, " ".join(error.messages))
            return HttpResponseRedirect(self.shift_url("remove"))
        messages.success(request, _("The shift is gone."))
        return HttpResponseRedirect(self.list_url(opportunity))


def with_mails(count: int) -> str:
    """As in " 5 mails are on their way."; nothing for none."""
    text = ngettext("%(count)d mail is on its way.", "%(count)d mails are on their way.", count)
    return f" {text % {'count': count}}" if count else ""
