"""What an opportunity says to each wish, met or not, in words."""

from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from volunteering.models import Opportunity, Shift
from volunteering.models.choices import SPOKEN, Daypart, Lifting, Timing, YesNo

GROWN_UP = 18


@dataclass(frozen=True)
class Seen:
    """An opportunity with its best shift; `distance` in miles, None when nobody knows."""

    opportunity: Opportunity
    shift: Shift
    distance: float | None = None


def day(seen: Seen) -> str:
    """On which day."""
    if seen.shift.kind == Timing.FLEXIBLE:
        return _("Any day")
    return date_format(seen.shift.local_on, "l") if seen.shift.local_on else _("Days agreed with you: ask")


def time(seen: Seen) -> str:
    """When in the day."""
    if seen.shift.kind == Timing.FLEXIBLE:
        return _("At any hour")
    if seen.shift.daypart is None:
        return _("Hours agreed with you: ask")
    return {
        Daypart.MORNING: _("In the morning"),
        Daypart.AFTERNOON: _("In the afternoon"),
        Daypart.EVENING: _("In the evening"),
    }[Daypart(seen.shift.daypart)]


def when(seen: Seen) -> str:
    """On which date."""
    if seen.shift.kind == Timing.FLEXIBLE:
        return _("Whenever you like")
    if seen.shift.local_on is None:
        return _("Start agreed with you: ask")
    return date_format(seen.shift.local_on, "MONTH_DAY_FORMAT")


def near(seen: Seen) -> str:
    """How far away."""
    if seen.opportunity.is_online:
        return _("From home")
    if seen.distance is None:
        return _("Place not said: ask")
    return miles(seen.distance)


def miles(distance: float) -> str:
    """A distance as people say it: exact to a tenth near by, to a mile farther away."""
    if distance < 0.1:
        return _("Right there")
    said = one_digit(distance) if distance < 9.95 else str(round(distance))
    return ngettext("%(miles)s mile away", "%(miles)s miles away", 1 if said == "1" else 2) % {"miles": said}


def one_digit(number: float) -> str:
    """One digit after the point, none when it is a zero."""
    return f"{number:.1f}".removesuffix(".0")


def child(seen: Seen) -> str:
    """From which age."""
    alone, together = seen.opportunity.min_age, seen.opportunity.min_age_with_adult
    youngest = alone if together is None else together
    if youngest is None:
        return _("Ages not said: ask")
    if youngest == 0:
        return _("Kids of any age")
    if youngest >= GROWN_UP:
        return _("Adults only")
    if alone is None or youngest < alone:
        return _("Kids from %(age)d with a grown-up") % {"age": youngest}
    return _("From age %(age)d") % {"age": youngest}


def spoken(seen: Seen) -> str:
    """In which languages."""
    names: dict[str, Any] = dict(SPOKEN)
    there = [str(names[code]) for code in seen.opportunity.spoken.split(",") if code in names]
    return (
        _("In %(language)s") % {"language": get_text_list(there, _("and"))} if there else _("Languages not said: ask")
    )


def bus(seen: Seen) -> str:
    """Whether a bus goes there."""
    if seen.opportunity.has_transit:
        return _("By bus or train")
    return _("From home") if seen.opportunity.is_online else _("Bus or train not said: ask")


def lifting(seen: Seen) -> str:
    """What there is to lift."""
    said = {
        Lifting.NONE.value: _("Nothing to lift"),
        Lifting.LIGHT.value: _("Lifting up to 20 pounds"),
        Lifting.HEAVY.value: _("Lifting more than 20 pounds"),
    }
    return said.get(seen.opportunity.lifting) or _("Lifting not said: ask")


def sitting(seen: Seen) -> str:
    """Whether one may sit."""
    return _("You can sit down") if seen.opportunity.can_sit else _("Sitting down not said: ask")


def step_free(seen: Seen) -> str:
    """Whether there are steps."""
    if seen.opportunity.step_free == YesNo.YES:
        return _("Step-free")
    if seen.opportunity.is_online:
        return _("From home")
    return _("Not step-free") if seen.opportunity.step_free == YesNo.NO else _("Step-free not said: ask")


def from_home(seen: Seen) -> str:
    """Online, or at a place."""
    return _("Online, from home") if seen.opportunity.is_online else _("At a place, not online")
