"""Who is on a city's team: giving and changing roles, and what goes when somebody leaves."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import PageSubscription

from coalition.models import City, Invitation, Role
from coalition.permissions import forget_roles
from coalition.selectors.team import site_pages
from coalition.services.accounts import close_if_empty
from coalition.services.team_groups import groups_for
from coalition.services.team_rules import (
    TeamError,
    acts_for_the_coalition,
    check_change,
    check_lead_stays,
    check_removal,
    clean_roles,
    lock_team,
    roles_held,
)
from portal.accounts.models import User

__all__ = ["TeamError", "add_roles", "groups_for", "remove_person", "set_roles"]

_Membership = User.groups.through


@transaction.atomic
def set_roles(*, city: City, user: User, roles: Iterable[str], by: User | None) -> None:
    """Make these the person's roles in this city, and log it. `by` is None for a script, which may do everything.

    Somebody who is not on the team yet is added by coalition staff or a script; a lead invites them instead. Whoever
    stops being a lead takes the open invitations along that they sent.

    Raises TeamError: no role or an unknown one, not a lead, somebody else's account, the last lead.
    """
    wanted, by = clean_roles(roles), lock_team(city, by)
    check_change(city=city, user=user, by=by)
    held = roles_held(city, user)
    if not held and not acts_for_the_coalition(by):
        raise TeamError(_("%(person)s is not on this team. Send an invitation.") % {"person": user})
    check_lead_stays(city=city, user=user, roles=wanted, by=by)
    if wanted == held:
        return
    _write_roles(city, user, wanted)
    if Role.LEAD in held - wanted:
        Invitation.objects.open().filter(city=city, invited_by=user).withdraw()
    log(instance=city, action="coalition.team.roles", user=by, data=_about(user, wanted))


@transaction.atomic
def add_roles(*, city: City, user: User, roles: Iterable[str]) -> None:
    """Put somebody who accepted an invitation on the team, beside what they hold already. Asks nobody's right."""
    wanted = clean_roles(roles)
    lock_team(city, None)
    _write_roles(city, user, wanted | roles_held(city, user))
    log(instance=city, action="coalition.team.join", user=user, data=_about(user, wanted))


@transaction.atomic
def remove_person(*, city: City, user: User, by: User | None) -> None:
    """Take the person off the team: roles, page locks, subscriptions, invitations to and from them. Pages stay.

    When nothing is left that lets them into the admin, their account is closed: no session, no password and no key of
    theirs works any more. A later invitation opens it again. Everybody may leave; removing others is for leads.

    Raises TeamError: not on the team, not a lead, somebody else's account, the last lead.
    """
    by = lock_team(city, by)
    check_removal(city=city, user=user, by=by)
    held = roles_held(city, user)
    _write_roles(city, user, frozenset())
    asked = Invitation.objects.open().filter(city=city)
    asked.filter(Q(email__iexact=user.email) | Q(invited_by=user)).withdraw()
    _unlock_pages(city, user)
    close_if_empty(user)
    action = "coalition.team.leave" if by is not None and by.pk == user.pk else "coalition.team.remove"
    log(instance=city, action=action, user=by, data=_about(user, held))


def _write_roles(city: City, user: User, roles: frozenset[str]) -> None:
    groups = groups_for(city)
    kept = {groups[Role(role)].pk for role in roles}
    mine = _Membership.objects.filter(user=user, group__in=groups.values())
    mine.exclude(group__in=kept).delete()
    rows = [_Membership(user_id=user.pk, group_id=group_id) for group_id in sorted(kept)]
    _Membership.objects.bulk_create(rows, ignore_conflicts=True)
    forget_roles(user)


def _unlock_pages(city: City, user: User) -> None:
    """Free what the person locked in the city's site, and stop mail about comments there."""
    pages = site_pages(city)
    pages.filter(locked_by=user).update(locked=False, locked_by=None, locked_at=None)
    PageSubscription.objects.filter(user=user, page__in=pages).delete()


def _about(user: User, roles: frozenset[str]) -> dict[str, object]:
    """What the log keeps of the person. Not the address: the log outlives the account."""
    return {"person": user.get_full_name(), "user_id": user.pk, "roles": sorted(roles)}
