"""A city's steps into the coalition and out of it: which are legal, and how one is taken and logged."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from coalition.models import City, MembershipEvent
from coalition.signals import status_changed
from portal.accounts.models import User

Status = City.Status

NEXT: dict[str, frozenset[str]] = {
    Status.PROSPECT: frozenset({Status.PENDING}),
    Status.PENDING: frozenset({Status.MEMBER, Status.PROSPECT}),
    Status.MEMBER: frozenset({Status.LAPSED, Status.WITHDRAWN}),
    Status.LAPSED: frozenset({Status.MEMBER, Status.WITHDRAWN}),
    Status.WITHDRAWN: frozenset({Status.PENDING}),
}
"""From each status, the statuses that may follow it."""


class MembershipError(Exception):
    """A step that cannot be taken. `str()` of it is a sentence for the person who tried."""


class IllegalTransition(MembershipError):  # noqa: N818 - the name other apps know it by
    """The step does not follow from where the city stands."""


def next_statuses(status: str) -> list[City.Status]:
    """The statuses a city may take next, in the order of a membership's life."""
    return [step for step in Status if step in NEXT[status]]


def check_step(*, city: City, to: str) -> None:
    """Raises IllegalTransition, with the allowed steps in words, unless `to` may follow the city's status."""
    if to in NEXT[city.status]:
        return
    allowed = get_text_list([str(step.label) for step in next_statuses(city.status)], _("or"))
    words = {"city": city, "now": city.get_status_display(), "allowed": allowed}
    if to == city.status:
        raise IllegalTransition(
            _("%(city)s already has the status “%(now)s”. From there it can go to: %(allowed)s.") % words
        )
    words["to"] = Status(to).label if to in Status.values else to
    raise IllegalTransition(
        _("%(city)s cannot go from “%(now)s” to “%(to)s”. From there it can go to: %(allowed)s.") % words
    )


def check_day(effective_on: datetime.date) -> None:
    """Raises MembershipError for a day still to come."""
    if effective_on > timezone.localdate():
        raise MembershipError(_("The day cannot lie ahead. Record the step on the day it takes force."))


def _member_since(city: City, to: str, effective_on: datetime.date) -> datetime.date | None:
    if to == Status.MEMBER:
        return city.member_since or effective_on
    return None if to == Status.WITHDRAWN else city.member_since


@transaction.atomic
def _take_step(pk: int, to: str, by: User | None, reason: str, effective_on: datetime.date) -> MembershipEvent:
    city = City.objects.select_for_update().get(pk=pk)
    check_step(city=city, to=to)
    event = MembershipEvent(
        city=city,
        from_status=city.status,
        to_status=to,
        effective_on=effective_on,
        by=by,
        by_name=str(by)[:200] if by else "",
        reason=reason.strip(),
    )
    city.member_since = _member_since(city, to, effective_on)
    city.status = to
    city.save(update_fields=["status", "member_since", "updated_at"])
    event.save()
    data = {"from": event.from_status, "to": to, "effective_on": effective_on, "reason": event.reason}
    log(instance=city, action="coalition.membership.step", user=by, data=data)
    status_changed.send(sender=City, city=city, event=event)
    return event


def change_status(
    *, city: City, to: str, by: User | None, reason: str, effective_on: datetime.date | None = None
) -> MembershipEvent:
    """Take one step and log it; `city` itself is brought up to date as well.

    `effective_on` is the day the step takes force: today unless given, never a day to come. `by` is None when no
    person decided (a script), and the log then names nobody.

    "Member since" is the day of the first joining. It is kept when a lapsed membership is renewed, and starts anew
    when a city comes back after withdrawing.

    The row is locked, so of two people who act at once the second is told that the status has changed.
    `coalition.signals.status_changed` is sent before the transaction ends: an error in a receiver undoes the step.

    Raises IllegalTransition for a step that does not follow, MembershipError for an empty reason or a future day.
    """
    day = effective_on or timezone.localdate()
    check_day(day)
    if not reason.strip():
        raise MembershipError(_("Say why: the reason stays in the city’s history."))
    event = _take_step(city.pk, to, by, reason, day)
    for field in ("status", "member_since", "updated_at"):
        setattr(city, field, getattr(event.city, field))
    return event
