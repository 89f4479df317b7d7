"""Who is on a city's team, who was asked, and where somebody stands who opens an invitation."""

from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import Q
from django.urls import reverse
from wagtail.models import Page
from wagtail.query import PageQuerySet

from coalition.models import City, Invitation, Role
from coalition.services.accounts import is_shut
from coalition.services.team_rules import coalition_people
from portal.accounts.models import User


@dataclass(frozen=True)
class Member:
    """Somebody on the team, with their roles there. `is_staff`: works for the coalition, so leads leave them alone."""

    user: User
    roles: tuple[Role, ...]
    is_staff: bool

    @property
    def name(self) -> str:
        """The name as people say it; empty when the account has none, never the address."""
        return self.user.get_full_name()

    @property
    def is_lead(self) -> bool:
        """Whether they lead the team."""
        return Role.LEAD in self.roles


@dataclass(frozen=True)
class Loss:
    """What ends when somebody leaves a team, beside their roles."""

    closes_account: bool
    locked_pages: int
    invitations: int


class Standing(Enum):
    """Where somebody stands who opens an invitation that is open."""

    NEW = "new"  # nobody has this address yet, or their account was closed when they left their last team
    SIGN_IN = "sign in"  # there is an account, and nobody is signed in
    READY = "ready"  # signed in as the person who was asked
    SOMEBODY_ELSE = "somebody else"  # signed in under another address
    SHUT = "shut"  # the coalition closed the account


def team_of(city: City) -> list[Member]:
    """The team by name, leads first. Three queries, however large it is. Closed accounts that hold a role count."""
    held: dict[int, set[str]] = {}
    for user_id, role in city.groups.filter(group__user__isnull=False).values_list("group__user", "role"):
        held.setdefault(user_id, set()).add(role)
    users = list(User.objects.filter(pk__in=held).order_by("first_name", "last_name", "email"))
    staff = coalition_people(users) if users else set()
    members = [Member(user, tuple(role for role in Role if role in held[user.pk]), user.pk in staff) for user in users]
    return sorted(members, key=lambda member: not member.is_lead)


def member_of(city: City, user_id: int) -> Member | None:
    """One person of the team; None for somebody who is not on it."""
    return next((member for member in team_of(city) if member.user.pk == user_id), None)


def open_invitations(city: City) -> list[Invitation]:
    """The invitations whose link works, the latest first, each with who sent it. One query."""
    return list(Invitation.objects.open().filter(city=city).select_related("invited_by", "city"))


def standing_of(invitation: Invitation, visitor: Any) -> Standing:
    """What the visitor can do with an open invitation. `visitor` is a request's user."""
    if visitor.is_authenticated:
        return Standing.READY if visitor.email == invitation.email else Standing.SOMEBODY_ELSE
    account = User.objects.filter(email=invitation.email).first()
    if account is None:
        return Standing.NEW
    if account.is_active:
        return Standing.SIGN_IN
    return Standing.SHUT if is_shut(account) else Standing.NEW


def what_goes(city: City, user: User) -> Loss:
    """What the person would lose by leaving. At most five queries."""
    return Loss(
        closes_account=user.is_active and not _is_let_in_elsewhere(city, user),
        locked_pages=site_pages(city).filter(locked_by=user).count(),
        invitations=Invitation.objects.open().filter(city=city, invited_by=user).count(),
    )


def _is_let_in_elsewhere(city: City, user: User) -> bool:
    """Whether something other than this city's team opens the admin to the person."""
    admission = Permission.objects.filter(content_type__app_label="wagtailadmin", codename="access_admin")
    others = user.groups.filter(permissions__in=admission).exclude(city_group__city=city)
    return user.is_superuser or others.exists() or user.user_permissions.filter(pk__in=admission).exists()


def site_pages(city: City) -> PageQuerySet:
    """The pages of the city's site in every language; none without a site. Two queries with the result."""
    if city.home_page is None:
        return Page.objects.none()
    here = Q()
    homes = Page.objects.filter(translation_key=city.home_page.translation_key)
    for path in homes.values_list("path", flat=True):
        here |= Q(path__startswith=path)
    return Page.objects.filter(here)


def people_url(city: City) -> str:
    """The page of the team in the admin, for those who may see it (Act.SEE_PEOPLE)."""
    return reverse("coalition_team:people", args=[city.pk])


def leave_url(city: City) -> str:
    """The page on which anybody on the team may leave it."""
    return reverse("coalition_team:leave", args=[city.pk])
