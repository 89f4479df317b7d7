"""The people of a city's team: who is on it, asking somebody, giving roles."""

from dataclasses import dataclass
from typing import Any, cast

from django.forms import Form
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.widgets.button import BaseButton, HeaderButton

from coalition.admin_views.team_base import CityTeamMixin, WagtailAdminTemplateMixin
from coalition.models import City, Invitation
from coalition.permissions import Act, is_coalition_staff, may
from coalition.selectors.team import Member, leave_url, member_of, open_invitations, people_url, team_of
from coalition.services.invitations import invite
from coalition.services.team_rules import TeamError
from coalition.services.teams import set_roles
from coalition.team_forms import InviteForm, RolesForm
from portal.accounts.models import User


@dataclass(frozen=True)
class Row:
    """Somebody on the list, and whether the reader may change their roles."""

    member: Member
    can_change: bool


class TeamPage(CityTeamMixin, WagtailAdminTemplateMixin):
    """A page about the team of the city in the address."""

    act = Act.MANAGE_PEOPLE
    header_icon = "group"

    @property
    def user(self) -> User:
        """Who is signed in."""
        return cast(User, self.request.user)

    def get_page_subtitle(self) -> str:
        """The city's name."""
        return str(self.city)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, the city's record for those who keep it, people, this page."""
        items = [*self.breadcrumbs_items]
        if is_coalition_staff(self.user):
            items += [
                {"url": reverse("coalition_city:index"), "label": _("Cities")},
                {"url": reverse("coalition_city:inspect", args=[self.city.pk]), "label": str(self.city)},
            ]
        if may(self.user, Act.SEE_PEOPLE, self.city) and not isinstance(self, PeopleView):
            items.append({"url": people_url(self.city), "label": _("People")})
        return [*items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the city and the way back."""
        return super().get_context_data(city=self.city, people_url=people_url(self.city), **kwargs)

    def back_url(self) -> str:
        """The list of people; the start page for somebody who may not (or no longer) see it."""
        allowed = may(User.objects.get(pk=self.user.pk), Act.SEE_PEOPLE, self.city)
        return people_url(self.city) if allowed else reverse("wagtailadmin_home")


class PeopleView(TeamPage, TemplateView):
    """The team. Who may change it also sees addresses, the last sign-in and who was asked."""

    act = Act.SEE_PEOPLE
    page_title = gettext_lazy("People")
    template_name = "coalition/admin/team/people.html"

    @cached_property
    def is_manager(self) -> bool:
        """Whether the person may change the team."""
        return bool(may(self.user, Act.MANAGE_PEOPLE, self.city))

    @cached_property
    def header_buttons(self) -> list[BaseButton]:
        """Inviting is what people come here for."""
        url = reverse("coalition_team:invite", args=[self.city.pk])
        return [HeaderButton(_("Invite somebody"), url=url, icon_name="plus")] if self.is_manager else []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds `rows`, `invitations`, `is_manager` and where buttons lead."""
        is_staff = is_coalition_staff(self.user)
        rows = [Row(each, self.is_manager and (is_staff or not each.is_staff)) for each in team_of(self.city)]
        invitations = open_invitations(self.city) if self.is_manager else []
        is_on_team = any(row.member.user.pk == self.user.pk for row in rows)
        return super().get_context_data(
            rows=rows,
            invitations=invitations,
            is_manager=self.is_manager,
            invite_url=reverse("coalition_team:invite", args=[self.city.pk]),
            leave_url=leave_url(self.city) if is_on_team else "",
            **kwargs,
        )


class TeamFormView(TeamPage, FormView):
    """A form about the team; what a service refuses stands at its field."""

    template_name = "coalition/admin/team/form.html"
    submit_label: Any = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds what the button says."""
        return super().get_context_data(submit_label=self.submit_label, **kwargs)

    def form_valid(self, form: Form) -> HttpResponse:
        """Act, or say why not."""
        try:
            text = self.act_on(form.cleaned_data)
        except TeamError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, text)
        return HttpResponseRedirect(self.back_url())

    def act_on(self, values: dict[str, Any]) -> str:
        """Do it and return the sentence that says so."""
        raise NotImplementedError


class InviteView(TeamFormView):
    """Ask somebody. `?again=12` fills in an open invitation, to send a new mail."""

    form_class = InviteForm
    page_title = gettext_lazy("Invite somebody")
    submit_label = gettext_lazy("Send the invitation")

    def get_initial(self) -> dict[str, Any]:
        """Who was asked before, when it is to be sent again."""
        again = self.request.GET.get("again", "")
        found = Invitation.objects.open().filter(city=self.city, pk=again).first() if again.isdecimal() else None
        return {"name": found.name, "email": found.email, "roles": found.roles} if found else {}

    def act_on(self, values: dict[str, Any]) -> str:
        """Queue the mail."""
        invitation = invite(city=self.city, by=self.user, **values)
        return _("The invitation is on its way to %(email)s.") % {"email": invitation.email}


class RolesView(TeamFormView):
    """Which roles one person holds."""

    form_class = RolesForm
    page_title = gettext_lazy("Change roles")
    submit_label = gettext_lazy("Save the roles")

    @cached_property
    def member(self) -> Member:
        """The person in the address. Raises Http404 for somebody who is not on the team."""
        return member_or_404(self.city, self.kwargs["user_id"])

    def get_page_subtitle(self) -> str:
        """Whose roles."""
        return str(self.member.user)

    def get_initial(self) -> dict[str, Any]:
        """What they hold now."""
        return {"roles": [role.value for role in self.member.roles]}

    def act_on(self, values: dict[str, Any]) -> str:
        """Save."""
        set_roles(city=self.city, user=self.member.user, roles=values["roles"], by=self.user)
        return _("The roles of %(person)s are saved.") % {"person": self.member.user}


def member_or_404(city: City, user_id: int) -> Member:
    """Somebody on this team. Anybody else is as absent as an account that is not there."""
    member = member_of(city, user_id)
    if member is None:
        raise Http404(user_id)
    return member
