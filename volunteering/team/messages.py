"""A message to a roster: one mail to each person, and a row that says it was sent."""

import re
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.core.models import OutboxMessage
from volunteering.booking import mails
from volunteering.booking.links import manage_url
from volunteering.models import HOLDING, RosterMessage, Shift, SignUp, SignUpStatus
from volunteering.team.actions import MESSAGE, write
from volunteering.team.locks import locked
from volunteering.team.words import day_of

MAIL = "roster"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,40}")


class Audience(models.TextChoices):
    """To whom on a roster a message goes."""

    CONFIRMED = "confirmed", _("Those who are confirmed")
    PLACES = "places", _("Everybody who has a place, confirmed or not")
    WAITING = "waiting", _("Those who wait for a place")
    ALL = "all", _("All of them")


_STATUSES: dict[str, tuple[str, ...]] = {
    Audience.CONFIRMED: (SignUpStatus.CONFIRMED,),
    Audience.PLACES: HOLDING,
    Audience.WAITING: (SignUpStatus.WAITING,),
    Audience.ALL: (*HOLDING, SignUpStatus.WAITING),
}


def new_token() -> str:
    """For a form: however often it is sent, its mails go out once."""
    return secrets.token_urlsafe(18)


def is_token(text: str) -> bool:
    """Whether it looks like one."""
    return bool(_TOKEN.fullmatch(text))


def recipients(shift: Shift, audience: str) -> tuple[list[SignUp], int]:
    """Who gets the message, and how many more have no address. One query."""
    everybody = list(SignUp.objects.filter(shift=shift, status__in=_STATUSES[audience]).order_by("pk"))
    reachable = [row for row in everybody if mails.address_of(row)]
    for row in reachable:
        row.shift = shift
    return reachable, len(everybody) - len(reachable)


@transaction.atomic
def send_message(
    *, shift: Shift, audience: Audience | str, subject: str, text: str, token: str, by: User
) -> RosterMessage | None:
    """Queue one mail to each, in each one's language, with answers to the opportunity's mailbox.

    None when this form was sent already, or nobody has an address. Raises ValueError for a token that is none.
    """
    if not is_token(token):
        raise ValueError("A message needs the token of its form.")
    fresh = locked(shift.pk)
    # The token ends the keys of all mails of one sending, and is drawn by chance.
    if OutboxMessage.objects.filter(key__startswith=f"volunteering:{MAIL}:", key__endswith=f":{token}").exists():
        return None
    rows, _others = recipients(fresh, audience)
    if not rows:
        return None
    for row in rows:
        mails.tell(row, MAIL, counter=token, subject=subject, text=text)
    write(fresh.opportunity, MESSAGE, by, day=day_of(fresh), count=len(rows))
    return RosterMessage.objects.create(shift=fresh, subject=subject, text=text, recipients=len(rows), sent_by=by)


@dataclass(frozen=True)
class Sample:
    """What a mail will look like in one language."""

    language: str
    subject: str
    body: str


@transaction.atomic
def samples(*, shift: Shift, audience: str, subject: str, text: str) -> list[Sample]:
    """The mail as it will be, once for each language among those who get it. Nothing is sent.

    It is made as it would be for the first of them, and taken back; the link, which is theirs alone, is left out.
    """
    rows, _others = recipients(shift, audience)
    first = {row.language: row for row in reversed(rows)}
    found = []
    for language, row in sorted(first.items()):
        mail = mails.tell(row, MAIL, counter=f"sample.{new_token()}", subject=subject, text=text)
        if mail:
            found.append(Sample(language_name(language), mail.subject, mail.text.replace(manage_url(row), "https://…")))
    transaction.set_rollback(True)
    return found


def language_name(code: str) -> str:
    """As people know it."""
    return str(dict(settings.LANGUAGES).get(code, code))
