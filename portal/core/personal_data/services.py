"""See and erase what all rooms keep about one address; only who reads its mailbox gets that far."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import translation

from portal.core.mail import send_mail_from_folder
from portal.core.models import OutboxMessage
from portal.core.personal_data.links import GOOD_FOR, key_of, link_of, new_name
from portal.core.personal_data.registry import Holding, holdings

OUTBOX = "core.OutboxMessage"


@dataclass(frozen=True)
class Found:
    """What one table has about an address."""

    holding: Holding
    rows: list[dict[str, Any]]


def find_data(email: str) -> list[Found]:
    """What there is about an address, table by table; tables without any are left out."""
    found = [Found(holding, list(holding.find(email))) for holding in _mail_last()]
    return [each for each in found if each.rows]


@transaction.atomic
def ask_for_data(*, email: str) -> OutboxMessage:
    """Mail a link to the address, or that there is nothing about it: one mail in both cases."""
    is_known = bool(find_data(email))
    name = new_name()
    return send_mail_from_folder(
        folder=f"portal/mail/personal_data/{'link' if is_known else 'nothing'}",
        to=[email],
        context={"link": link_of(name), "hours": int(GOOD_FOR.total_seconds() // 3600)},
        key=key_of(name),
        language=translation.get_language(),
    )


def erase_data(*, email: str) -> int:
    """Erase what there is about an address, table by table, the mail last: the link is dead then. How many rows.

    Each table commits its own work (places that are given back need a lock each): what broke off is taken up by
    asking once more.
    """
    return sum(holding.erase(email) for holding in _mail_last() if holding.is_erased)


def _mail_last() -> list[Holding]:
    return sorted(holdings(), key=lambda holding: holding.model == OUTBOX)
