"""Taking something back from a team: a person, an invitation, oneself. Each asks once more, and says what goes."""

from typing import Any

from django.contrib import auth
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages

from coalition.admin_views.team_people import TeamPage, member_or_404
from coalition.models import Invitation
from coalition.permissions import Act
from coalition.selectors.team import Member, member_of, what_goes
from coalition.services.invitations import withdraw
from coalition.services.team_rules import TeamError, check_removal
from coalition.services.teams import remove_person
from portal.accounts.models import User


class ConfirmView(TeamPage, TemplateView):
    """A question with one button. Where the act is refused, the reason stands in its place."""

    template_name = "coalition/admin/team/confirm.html"
    question: Any = ""
    button: Any = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the question, what goes, the button, why not, and where "no" leads."""
        return super().get_context_data(
            question=self.get_question(),
            consequences=self.get_consequences(),
            button=self.button,
            refusal=self.get_refusal(),
            back_url=self.back_url(),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it, or show the reason why not."""
        try:
            return self.act_now()
        except TeamError:
            return self.render_to_response(self.get_context_data())

    def get_question(self) -> str:
        """What is asked."""
        raise NotImplementedError

    def get_consequences(self) -> list[str]:
        """What happens, a sentence each."""
        return []

    def get_refusal(self) -> str:
        """Why it cannot be done; "" when it can."""
        return ""

    def act_now(self) -> HttpResponse:
        """Do it and say so. Raises TeamError."""
        raise NotImplementedError


class WithdrawView(ConfirmView):
    """Take an invitation back."""

    page_title = gettext_lazy("Withdraw the invitation")
    button = gettext_lazy("Withdraw it")

    @cached_property
    def invitation(self) -> Invitation:
        """The open invitation in the address. Raises Http404 for one of another city, or one that is over."""
        return get_object_or_404(Invitation.objects.open(), city=self.city, pk=self.kwargs["invitation_id"])

    def get_question(self) -> str:
        """Whose."""
        words = {"person": self.invitation.name or self.invitation.email}
        return _("Withdraw the invitation of %(person)s?") % words

    def get_consequences(self) -> list[str]:
        """The mail cannot be taken back."""
        return [_("The mail stays where it is, but its link no longer works. You can invite them again at any time.")]

    def act_now(self) -> HttpResponse:
        """Kill the link."""
        withdraw(invitation=self.invitation, by=self.user)
        messages.success(self.request, _("The invitation is withdrawn."))
        return HttpResponseRedirect(self.back_url())


class RemovalView(ConfirmView):
    """Somebody goes: one's own choice, or a lead's."""

    @cached_property
    def member(self) -> Member:
        """The person in the address. Raises Http404 for somebody who is not on the team."""
        return member_or_404(self.city, self.kwargs["user_id"])

    def get_refusal(self) -> str:
        """The rule that stands against it."""
        try:
            check_removal(city=self.city, user=self.member.user, by=self.user)
        except TeamError as error:
            return str(error)
        return ""


class RemoveView(RemovalView):
    """Take somebody off the team."""

    page_title = gettext_lazy("Remove from the team")
    button = gettext_lazy("Remove from the team")

    def get_page_subtitle(self) -> str:
        """Who."""
        return str(self.member.user)

    def get_question(self) -> str:
        """Who, from which team."""
        return _("Remove %(person)s from the team of %(city)s?") % {"person": self.member.user, "city": self.city}

    def get_consequences(self) -> list[str]:
        """What they lose, and what the city keeps."""
        lost = what_goes(self.city, self.member.user)
        lines = [_("They can no longer open this city’s pages, pictures and people in the admin.")]
        if lost.closes_account:
            lines.append(_("They work nowhere else here, so their account is closed: they are signed out everywhere."))
        elif self.member.user.is_active:
            lines.append(_("Their account stays open for their other work here."))
        if lost.locked_pages:
            text = ngettext("%(count)d page they locked is free again.", "%(count)d pages they locked are free again.",
                            lost.locked_pages)  # fmt: skip
            lines.append(text % {"count": lost.locked_pages})
        if lost.invitations:
            text = ngettext("%(count)d open invitation they sent stops working.",
                            "%(count)d open invitations they sent stop working.", lost.invitations)  # fmt: skip
            lines.append(text % {"count": lost.invitations})
        return [*lines, _("Whatever they wrote stays with the city.")]

    def act_now(self) -> HttpResponse:
        """Remove, log, go back to the list."""
        person = self.member.user
        remove_person(city=self.city, user=person, by=self.user)
        words = {"person": person, "city": self.city}
        messages.success(self.request, _("%(person)s is no longer on the team of %(city)s.") % words)
        return HttpResponseRedirect(self.back_url())


class LeaveView(RemovalView):
    """Go oneself. Everybody on the team may."""

    act = Act.ENTER
    page_title = gettext_lazy("Leave the team")
    button = gettext_lazy("Leave the team")

    @cached_property
    def member(self) -> Member:
        """Oneself. Raises Http404 for coalition staff who are not on the team."""
        member = member_of(self.city, self.user.pk)
        if member is None:
            raise Http404
        return member

    def get_question(self) -> str:
        """Which team."""
        return _("Leave the team of %(city)s?") % {"city": self.city}

    def get_consequences(self) -> list[str]:
        """What one loses, and what the city keeps."""
        lines = [_("You can no longer open this city’s pages, pictures and people in the admin.")]
        if what_goes(self.city, self.user).closes_account:
            lines.append(_("You work nowhere else here, so your account is closed and you are signed out."))
        return [*lines, _("Whatever you wrote stays with the city. A lead can invite you again.")]

    def act_now(self) -> HttpResponse:
        """Leave. Whoever has nothing left to do here meets the sign-in page."""
        remove_person(city=self.city, user=self.user, by=self.user)
        left = _("You have left the team of %(city)s.") % {"city": self.city}
        is_shut_out = not User.objects.get(pk=self.user.pk).is_active
        if is_shut_out:
            auth.logout(self.request)
        messages.success(self.request, left)
        return HttpResponseRedirect(reverse("account_login" if is_shut_out else "wagtailadmin_home"))
