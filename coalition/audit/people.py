"""Who is behind the entries: a name for everybody, also for those whose account is gone."""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry

from coalition.audit.finders import ACCOUNTS
from coalition.models import City
from coalition.services.team_rules import coalition_people
from portal.accounts.models import User

FORGOTTEN = {"person_forgotten": True}
"""What an entry's data holds whose person was forgotten by the time rule."""


class Names:
    """The people of some entries, by number. Two queries; one more for leads, and one when an account is gone."""

    def __init__(self, entries: Iterable[Any], city: City | None) -> None:
        """`city` when its lead reads: addresses of people outside of the team, and of staff, are not shown then."""
        ids = {entry.user_id for entry in entries if entry.user_id}
        self._users = User.objects.in_bulk(ids)
        self._is_for_staff = city is None
        self._staff = coalition_people(self._users.values()) if city else set()
        self._team = team_ids(city) if city else set()
        self._labels = _labels_of(ids - set(self._users)) if city is None else {}

    def who(self, entry: Any) -> str:
        """Whoever acted, in words."""
        if entry.user_id is None:
            return _nobody(entry)
        user = self._users.get(entry.user_id)
        if user is None:
            return self._gone(entry)
        return str(user) if self._is_for_staff else self._for_lead(user)

    def address(self, entry: Any) -> str:
        """Their e-mail address, for staff; "" else."""
        user = self._users.get(entry.user_id) if self._is_for_staff else None
        return user.email if user else ""

    def _for_lead(self, user: User) -> str:
        name = user.get_full_name()
        if user.pk in self._staff:
            return _("%(name)s (coalition staff)") % {"name": name} if name else _("Coalition staff")
        if user.pk in self._team:
            return str(user)
        return name or _("Somebody who was on the team")

    def _gone(self, entry: Any) -> str:
        if not self._is_for_staff:
            return _("Somebody whose account is gone")
        label = self._labels.get(str(entry.user_id))
        words = {"name": label, "number": entry.user_id}
        return _("%(name)s (account deleted)") % words if label else _("Account %(number)s (deleted)") % words


def team_ids(city: City) -> set[int]:
    """Numbers of everybody who holds a role in the city."""
    return set(city.groups.filter(group__user__isnull=False).values_list("group__user", flat=True))


def matching_people(words: str, city: City | None) -> QuerySet[User]:
    """Accounts whose name or address holds each of the words.

    With `city`, addresses are looked at on its team only: nobody finds out by trying what other people's are.
    """
    is_known = Q(pk__in=team_ids(city)) if city else Q()
    found = Q()
    for word in words.split():
        by_address = Q(email__icontains=word) & is_known
        found &= Q(first_name__icontains=word) | Q(last_name__icontains=word) | by_address
    return User.objects.filter(found).order_by()


def account_type() -> ContentType:
    """What entries about an account are logged on."""
    return ContentType.objects.get_for_model(User)


def _nobody(entry: Any) -> str:
    if entry.data.get("person_forgotten"):
        return _("Somebody whose name is no longer kept")
    return _("Somebody not signed in") if entry.action.startswith(ACCOUNTS) else _("The system")


def _labels_of(ids: set[int]) -> dict[str, str]:
    """What accounts that are gone were called, as the log remembers it."""
    if not ids:
        return {}
    entries = ModelLogEntry.objects.filter(content_type=account_type(), object_id__in=[str(pk) for pk in ids])
    return dict(entries.order_by("pk").values_list("object_id", "label"))
