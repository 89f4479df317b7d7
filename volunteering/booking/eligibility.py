"""Who may sign up for a shift: what the shift, the city's rules and the page say. Reasons in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from volunteering.booking.limits import MOST_PEOPLE, MOST_UNCONFIRMED
from volunteering.booking.mails import pages_behind
from volunteering.booking.places import Places
from volunteering.booking.refusals import RefusedError
from volunteering.models import AgeBand, CityRules, Shift, ShiftStatus, SignUp, SignUpStatus, TeenRule

if TYPE_CHECKING:
    from volunteering.booking.applying import Application

CHILD_TO = 13
TEEN_TO = 18


def teen_rule(shift: Shift) -> str:
    """How the shift's city signs up people of 13 to 17."""
    rules = CityRules.objects.filter(city=shift.opportunity.city_id).values_list("teens", flat=True).first()
    return rules or TeenRule.GUARDIAN


def needs_guardian(shift: Shift, application: Application) -> bool:
    """Whether a parent or guardian has to agree."""
    if application.age_band == AgeBand.TEEN:
        return teen_rule(shift) == TeenRule.GUARDIAN
    return application.is_child


def refusal_for(places: Places, application: Application) -> RefusedError | None:
    """Why nobody could sign up so, whoever they are; None when they could."""
    return (
        _closed(places)
        or _not_of_age(places.shift, application)
        or _no_address(places.shift, application)
        or _no_room(places, application.group_size)
    )


def _closed(places: Places) -> RefusedError | None:
    if places.shift.status == ShiftStatus.CANCELLED:
        return RefusedError(_("This shift has been called off. Choose another one."), "shift")
    if not places.is_open:
        return RefusedError(_("Sign-up for this shift has closed. Choose another one."), "shift")
    if not any(page.live for page in pages_behind(places.shift.opportunity)):
        return RefusedError(_("This opportunity is not open at the moment."), "shift")
    return None


def _not_of_age(shift: Shift, application: Application) -> RefusedError | None:
    """The city's rule, and the lowest age that the page names, with a grown-up or alone."""
    band = application.age_band
    if band == AgeBand.ADULT:
        return None
    if teen_rule(shift) == TeenRule.NEVER:
        text = _("%(city)s signs up people who are 18 or older. There may be something for you to do at your school.")
        return RefusedError(text % {"city": shift.opportunity.city.name}, "age_band")
    ages = [age for age in (shift.opportunity.min_age, shift.opportunity.min_age_with_adult) if age is not None]
    if ages and min(ages) >= (CHILD_TO if band == AgeBand.UNDER_13 else TEEN_TO):
        text = _("This is for people who are %(age)s or older. Look for others that are open to all ages.")
        return RefusedError(text % {"age": min(ages)}, "age_band")
    return None


def _no_address(shift: Shift, application: Application) -> RefusedError | None:
    if not application.is_child and not application.folded:
        return RefusedError(_("Write your e-mail address."), "email")
    if not needs_guardian(shift, application):
        return None
    if not application.guardian_folded:
        return RefusedError(_("Write the e-mail address of a parent or guardian."), "guardian_email")
    if application.guardian_folded == application.folded:
        text = _("Write the address of a parent or guardian here, not your own.")
        return RefusedError(text, "guardian_email")
    return None


def _no_room(places: Places, people: int) -> RefusedError | None:
    """Too many for the shift, or for what is left of the waitlist."""
    capacity = places.shift.capacity
    if not 1 <= people <= MOST_PEOPLE:
        return RefusedError(_("Write how many people come, from 1 to %(most)s.") % {"most": MOST_PEOPLE}, "group_size")
    if capacity is not None and people > capacity:
        text = ngettext("This shift has %(places)s place.", "This shift has %(places)s places in all.", capacity)
        return RefusedError(text % {"places": capacity}, "group_size")
    if not places.waiting and places.has_room(people):
        return None
    if places.waiting + people <= places.shift.waitlist_size:
        return None
    if people > 1 and not places.waiting and places.free:
        text = ngettext(
            "There is %(places)s place left, and no room for a group of %(people)s on the waitlist.",
            "There are %(places)s places left, and no room for a group of %(people)s on the waitlist.",
            places.free,
        )
        return RefusedError(text % {"places": places.free, "people": people}, "group_size")
    text = _("This shift is full, and so is its waitlist. If you signed up before, the link is in your mail.")
    return RefusedError(text, "shift")


def too_many_unconfirmed(places: Places, application: Application) -> RefusedError | None:
    """Whether one of the addresses has too many sign-ups open that nobody has confirmed."""
    unconfirmed = SignUp.objects.filter(
        Q(status=SignUpStatus.HELD, held_until__gt=places.now) | Q(status=SignUpStatus.WAITING, confirmed_at=None)
    )
    for address in {application.folded, application.guardian_folded} - {""}:
        if unconfirmed.of_address(address).count() >= MOST_UNCONFIRMED:
            text = _("Some sign-ups with this address wait to be confirmed. Look into your mail, and do that first.")
            return RefusedError(text, "email" if address == application.folded else "guardian_email")
    return None
