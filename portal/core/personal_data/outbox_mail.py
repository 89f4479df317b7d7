"""What the outbox knows about an address: the mail that went to it, and mail that somebody with it had sent."""

import json
from collections.abc import Iterator
from email.utils import parseaddr
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.models import OutboxMessage
from portal.core.personal_data.registry import Holding, register_holding

Status = OutboxMessage.Status
WHO = ("to", "cc", "bcc", "reply_to")
EMPTY: dict[str, Any] = {
    **dict.fromkeys(WHO, []), "headers": {}, "subject": "", "text": "", "html": "", "last_error": "",
}  # fmt: skip


def empty_mail(mails: QuerySet[OutboxMessage]) -> int:
    """Remove addresses and text from these mails; key and status stay. What still waits is never sent. How many."""
    now = timezone.now()
    kept = mails.filter(purged_at=None)
    withdrawn = kept.filter(status=Status.QUEUED).update(**EMPTY, purged_at=now, status=Status.FAILED)
    return withdrawn + kept.exclude(status=Status.QUEUED).update(**EMPTY, purged_at=now)


def mails_of(email: str) -> list[OutboxMessage]:
    """Mails to an address, and those that ask to be answered to it; newest first."""
    wanted = email.strip().lower()
    spellings = {wanted, json.dumps(wanted)[1:-1]}  # SQLite keeps JSON in ASCII, PostgreSQL as it is
    likely = Q(pk__in=[])
    for field in WHO:
        for spelling in spellings:
            likely |= Q(**{f"{field}__icontains": spelling})
    return [mail for mail in OutboxMessage.objects.filter(likely, purged_at=None) if wanted in _addresses(mail)]


def _addresses(mail: OutboxMessage) -> set[str]:
    return {parseaddr(str(each))[1].lower() for field in WHO for each in getattr(mail, field)}


def _find(email: str) -> Iterator[dict[str, Any]]:
    for mail in mails_of(email):
        yield {
            _("Written"): date_format(timezone.localtime(mail.created_at), "DATETIME_FORMAT"),
            _("Status"): str(mail.get_status_display()),
            _("To"): ", ".join(mail.to),
            _("Answers go to"): ", ".join(mail.reply_to),
            _("Subject"): mail.subject,
            _("Text"): mail.text,
        }


@transaction.atomic
def _erase(email: str) -> int:
    """Empty their mail. What still waits for others too goes to those alone."""
    wanted = email.strip().lower()
    mails = mails_of(email)
    shared = [mail for mail in mails if mail.status == Status.QUEUED and _receivers(mail) - {wanted}]
    shared = [mail for mail in shared if wanted in _receivers(mail)]
    for mail in shared:
        for field in WHO:
            kept = [each for each in getattr(mail, field) if parseaddr(str(each))[1].lower() != wanted]
            setattr(mail, field, kept)
    OutboxMessage.objects.bulk_update(shared, WHO)
    whole = [mail.pk for mail in mails if mail not in shared]
    return len(shared) + empty_mail(OutboxMessage.objects.filter(pk__in=whole))


def _receivers(mail: OutboxMessage) -> set[str]:
    return {parseaddr(str(each))[1].lower() for each in [*mail.to, *mail.cc, *mail.bcc]}


def register_outbox() -> None:
    """Make the outbox known as a table with data about people."""
    register_holding(
        Holding(
            model="core.OutboxMessage",
            label=gettext_lazy("Mail between us"),
            fields=("to", "cc", "bcc", "reply_to", "headers", "subject", "text", "html", "last_error"),
            find=_find,
            erase=_erase,
            note=gettext_lazy(
                "We empty it after 90 days anyway. What stays is that a mail was sent, not to whom or what it said."
            ),
        )
    )
