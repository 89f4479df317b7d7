"""Takes a sign-up: a place is held, or somebody waits, or the reason why neither."""

import datetime
import hashlib
from dataclasses import dataclass, field
from enum import StrEnum

from django.conf import settings
from django.utils.translation import gettext as _

from portal.core.mail import one_line
from portal.core.turns import turn
from volunteering.booking import mails
from volunteering.booking.eligibility import needs_guardian, refusal_for, too_many_unconfirmed
from volunteering.booking.limits import hold_until
from volunteering.booking.locking import lock_addresses
from volunteering.booking.places import Places, locked_places
from volunteering.booking.refusals import RefusedError
from volunteering.booking.waitlist import end_of_line, settle
from volunteering.booking.waivers import keep_waiver
from volunteering.models import AgeBand, SignUp, SignUpStatus

__all__ = ["Application", "RefusedError", "Result", "sign_up"]


class Result(StrEnum):
    """What became of a form."""

    HELD = "held"  # a place is held; the link in the mail keeps it
    WAITING = "waiting"
    GUARDIAN = "guardian"  # a place is held (or they wait); the guardian got the mail
    ALREADY = "already"  # this address is signed up; it got its link once more, nothing was written


@dataclass(frozen=True)
class Application:
    """A filled form, checked. `form_token`: of the form, the same however often it is sent. `answers`: question id →
    (question, answer) in the words the person saw. Under 13 only `guardian_email` (and group size) is used.
    """

    form_token: str
    name: str = ""
    email: str = ""
    phone: str = ""
    group_size: int = 1
    answers: dict[str, tuple[str, str]] = field(default_factory=dict)
    language: str = "en"
    age_band: str = AgeBand.ADULT
    guardian_email: str = ""
    waiver: str = ""  # the text that was shown and agreed to, "" when there is none

    @property
    def is_child(self) -> bool:
        """Whether nothing about the person may be kept yet."""
        return self.age_band == AgeBand.UNDER_13

    @property
    def folded(self) -> str:
        """The person's address as it is compared; empty for a child, whose own is not kept."""
        return "" if self.is_child else self.email.strip().lower()

    @property
    def guardian_folded(self) -> str:
        """The guardian's address as it is compared; empty for grown-ups."""
        return "" if self.age_band == AgeBand.ADULT else self.guardian_email.strip().lower()


def sign_up(*, shift_id: int, application: Application, now: datetime.datetime | None = None) -> tuple[SignUp, Result]:
    """Hold places or put into line, and queue the one mail about it. Raises RefusedError; Shift.DoesNotExist.

    A form that is sent again, and an address that is signed up already, get the row that is there. What a stranger
    would be refused, a known address is refused, too: the answer does not give away who is signed up. It gets its link
    by mail.
    """
    with turn():
        lock_addresses([application.folded, application.guardian_folded])
        with locked_places(shift_id, now) as places:
            settle(places)
            outcome = _answer(places, application)
    if isinstance(outcome, RefusedError):
        raise outcome  # only now: what ran out meanwhile stays written, and so does the mail with the link
    return outcome


def _answer(places: Places, application: Application) -> tuple[SignUp, Result] | RefusedError:
    sent_before = SignUp.objects.filter(form_token=_token(places, application)).first()
    if sent_before is not None:
        return _again(places, sent_before)
    refusal = refusal_for(places, application)
    known = _known(places, application)
    if known is not None:
        known.shift = places.shift
        mails.send_link_again(known, places.now)
        return refusal or (known, Result.ALREADY)
    return refusal or too_many_unconfirmed(places, application) or _take(places, application)


def _again(places: Places, row: SignUp) -> tuple[SignUp, Result] | RefusedError:
    """The same form came once more. The link is not mailed anew for that: a double click would be two mails."""
    row.shift = places.shift
    if row.is_active:
        mails.send_link_again(row, places.now)
        return row, Result.ALREADY
    return RefusedError(_("This form was sent before, and that sign-up has ended. Open the form again."))


def _known(places: Places, application: Application) -> SignUp | None:
    """The active sign-up of the address for this shift. A guardian may sign up one child after the other."""
    active = SignUp.objects.filter(shift=places.shift).active()
    if application.is_child:
        pending = active.filter(age_band=AgeBand.UNDER_13, guardian_agreed_at=None)
        return pending.filter(guardian_email_folded=application.guardian_folded).first()
    return active.filter(email_folded=application.folded).first()


def _take(places: Places, application: Application) -> tuple[SignUp, Result]:
    """Write the row. Places go to who asks only while nobody waits for them."""
    is_held = not places.waiting and places.has_room(application.group_size)
    row = _row(places, application)
    if is_held:
        row.status, row.held_until = SignUpStatus.HELD, hold_until(places.shift, places.now)
        places.taken += row.group_size
    else:
        row.status, row.waiting_since = SignUpStatus.WAITING, end_of_line(places)
        places.waiting += row.group_size
    row.save()
    if row.needs_guardian:
        mails.tell(row, "guardian")
        if row.email:
            mails.tell(row, "guardian_asked", to=row.email)
        return row, Result.GUARDIAN
    mails.tell(row, "held" if is_held else "waiting")
    return row, Result.HELD if is_held else Result.WAITING


def _row(places: Places, application: Application) -> SignUp:
    """The row without a status. Of a child there is nothing in it but the guardian's address."""
    languages = dict(settings.LANGUAGES)
    language = application.language if application.language in languages else settings.LANGUAGE_CODE
    guarded = needs_guardian(places.shift, application)
    row = SignUp(
        shift=places.shift,
        group_size=application.group_size,
        created_at=places.now,
        form_token=_token(places, application),
        language=language,
        age_band=application.age_band,
        needs_guardian=guarded,
    )
    if guarded:
        row.guardian_email = application.guardian_email.strip()
        row.guardian_email_folded = application.guardian_folded
    else:
        row.waiver = keep_waiver(application.waiver, language)
        row.waiver_signed_at = places.now if row.waiver else None
        row.consented_at = places.now
    if not application.is_child:
        row.name = one_line(application.name)[: SignUp._meta.get_field("name").max_length or 0]
        row.email, row.email_folded = application.email.strip(), application.folded
        row.phone = one_line(application.phone)[: SignUp._meta.get_field("phone").max_length or 0]
        row.answers = {key: list(words) for key, words in application.answers.items()}
    return row


def _token(places: Places, application: Application) -> str:
    """The form and the shift: who goes back and picks another shift signs up for that, too."""
    return hashlib.sha256(f"{places.shift.pk}\0{application.form_token}".encode()).hexdigest()
