"""Somebody who called or just came: put on the roster by the team, with the places counted as for everybody."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.accounts.models import User
from volunteering.booking import mails
from volunteering.booking.eligibility import teen_rule
from volunteering.booking.locking import lock_addresses
from volunteering.booking.places import Places, locked_places
from volunteering.booking.refusals import RefusedError
from volunteering.booking.waitlist import settle
from volunteering.models import AgeBand, Attendance, Shift, ShiftStatus, SignUp, SignUpStatus, TeenRule
from volunteering.team.actions import ADDED, write
from volunteering.team.words import day_of


@dataclass(frozen=True)
class Person:
    """What the team knows of somebody, who agreed that it is kept. `token`: of the form, so that twice is once."""

    token: str
    name: str
    email: str = ""
    phone: str = ""
    group_size: int = 1
    age_band: str = AgeBand.ADULT
    guardian_name: str = ""
    language: str = "en"
    note: str = ""
    is_here: bool = False


@transaction.atomic
def add_by_hand(*, shift: Shift, person: Person, by: User, now: datetime.datetime | None = None) -> SignUp:
    """Give the person confirmed places, and mail them their link when they have an address and the shift is ahead.

    Before the shift begins, whoever waits comes first. The same form twice is one row. Raises RefusedError.
    """
    folded = person.email.strip().lower()
    lock_addresses([folded])
    with locked_places(shift.pk, now) as places:
        settle(places)
        twin = SignUp.objects.filter(form_token=person.token, shift=places.shift).first()
        if twin:
            return twin
        _check(places, person, folded)
        row = _row(places, person, folded)
        row.save()
        places.taken += row.group_size
        write(places.shift.opportunity, ADDED, by, day=day_of(places.shift), count=row.group_size)
        if row.email and places.is_ahead:
            mails.tell(row, "confirmed")
    return row


def _check(places: Places, person: Person, folded: str) -> None:
    if places.shift.status != ShiftStatus.PLANNED:
        raise RefusedError(_("This shift is called off."))
    if folded and SignUp.objects.active().filter(shift=places.shift, email_folded=folded).exists():
        raise RefusedError(_("Somebody with this address is on the roster already."), "email")
    _check_age(places, person)
    if places.is_ahead and places.waiting and places.shift.capacity is not None:
        raise RefusedError(_("People wait for this shift, and they come first. Add places, or let somebody go."))
    if not places.has_room(person.group_size):
        left = places.free or 0
        text = ngettext(
            "%(count)d place is left. Add places on the shifts screen first.",
            "%(count)d places are left. Add places on the shifts screen first.",
            left,
        )
        raise RefusedError(text % {"count": left}, "group_size")


def _check_age(places: Places, person: Person) -> None:
    if person.age_band == AgeBand.TEEN and teen_rule(places.shift) == TeenRule.NEVER:
        raise RefusedError(_("By your city’s rules only adults sign up."), "age_band")
    if _needs_guardian(places.shift, person) and not person.guardian_name:
        raise RefusedError(_("Write down which parent or guardian agreed."), "guardian_name")


def _needs_guardian(shift: Shift, person: Person) -> bool:
    if person.age_band == AgeBand.TEEN:
        return teen_rule(shift) == TeenRule.GUARDIAN
    return person.age_band == AgeBand.UNDER_13


def _row(places: Places, person: Person, folded: str) -> SignUp:
    needs_guardian = _needs_guardian(places.shift, person)
    return SignUp(
        shift=places.shift,
        status=SignUpStatus.CONFIRMED,
        group_size=person.group_size,
        confirmed_at=places.now,
        created_at=places.now,
        consented_at=places.now,
        form_token=person.token,
        language=person.language,
        name=person.name,
        email=person.email.strip(),
        email_folded=folded,
        phone=person.phone,
        age_band=person.age_band,
        guardian_name=person.guardian_name if needs_guardian else "",
        needs_guardian=needs_guardian,
        guardian_agreed_at=places.now if needs_guardian else None,
        note=person.note,
        attendance=Attendance.CAME if person.is_here else Attendance.UNKNOWN,
        came_count=person.group_size if person.is_here else None,
    )
