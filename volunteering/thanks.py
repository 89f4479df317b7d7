"""What the page after the form says, carried in its address: signed, and nothing about who it was.

It reads the same whether the address was new or known: it says what a new sign-up would have got.
"""

import datetime
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.utils import timezone

from volunteering.booking.applying import Application, Result
from volunteering.booking.limits import hold_until
from volunteering.models import AgeBand, Shift, SignUp
from volunteering.offers import Offer
from volunteering.when import until

SALT = "volunteering.thanks"
LASTS = 7 * 24 * 60 * 60


@dataclass(frozen=True)
class Thanks:
    """What became of a form: which shift, until when a place is held, or which number in line (0: neither)."""

    shift_id: int
    held_until: str = ""
    number: int = 0
    asks_guardian: bool = False
    is_child: bool = False

    @property
    def token(self) -> str:
        """What stands in the address."""
        values = [self.shift_id, self.held_until, self.number, int(self.asks_guardian), int(self.is_child)]
        return signing.dumps(values, salt=SALT, compress=True)

    def limit(self, time_zone: str) -> str:
        """The end of the hold in words."""
        return until(datetime.datetime.fromisoformat(self.held_until), time_zone) if self.held_until else ""


def thanks_for(offer: Offer, application: Application, sign_up: SignUp | None, result: Result) -> Thanks:
    """What to say. Of a row that was there before nothing is used."""
    is_new = sign_up is not None and result != Result.ALREADY
    if is_new and sign_up:
        held, number = sign_up.held_until, 0 if sign_up.held_until else offer.number
    else:
        waits = offer.is_full
        held, number = (None, offer.number) if waits else (hold_until(offer.shift, timezone.now()), 0)
    return Thanks(
        shift_id=offer.shift.pk,
        held_until=held.isoformat(timespec="minutes") if held else "",
        number=number,
        asks_guardian=bool(application.guardian_email),
        is_child=application.age_band == AgeBand.UNDER_13,
    )


def thanks_in(token: str) -> Thanks | None:
    """What a token says; None for one that is not ours, or is old."""
    try:
        shift_id, held_until, number, asks, child = signing.loads(token, salt=SALT, max_age=LASTS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Thanks(shift_id, held_until, number, bool(asks), bool(child))


def context_of(thanks: Thanks) -> dict[str, Any]:
    """What the page shows of it, None of a shift that is gone."""
    shift = Shift.objects.filter(pk=thanks.shift_id).first()
    return {
        "thanks": thanks,
        "offer": Offer(shift) if shift else None,
        "limit": thanks.limit(shift.time_zone) if shift else "",
    }
