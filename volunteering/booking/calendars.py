"""Sign-ups and shifts as entries of a calendar."""

import uuid

from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.core.calendars import CANCEL, PUBLISH, CalendarEvent
from volunteering.booking import mails
from volunteering.booking.tokens import manage_url
from volunteering.facts import address_line
from volunteering.models import ACTIVE, OpportunityPage, Shift, ShiftStatus, SignUp, SignUpStatus


def sign_up_event(sign_up: SignUp) -> CalendarEvent | None:
    """The entry of one person; None for a shift without a time. Gone, once the sign-up or the shift is."""
    shift = sign_up.shift
    if shift.starts_at is None or shift.ends_at is None:
        return None
    page = mails.page_for(sign_up)
    with override(sign_up.language):
        link = manage_url(sign_up)
        return CalendarEvent(
            uid=str(sign_up.uid),
            title=page.title if page else shift.opportunity.title,
            starts_at=shift.starts_at,
            ends_at=shift.ends_at,
            time_zone=shift.time_zone,
            sequence=shift.sequence + sign_up.sequence,
            is_cancelled=is_gone(sign_up),
            is_tentative=sign_up.status != SignUpStatus.CONFIRMED,
            description=_("Change or cancel: %(link)s") % {"link": link},
            location=place_of(page, shift) if page else "",
            url=link,
            where=page.where if page else None,
        )


def is_gone(sign_up: SignUp) -> bool:
    """Whether the entry is to leave the person's calendar."""
    return sign_up.status not in ACTIVE or sign_up.shift.status == ShiftStatus.CANCELLED


def method_for(sign_up: SignUp) -> str:
    """CANCEL for an entry that is to leave the calendar."""
    return CANCEL if is_gone(sign_up) else PUBLISH


def shift_event(shift: Shift, page: OpportunityPage) -> CalendarEvent | None:
    """The public entry of a shift, the same in every feed: None for one without a time."""
    if shift.starts_at is None or shift.ends_at is None:
        return None
    link = page.full_url or ""
    return CalendarEvent(
        uid=str(uuid.uuid5(uuid.NAMESPACE_URL, f"{page.family}/shifts/{shift.pk}")),
        title=f"{page.title}: {shift.note}" if shift.note else page.title,
        starts_at=shift.starts_at,
        ends_at=shift.ends_at,
        time_zone=shift.time_zone,
        sequence=shift.sequence,
        is_cancelled=shift.status == ShiftStatus.CANCELLED,
        description="\n\n".join(part for part in (page.summary, link) if part),
        location=place_of(page, shift),
        url=link,
        where=page.where,
    )


def place_of(page: OpportunityPage, shift: Shift) -> str:
    """Where to go, as one line."""
    if page.is_online:
        return _("Online, from home")
    parts = (page.place or page.address, address_line(page, shift.opportunity.city))
    return ", ".join(part for part in parts if part)
