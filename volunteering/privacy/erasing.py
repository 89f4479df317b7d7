"""Empties what is personal in sign-ups. Numbers stay: how many, when, whether they came."""

import datetime
import secrets
from collections.abc import Collection, Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from portal.core.models import OutboxMessage
from portal.core.personal_data.outbox_mail import empty_mail
from volunteering.booking.managing import cancel
from volunteering.models import SignUp
from volunteering.models.sign_up import new_secret

AT_ONCE = 200
FEW = 10  # so many are asked for by name; for more, all mails of this room are looked at once
MAIL = "volunteering:"
"""How the keys of this room's mails begin; what follows names the sign-up: volunteering:<what>:<sign-up>:<change>."""
EMPTY: dict[str, Any] = {
    "name": "", "email": "", "email_folded": "", "phone": "", "guardian_name": "", "guardian_email": "",
    "guardian_email_folded": "", "note": "", "waiver": None,
}  # fmt: skip


def erase_address(email: str) -> int:
    """Erase every sign-up of an address. Returns how many. Each is a transaction of its own, in the order of shifts."""
    rows = SignUp.objects.of_address(email).filter(erased_at=None).select_related("shift").order_by("shift_id", "pk")
    found = list(rows)
    for row in found:
        if is_only_guardian(row, email):
            withdraw_guardian(sign_up=row)
        else:
            erase_sign_up(sign_up=row)
    return len(found)


def is_only_guardian(row: SignUp, email: str) -> bool:
    """Whether the address is the guardian's of somebody who has an address of their own."""
    return bool(row.email_folded) and row.email_folded != email.strip().lower()


@transaction.atomic
def erase_sign_up(*, sign_up: SignUp, now: datetime.datetime | None = None) -> None:
    """Give back places that are still ahead, empty the row and the mails about it."""
    now = now or timezone.now()
    if is_ahead(sign_up, now):
        cancel(sign_up=sign_up)
    empty_mail_about([sign_up])
    empty_rows([sign_up.pk], now=now)


@transaction.atomic
def withdraw_guardian(*, sign_up: SignUp, now: datetime.datetime | None = None) -> None:
    """A guardian takes their data out: what is still ahead is cancelled, since nobody agrees to it any more."""
    if sign_up.needs_guardian and is_ahead(sign_up, now or timezone.now()):
        cancel(sign_up=sign_up)
    SignUp.objects.filter(pk=sign_up.pk).update(
        guardian_name="", guardian_email="", guardian_email_folded="", guardian_agreed_at=None
    )


def empty_rows(ids: Collection[int], *, now: datetime.datetime) -> int:
    """Empty these rows. Their links, calendar addresses and forms are worthless from now on."""
    rows = list(SignUp.objects.filter(pk__in=ids, erased_at=None))
    for row in rows:
        for name, value in EMPTY.items():
            setattr(row, name, value)
        row.answers = {}
        row.form_token, row.secret, row.erased_at = secrets.token_urlsafe(24), new_secret(), now
    fields = [*EMPTY, "answers", "form_token", "secret", "erased_at"]
    SignUp.objects.bulk_update(rows, fields, batch_size=AT_ONCE)
    return len(rows)


def empty_mail_about(sign_ups: Iterable[SignUp]) -> int:
    """Empty the mails about these sign-ups, and let those that still wait never leave. Returns how many."""
    addresses = {str(row.pk): {row.email_folded, row.guardian_email_folded} - {""} for row in sign_ups}
    if not addresses:
        return 0
    mails = OutboxMessage.objects.filter(key__startswith=MAIL, purged_at=None)
    if len(addresses) <= FEW:
        mails = mails.filter(reduce(or_, (Q(key__contains=f":{pk}") for pk in addresses)))
    rows = mails.values_list("pk", "key", "to").iterator()
    found = [pk for pk, key, to in rows if _is_about(key, to, addresses)]
    return sum(
        empty_mail(OutboxMessage.objects.filter(pk__in=found[start : start + AT_ONCE]))
        for start in range(0, len(found), AT_ONCE)
    )


def _is_about(key: str, to: list[str], addresses: dict[str, set[str]]) -> bool:
    wanted = {address for part in key.split(":")[2:] for address in addresses.get(part, ())}
    return any(each.lower() in wanted for each in to)


def is_ahead(row: SignUp, now: datetime.datetime) -> bool:
    """Whether it has a place, or waits for one, at a time that is not over."""
    return row.is_active and (row.shift.ends_at is None or row.shift.ends_at > now)
