"""Asking somebody to join a city's team: the invitation, its mail, and what happens when it is accepted."""

import datetime
from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language, get_supported_language_variant, ngettext
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from coalition.invitation_links import address_of
from coalition.models import City, Invitation, Role
from coalition.permissions import ROLE_MEANINGS
from coalition.services.accounts import is_shut, open_account
from coalition.services.team_rules import TeamError, check_manager, clean_roles, lock_team, may_still_invite, roles_held
from coalition.services.teams import add_roles
from portal.accounts.models import User
from portal.core.mail import one_line, send_mail_from_folder
from portal.core.throttle import allow

LASTS = datetime.timedelta(days=7)
MOST_OPEN = 30
MOST_AN_HOUR = 20
KEEP = datetime.timedelta(days=90)
NAME_LENGTH = Invitation._meta.get_field("name").max_length


class InvitationClosedError(TeamError):
    """The link no longer works. `ended_by` is "accepted", "withdrawn" or "expired"."""

    def __init__(self, ended_by: str) -> None:
        super().__init__(_("This invitation is no longer open."))
        self.ended_by = ended_by


@transaction.atomic
def invite(*, city: City, email: str, name: str, roles: Iterable[str], by: User | None) -> Invitation:
    """Ask somebody to join the team: write the invitation and queue its mail, in the active language.

    Asking an address again replaces the open invitation to it, and the old link is dead. `by` is None for a script.

    Raises TeamError: no role or an unknown one, not a lead, no such address, on the team already, too many invitations.
    """
    wanted, by = clean_roles(roles), lock_team(city, by)
    check_manager(city=city, by=by)
    email = _checked_address(city, email)
    Invitation.objects.filter(city=city, email=email).withdraw()
    _check_limits(city, by)
    now = timezone.now()
    invitation = Invitation.objects.create(
        city=city,
        email=email,
        name=one_line(name)[:NAME_LENGTH],
        roles=[role.value for role in Role if role in wanted],
        invited_by=by,
        created_at=now,
        expires_at=now + LASTS,
    )
    _send(invitation, by)
    log(instance=city, action="coalition.team.invite", user=by, data=_about(invitation))
    return invitation


@transaction.atomic
def withdraw(*, invitation: Invitation, by: User | None) -> None:
    """Kill the link in the mail. Raises TeamError: not a lead, or the invitation is over already."""
    by = lock_team(invitation.city, by)
    check_manager(city=invitation.city, by=by)
    if not Invitation.objects.open().filter(pk=invitation.pk).withdraw():
        raise TeamError(_("This invitation is no longer open."))
    log(instance=invitation.city, action="coalition.team.withdraw", user=by, data=_about(invitation))


@transaction.atomic
def accept(*, invitation: Invitation, user: User | None = None, name: str = "", password: str = "") -> User:
    """Use the invitation up and put the person on the team. Returns them; of many at once, one gets through.

    `user` is who is signed in. Without one, `name` and `password` open the account, or open a closed one again.

    Raises InvitationClosedError when the link no longer works, TeamError when the address is not the user's, or an
    account of this address is there already.
    """
    lock_team(invitation.city, None)
    _use_up(invitation)
    if user is None:
        user = open_account(email=invitation.email, name=name, password=password, city=invitation.city)
    elif user.email != invitation.email:
        raise TeamError(_("This invitation is for another address."))
    Invitation.objects.filter(pk=invitation.pk).update(accepted_by=user)
    add_roles(city=invitation.city, user=user, roles=invitation.roles)
    return user


def check_open(invitation: Invitation) -> None:
    """Raises InvitationClosedError unless the link works. It dies with the right of whoever sent it."""
    if invitation.ended_by:
        raise InvitationClosedError(invitation.ended_by)
    if not may_still_invite(city=invitation.city, by=invitation.invited_by):
        raise InvitationClosedError("withdrawn")


def forget_old_invitations() -> str:
    """Delete invitations that were sent 90 days ago: names and addresses of people who may never have come."""
    count, _models = Invitation.objects.filter(created_at__lt=timezone.now() - KEEP).delete()
    return ngettext("%(count)d invitation deleted", "%(count)d invitations deleted", count) % {"count": count}


def _use_up(invitation: Invitation) -> None:
    check_open(invitation)
    if not Invitation.objects.open().filter(pk=invitation.pk).update(accepted_at=timezone.now()):
        invitation.refresh_from_db()
        raise InvitationClosedError(invitation.ended_by)


def _checked_address(city: City, email: str) -> str:
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise TeamError(_("Enter an address like name@example.org."), field="email") from None
    user = User.objects.filter(email=email).first()
    if user is None:
        return email
    if is_shut(user):
        raise TeamError(_("This account was closed. Ask coalition staff to open it."), field="email")
    if user.is_active and roles_held(city, user):
        text = _("%(person)s is on this team already. Change their roles instead.")
        raise TeamError(text % {"person": user}, field="email")
    return email


def _check_limits(city: City, by: User | None) -> None:
    if Invitation.objects.open().filter(city=city).count() >= MOST_OPEN:
        text = _("%(count)d invitations are open. Withdraw one, or wait until somebody answers.")
        raise TeamError(text % {"count": MOST_OPEN})
    if by is not None and not allow("coalition.invite", str(by.pk), MOST_AN_HOUR, 3600):
        raise TeamError(_("That was many invitations in a short time. Please wait an hour."))


def _send(invitation: Invitation, by: User | None) -> None:
    language = _mail_language()
    send_mail_from_folder(
        folder="coalition/mail/invitation",
        to=[invitation.email],
        context={
            "invitation": invitation,
            "city": invitation.city,
            "inviter": by,
            "roles": [(role.label, ROLE_MEANINGS[role]) for role in Role if role in invitation.roles],
            "expires_at": local_expiry(invitation),
            "link": address_of(invitation, language),
        },
        key=f"invitation:{invitation.pk}",
        reply_to=[by.email] if by is not None else [],
        language=language,
    )


def local_expiry(invitation: Invitation) -> datetime.datetime:
    """When the link dies, by the clock of the city."""
    zone = invitation.city.time_zone
    return timezone.localtime(invitation.expires_at, ZoneInfo(zone) if zone else None)


def _mail_language() -> str:
    """The active language; the admin speaks some that the portal's pages do not."""
    try:
        return get_supported_language_variant(get_language() or settings.LANGUAGE_CODE)
    except LookupError:
        return settings.LANGUAGE_CODE


def _about(invitation: Invitation) -> dict[str, Any]:
    """What the log keeps of who was asked. Not the address: the log outlives the invitation."""
    return {"person": invitation.name, "invitation_id": invitation.pk, "roles": invitation.roles}
