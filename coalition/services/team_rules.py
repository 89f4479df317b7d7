"""The rules of a city's team, each with the sentence that a person reads who runs into it."""

from collections.abc import Iterable

from django.contrib.auth.models import Permission
from django.db.models import Q
from django.utils.translation import gettext as _

from coalition.models import City, CityGroup, Role
from coalition.permissions import Act, is_coalition_staff, may
from portal.accounts.models import User


class TeamError(Exception):
    """Something that may not be done to a team. `str()` of it is a sentence for the person who tried.

    `field` names what to mend in the form, "" for the whole of it.
    """

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


def clean_roles(roles: Iterable[str]) -> frozenset[str]:
    """The roles as a set. Raises TeamError when there are none, or one that no city has."""
    wanted = frozenset(str(role) for role in roles)
    if not wanted:
        raise TeamError(_("Choose at least one role."), field="roles")
    if wanted - set(Role.values):
        raise TeamError(_("There is no such role."), field="roles")
    return wanted


def lock_team(city: City, by: User | None) -> User | None:
    """Wait until nobody else changes this team, and return `by` with the rights they have now, not a moment ago."""
    City.objects.select_for_update().get(pk=city.pk)
    return User.objects.get(pk=by.pk) if by is not None else None


def roles_held(city: City, user: User) -> frozenset[str]:
    """The person's roles in this city, also of a closed account."""
    return frozenset(CityGroup.objects.filter(city=city, group__user=user).values_list("role", flat=True))


def check_manager(*, city: City, by: User | None) -> None:
    """Raises TeamError unless `by` may invite people to this city and change their roles."""
    if by is not None:
        answer = may(by, Act.MANAGE_PEOPLE, city)
        if not answer:
            raise TeamError(answer.reason)


def may_still_invite(*, city: City, by: User | None) -> bool:
    """Whether an invitation from `by` stands: they are still here with the right to send it, or a script sent it."""
    return by is None or bool(may(by, Act.MANAGE_PEOPLE, city))


def check_change(*, city: City, user: User, by: User | None) -> None:
    """Raises TeamError unless `by` may change this person's roles in this city."""
    check_manager(city=city, by=by)
    if not acts_for_the_coalition(by) and coalition_people([user]):
        text = _("%(person)s works for the coalition. Only coalition staff can change their roles.")
        raise TeamError(text % {"person": user})


def check_removal(*, city: City, user: User, by: User | None) -> None:
    """Raises TeamError unless `by` may take this person off the team."""
    if not roles_held(city, user):
        raise TeamError(_("%(person)s is not on this team.") % {"person": user})
    if by is None or by.pk != user.pk:
        check_change(city=city, user=user, by=by)
    check_lead_stays(city=city, user=user, roles=frozenset(), by=by)


def check_lead_stays(*, city: City, user: User, roles: frozenset[str], by: User | None) -> None:
    """Raises TeamError when these roles would leave the city without a lead, unless the coalition wants it so."""
    if acts_for_the_coalition(by) or Role.LEAD in roles or Role.LEAD not in roles_held(city, user):
        return
    leads = User.objects.filter(groups__city_group__city=city, groups__city_group__role=Role.LEAD, is_active=True)
    if not leads.exclude(pk=user.pk).exists():
        text = _("%(person)s is the only lead of %(city)s. Make somebody else a lead first.")
        raise TeamError(text % {"person": user, "city": city}, field="roles")


def coalition_people(users: Iterable[User]) -> set[int]:
    """Ids of those among `users` who are coalition staff or superusers, whether or not their accounts are open."""
    right = Permission.objects.filter(content_type__app_label="coalition", codename="change_city")
    holds = Q(is_superuser=True) | Q(groups__permissions__in=right) | Q(user_permissions__in=right)
    return set(User.objects.filter(holds, pk__in=[user.pk for user in users]).values_list("pk", flat=True))


def acts_for_the_coalition(by: User | None) -> bool:
    """Whether the rules for city people do not bind: a script or coalition staff is at work."""
    return by is None or is_coalition_staff(by)
