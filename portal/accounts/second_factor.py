"""Who must have a second factor, and who has one."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction

from portal.accounts import events, sessions
from portal.accounts.models import User

KINDS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What counts: an authenticator app or a passkey. Recovery codes alone do not."""

_staff_tests: list[Callable[[Any], bool]] = []


def register_staff(is_staff: Callable[[Any], bool]) -> None:
    """Rooms above say who is staff; superusers always are."""
    if is_staff not in _staff_tests:
        _staff_tests.append(is_staff)


def must_have(user: Any) -> bool:
    """Whether SECOND_FACTOR_REQUIRED ("none", "staff", "everybody") asks this person for one.

    A setting that is none of these words counts as "everybody".
    """
    who = settings.SECOND_FACTOR_REQUIRED
    if who == "none":
        return False
    if who == "staff":
        return user.is_superuser or any(is_staff(user) for is_staff in _staff_tests)
    return True


def has_one(user: Any) -> bool:
    """Whether the person has set one up."""
    return Authenticator.objects.filter(user=user, type__in=KINDS).exists()


@transaction.atomic
def remove_all(*, user: User, by: User | None = None) -> bool:
    """Take every second factor and the recovery codes off an account, and sign it out. False when it had none."""
    found = list(Authenticator.objects.select_for_update().filter(user=user))
    for one in found:
        one.delete()
        if one.type in KINDS:
            events.record("accounts.second_factor_removed", user, by=by, kind=str(one.type))
    sessions.end_all(user)
    return bool(found)
