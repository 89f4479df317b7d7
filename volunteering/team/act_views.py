"""What is done to one roster: somebody is added or cancelled, everybody is written to."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages

from volunteering.booking.managing import cancel
from volunteering.booking.refusals import RefusedError
from volunteering.models import Shift
from volunteering.team.actions import CANCELLED, write
from volunteering.team.adding import add_by_hand
from volunteering.team.base import PeoplePage
from volunteering.team.forms import MessageForm, PersonForm
from volunteering.team.messages import recipients, samples, send_message
from volunteering.team.words import day_of, named


class OnRoster(PeoplePage):
    """A page below one roster."""

    def get_page_subtitle(self) -> str:
        """Which roster."""
        return f"{self.of_shift.opportunity.title}, {named(self.of_shift)}"

    @property
    def of_shift(self) -> Shift:
        """The shift that it is about."""
        return self.shift

    @property
    def back_url(self) -> str:
        """The roster."""
        return self.url("roster", self.of_shift.pk)

    def trail(self) -> list[tuple[str, str]]:
        """Below the roster."""
        return [(self.url("rosters"), _("Rosters")), (self.back_url, self.of_shift.opportunity.title)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the way back."""
        return super().get_context_data(back_url=self.back_url, **kwargs)


class AddView(OnRoster, FormView):
    """Put somebody on the roster."""

    form_class = PersonForm
    template_name = "volunteering/admin/team/form.html"
    page_title = gettext_lazy("Add somebody")

    def get_initial(self) -> dict[str, Any]:
        """Whoever is added while the shift goes on stands there."""
        begins, ends, now = self.shift.starts_at, self.shift.ends_at, timezone.now()
        return {"is_here": bool(begins and ends and begins <= now <= ends)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds what the form says above and on its button."""
        intro = _("For somebody who called, or who just came. They are confirmed at once and take a place.")
        return super().get_context_data(intro=intro, submit_label=_("Put on the roster"), **kwargs)

    def form_valid(self, form: PersonForm) -> HttpResponse:
        """Add, or say why not."""
        try:
            add_by_hand(shift=self.shift, person=form.person(), by=self.request.user)  # type: ignore[arg-type]
        except RefusedError as error:
            form.add_error(error.field if error.field in form.fields else None, ValidationError(str(error)))
            return self.form_invalid(form)
        messages.success(self.request, _("They are on the roster."))
        return HttpResponseRedirect(self.back_url)


class CancelView(OnRoster, TemplateView):
    """Take somebody's sign-up back. They get a mail; whoever waits is offered the place."""

    template_name = "volunteering/admin/team/cancel.html"
    page_title = gettext_lazy("Cancel a sign-up")

    @property
    def of_shift(self) -> Shift:
        """The sign-up's."""
        return self.sign_up.shift

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds whose."""
        return super().get_context_data(row=self.sign_up, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Cancel once; a second time changes nothing."""
        was_active = self.sign_up.is_active
        row = cancel(sign_up=self.sign_up, by_team=True)
        if was_active:
            words = {"day": day_of(self.of_shift), "count": row.group_size}
            write(self.of_shift.opportunity, CANCELLED, request.user, **words)  # type: ignore[arg-type]
        messages.success(request, _("The sign-up is cancelled."))
        return HttpResponseRedirect(self.back_url)


class MessageView(OnRoster, FormView):
    """Write to everybody on a roster: first the form, then how it will look, then it goes out."""

    form_class = MessageForm
    template_name = "volunteering/admin/team/message.html"
    page_title = gettext_lazy("Write to the roster")

    @cached_property
    def step(self) -> str:
        """What the button said: "look", "back" or "send"."""
        return self.request.POST.get("step", "look")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Back to the form with all that was typed, or on."""
        if self.step == "back":
            form = MessageForm(initial={name: request.POST.get(name, "") for name in MessageForm.base_fields})
            return self.render_to_response(self.get_context_data(form=form))
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: MessageForm) -> HttpResponse:
        """How it will look; sent only from there."""
        if self.step != "send":
            return self._look(form)
        sent = send_message(shift=self.shift, by=self.request.user, **form.cleaned_data)  # type: ignore[arg-type]
        if sent is None:
            messages.warning(self.request, _("Nothing was sent: this message went out already, or nobody is there."))
        else:
            text = ngettext("%(count)d mail is on its way.", "%(count)d mails are on their way.", sent.recipients)
            messages.success(self.request, text % {"count": sent.recipients})
        return HttpResponseRedirect(self.back_url)

    def _look(self, form: MessageForm) -> HttpResponse:
        values = {name: value for name, value in form.cleaned_data.items() if name != "token"}
        rows, without = recipients(self.shift, values["audience"])
        if not rows:
            form.add_error("audience", ValidationError(_("Nobody stands there who has an e-mail address.")))
            return self.form_invalid(form)
        looks = samples(shift=self.shift, **values)
        context = self.get_context_data(form=form, samples=looks, count=len(rows), without=without)
        return self.render_to_response(context)
