"""A group that becomes larger or smaller."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from volunteering.booking.limits import MOST_PEOPLE
from volunteering.booking.places import Places
from volunteering.booking.refusals import RefusedError
from volunteering.models import SignUp, SignUpStatus


def grow(places: Places, row: SignUp, people: int) -> RefusedError | None:
    """Set how many come, and count it. The caller saves the row. Returns why it cannot be, and changes nothing then."""
    more = people - row.group_size
    refusal = _refusal(places, row, people) if more else None
    if refusal is not None:
        return refusal
    row.group_size = people
    if row.status == SignUpStatus.WAITING:
        places.waiting += more
    else:
        places.taken += more
    return None


def _refusal(places: Places, row: SignUp, people: int) -> RefusedError | None:
    more = people - row.group_size
    capacity = places.shift.capacity
    if not 1 <= people <= MOST_PEOPLE:
        return RefusedError(_("Write how many people come, from 1 to %(most)s.") % {"most": MOST_PEOPLE}, "group_size")
    if more <= 0:
        return None
    if capacity is not None and people > capacity:
        text = ngettext("This shift has %(places)s place.", "This shift has %(places)s places in all.", capacity)
        return RefusedError(text % {"places": capacity}, "group_size")
    if row.status == SignUpStatus.WAITING:
        if places.waiting + more > places.shift.waitlist_size:
            return RefusedError(_("There is no room on the waitlist for more people."), "group_size")
        return None
    if places.waiting:
        return RefusedError(_("Others are waiting for places, so your group cannot grow."), "group_size")
    if not places.has_room(more):
        free = places.free or 0
        text = ngettext("Only %(places)s more place is free.", "Only %(places)s more places are free.", free)
        return RefusedError(text % {"places": free} if free else _("No more places are free."), "group_size")
    return None
