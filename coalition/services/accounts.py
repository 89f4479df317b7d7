"""The account of somebody who works for a city: opened by an accepted invitation, closed when nothing is left to do."""

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import APIToken
from wagtail.users.models import UserProfile

from coalition.models import City
from coalition.services.team_rules import TeamError
from portal.accounts.models import User


@transaction.atomic
def open_account(*, email: str, name: str, password: str, city: City) -> User:
    """An account with this name and password: a new one, or the closed one of this address, opened again.

    A new account's admin speaks the active language, by the clock of the city. `password` is taken as checked.

    Raises TeamError when an account is open already, or was closed by the coalition.
    """
    first, _space, last = " ".join(name.split()).partition(" ")
    user = User.objects.select_for_update().filter(email=email).first()
    if user is None:
        return _new_account(email, first, last, password, city)
    if user.is_active:
        raise TeamError(_("There is an account with this address already. Sign in to join."))
    if is_shut(user):
        raise TeamError(_("This account was closed. Ask coalition staff to open it."))
    user.first_name, user.last_name, user.is_active = first, last, True
    user.set_password(password)
    user.save(update_fields=["first_name", "last_name", "is_active", "password"])
    return user


def is_shut(user: User) -> bool:
    """Whether the account was closed by hand: it still holds rights, and no invitation may give them back.

    An account that is empty was closed by `close_if_empty` when its owner left the last team.
    """
    if user.is_active:
        return False
    return user.is_superuser or user.groups.exists() or user.user_permissions.exists()


@transaction.atomic
def close_if_empty(user: User) -> bool:
    """Close the account when nothing lets it into the admin any more. Returns whether it was.

    The unusable password ends every session, since each holds a hash of the one it began with.
    """
    fresh = User.objects.get(pk=user.pk)
    if not fresh.is_active or fresh.has_perm("wagtailadmin.access_admin"):
        return False
    user.is_active = False
    user.set_unusable_password()
    user.save(update_fields=["is_active", "password"])
    APIToken.objects.filter(user=user, revoked_at=None).update(revoked_at=timezone.now())
    return True


def _new_account(email: str, first: str, last: str, password: str, city: City) -> User:
    try:
        with transaction.atomic():
            user = User.objects.create_user(email, password, first_name=first, last_name=last)
    except IntegrityError:  # another city's invitation was accepted in the same moment
        raise TeamError(_("There is an account with this address already. Sign in to join.")) from None
    zone = city.time_zone if city.time_zone in settings.WAGTAIL_USER_TIME_ZONES else ""
    UserProfile.objects.create(user=user, preferred_language=get_language() or "", current_time_zone=zone)
    return user
