"""What somebody does with their sign-up by the link: keep it, accept a place, change it, agree for a child, cancel."""

from django.utils.translation import gettext as _

from portal.core.mail import one_line
from volunteering.booking import mails
from volunteering.booking.growing import grow
from volunteering.booking.places import Places, locked_places
from volunteering.booking.refusals import RefusedError
from volunteering.booking.waitlist import end, has_lapsed, lapse, settle
from volunteering.booking.waivers import keep_waiver
from volunteering.models import AgeBand, SignUp, SignUpStatus

NAME_LENGTH = SignUp._meta.get_field("name").max_length or 0
PHONE_LENGTH = SignUp._meta.get_field("phone").max_length or 0


def confirm(*, sign_up: SignUp) -> SignUp:
    """HELD or OFFERED → CONFIRMED, also when the time has run out but places are still free and nobody waits.

    Doing it twice changes nothing. Who waits keeps waiting, and their address counts as confirmed. Raises RefusedError
    when the place is gone, or a guardian has to agree first.
    """
    with locked_places(sign_up.shift_id) as places:
        row = places.row(sign_up.pk)
        refusal = _must_agree_first(row) or _keep(places, row)
    return _done(row, refusal)


def agree_as_guardian(*, sign_up: SignUp, guardian_name: str, volunteer_name: str, waiver: str = "") -> SignUp:
    """The parent or guardian agrees: names are kept from now on, and the place is confirmed; who waits keeps waiting.

    Doing it twice changes nothing. Raises RefusedError when the place is gone; nothing is kept then.
    """
    with locked_places(sign_up.shift_id) as places:
        row = places.row(sign_up.pk)
        refusal = None
        if mails.needs_consent(row):
            is_waiting = row.status == SignUpStatus.WAITING
            _fill_in(places, row, guardian_name, volunteer_name)
            refusal = _keep(places, row)
            if refusal is None:
                _keep_consent(places, row, waiver)
            if refusal is None and is_waiting:
                mails.tell(row, "waiting", counter="agreed")
    return _done(row, refusal)


def change(*, sign_up: SignUp, group_size: int, name: str, phone: str) -> SignUp:
    """More or fewer people, another name or telephone. More people need free places that nobody waits for; someone who
    waits keeps their place in line. Raises RefusedError and changes nothing then."""
    with locked_places(sign_up.shift_id) as places:
        settle(places)
        row = places.row(sign_up.pk)
        new_name = one_line(name)[:NAME_LENGTH] or row.name
        new_phone = one_line(phone)[:PHONE_LENGTH]
        is_new = (group_size, new_name, new_phone) != (row.group_size, row.name, row.phone)
        refusal = (_over(places, row) or _must_agree_first(row) or grow(places, row, group_size)) if is_new else None
        if is_new and refusal is None:
            row.name, row.phone = new_name, new_phone
            row.sequence += 1
            row.save(update_fields=["group_size", "name", "phone", "sequence"])
            mails.tell(row, "changed")
            settle(places)
    return _done(row, refusal)


def cancel(*, sign_up: SignUp, by_team: bool = False) -> SignUp:
    """Give the places back and offer them to who waits. Doing it twice changes nothing. One mail, with the calendar's
    cancellation. Once the shift is over, nothing changes any more: who came is on record then."""
    with locked_places(sign_up.shift_id) as places:
        row = places.row(sign_up.pk)
        if row.is_active and not _is_past(places):
            if row.status == SignUpStatus.WAITING:
                places.waiting -= row.group_size
            else:
                places.taken -= row.group_size
            end(places, row, SignUpStatus.CANCELLED)
            mails.tell(row, "cancelled", by_team=by_team)
        settle(places)
    return _done(row, None)


def _done(row: SignUp, refusal: RefusedError | None) -> SignUp:
    """The row, or the refusal: raised after the commit, so that what ran out meanwhile stays written."""
    if refusal is not None:
        raise refusal
    return row


def _keep(places: Places, row: SignUp) -> RefusedError | None:
    """Confirm a held or offered place; take a lapsed one again if nobody else has it and nobody waits."""
    if row.status == SignUpStatus.CANCELLED:
        return RefusedError(_("This sign-up was canceled. You can sign up again."))
    mail = lapse(places, row) if has_lapsed(places, row) else ""
    settle(places)
    if row.status == SignUpStatus.EXPIRED and not _can_return(places, row):
        if mail:
            mails.tell(row, mail)
        return RefusedError(_("The time to confirm was over, and the place is gone. You can sign up again."))
    if row.status == SignUpStatus.EXPIRED:
        places.taken += row.group_size
    if row.status == SignUpStatus.WAITING and row.confirmed_at is None:
        row.confirmed_at = places.now
        row.save(update_fields=["confirmed_at"])
    elif row.status not in (SignUpStatus.CONFIRMED, SignUpStatus.WAITING):
        _confirm(places, row)
    return None


def _confirm(places: Places, row: SignUp) -> None:
    row.status = SignUpStatus.CONFIRMED
    row.confirmed_at = places.now
    row.held_until = row.ended_at = row.waiting_since = None
    row.sequence += 1
    row.save(update_fields=["status", "confirmed_at", "held_until", "ended_at", "waiting_since", "sequence"])
    mails.tell(row, "confirmed")


def _can_return(places: Places, row: SignUp) -> bool:
    """Whether a lapsed sign-up may have its places after all."""
    if places.waiting or not places.has_room(row.group_size) or not places.is_ahead or row.erased_at:
        return False
    others = SignUp.objects.filter(shift=places.shift).active().exclude(pk=row.pk)
    return not (row.email_folded and others.filter(email_folded=row.email_folded).exists())


def _must_agree_first(row: SignUp) -> RefusedError | None:
    if mails.needs_consent(row):
        return RefusedError(_("A parent or guardian has to agree first."))
    return None


def _over(places: Places, row: SignUp) -> RefusedError | None:
    if not row.is_active:
        return RefusedError(_("This sign-up has ended, so there is nothing to change. You can sign up again."))
    if not places.is_ahead:
        return RefusedError(_("This shift has begun. Nothing can be changed any more."))
    return None


def _is_past(places: Places) -> bool:
    ends_at = places.shift.ends_at
    return ends_at is not None and ends_at <= places.now


def _fill_in(places: Places, row: SignUp, guardian_name: str, volunteer_name: str) -> None:
    """What the guardian says, not stored yet: that waits until there is a place to keep it for."""
    row.guardian_name = one_line(guardian_name)[:NAME_LENGTH]
    if row.age_band == AgeBand.UNDER_13 or not row.name:
        row.name = one_line(volunteer_name)[:NAME_LENGTH]
    row.guardian_agreed_at = row.consented_at = places.now


def _keep_consent(places: Places, row: SignUp, waiver: str) -> None:
    row.waiver = keep_waiver(waiver, row.language)
    row.waiver_signed_at = places.now if row.waiver else None
    row.save(
        update_fields=["guardian_name", "name", "guardian_agreed_at", "consented_at", "waiver", "waiver_signed_at"]
    )
