"""Writes mail in the caller's transaction, sends it after the commit, tries again, and never sends one mail twice.

A mail goes QUEUED → SENDING → SENT. The step to SENDING is one conditional UPDATE that is committed before the mail
leaves the house, so of several senders one wins. When the answer never comes (the process was killed, the line broke
after the text was sent) the mail stays in SENDING: nobody can know whether it arrived, so a person decides.
"""

import datetime
import hashlib
import logging
import smtplib
from collections.abc import Sequence
from email.utils import format_datetime, parseaddr
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task
from wagtail.log_actions import log

from portal.core.models import OutboxMessage
from portal.core.tasks import enqueue
from portal.core.turns import turn

logger = logging.getLogger(__name__)

Status = OutboxMessage.Status

# How long to wait after the first, second, … failed attempt. After the last one the mail is given up.
RETRY_AFTER = tuple(datetime.timedelta(minutes=minutes) for minutes in (1, 5, 30, 2 * 60, 6 * 60, 24 * 60))
ANSWER_WITHIN = datetime.timedelta(minutes=10)  # a mail handed over for longer than this is a person's to decide
TROUBLE_LASTS = datetime.timedelta(minutes=5)  # after a failed attempt, requests leave sending to `run_due`
MOST_AT_ONCE = 200
FAILURES_IN_A_ROW = 3  # then the mail server is taken to be down until the next round
KEY_LENGTH = OutboxMessage._meta.get_field("key").max_length or 0
SUBJECT_LENGTH = OutboxMessage._meta.get_field("subject").max_length or 0

# These answers mean for certain that the mail server did not take the mail.
REFUSALS = (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused, smtplib.SMTPNotSupportedError)


class AlreadyDecidedError(Exception):
    """A decision about a mail that is not (any longer) waiting for one."""


@transaction.atomic
def queue(
    *,
    key: str,
    to: Sequence[str],
    subject: str,
    text: str,
    html: str = "",
    from_email: str = "",
    reply_to: Sequence[str] = (),
    headers: dict[str, str] | None = None,
    cc: Sequence[str] = (),
    bcc: Sequence[str] = (),
) -> OutboxMessage:
    """Write one mail; it is sent when the caller's transaction commits. Returns the row.

    A key that was used before gives the mail of that time, and nothing new is written. Raises ValueError when the key
    is empty or too long, nobody is addressed, or an address, the subject or a header cannot stand in a mail.
    """
    if not key or len(key) > KEY_LENGTH:
        raise ValueError(f"A mail needs a key of 1 to {KEY_LENGTH} characters, not {len(key)}.")
    if not (to or cc or bcc):
        raise ValueError("A mail needs somebody to go to.")
    values: dict[str, Any] = {
        "to": list(to),
        "cc": list(cc),
        "bcc": list(bcc),
        "subject": subject[:SUBJECT_LENGTH],
        "text": text,
        "html": html,
        "from_email": from_email or settings.DEFAULT_FROM_EMAIL,
        "reply_to": list(reply_to),
        "headers": dict(headers or {}),
        "due_at": timezone.now(),
    }
    _as_email(OutboxMessage(key=key, created_at=values["due_at"], **values)).message()  # raises what would fail later
    message, is_new = OutboxMessage.objects.get_or_create(key=key, defaults=values)
    if is_new:
        enqueue(deliver_soon, message.pk)
    return message


@task()
def deliver_soon(message_id: int) -> None:
    """Send a mail right after its commit, unless the mail server is in trouble: a visitor must not wait for that."""
    recently = timezone.now() - TROUBLE_LASTS
    if OutboxMessage.objects.filter(status=Status.QUEUED, attempts__gt=0, claimed_at__gte=recently).exists():
        return
    deliver(message_id=message_id)


def send_due(now: datetime.datetime | None = None) -> int:
    """Send what waits, oldest first, at most `MOST_AT_ONCE`. Returns how many were sent."""
    now = now or timezone.now()
    waiting = OutboxMessage.objects.filter(status=Status.QUEUED, due_at__lte=now).order_by("due_at", "pk")
    sent = failed_in_a_row = 0
    for message_id in list(waiting.values_list("pk", flat=True)[:MOST_AT_ONCE]):
        outcome = deliver(message_id=message_id, now=now)
        sent += outcome == Status.SENT
        failed_in_a_row = failed_in_a_row + 1 if outcome not in (Status.SENT, None) else 0
        if failed_in_a_row >= FAILURES_IN_A_ROW:
            break
    return sent


def deliver(*, message_id: int, now: datetime.datetime | None = None) -> str | None:
    """Hand one mail to the transport. Returns its status afterwards, None when it was not ours to send.

    Must not run inside a transaction: the claim has to be committed before the mail leaves (RuntimeError).
    """
    message = _claim(message_id, now or timezone.now())
    if message is None:
        return None
    changes = _hand_over(message)
    changes.setdefault("last_error", "")
    with turn(durable=True):
        mine = OutboxMessage.objects.filter(pk=message.pk, status=Status.SENDING, claimed_at=message.claimed_at)
        mine.update(**changes)
    return changes.get("status", Status.SENDING)


def _claim(message_id: int, now: datetime.datetime) -> OutboxMessage | None:
    with turn(durable=True):
        mine = OutboxMessage.objects.filter(pk=message_id, status=Status.QUEUED, due_at__lte=now).update(
            status=Status.SENDING, claimed_at=now, attempts=F("attempts") + 1
        )
        return OutboxMessage.objects.get(pk=message_id) if mine else None


def _hand_over(message: OutboxMessage) -> dict[str, Any]:
    """Send, and say what to write on the row. One connection a mail: a reused one may break between two mails."""
    connection = get_connection(settings.MAIL_TRANSPORT)
    try:
        email = _as_email(message)
        email.message()
    except ValueError as error:
        return {"status": Status.FAILED, "last_error": _in_words(error)}
    try:
        connection.open()
    except Exception as error:  # nothing has left the house yet, whatever went wrong
        logger.warning("Mail %s: no connection to the mail server: %s", message.key, error)
        return _try_again(message, error)
    try:
        connection.send_messages([email])
    except REFUSALS as error:
        logger.warning("Mail %s was refused: %s", message.key, error)
        return _try_again(message, error)
    except Exception as error:
        logger.exception("Mail %s: the mail server gave no answer; a person has to decide", message.key)
        return {"last_error": _in_words(error)}
    finally:
        _close(connection)
    return {"status": Status.SENT, "sent_at": timezone.now()}


def _close(connection: Any) -> None:
    try:
        connection.close()
    except Exception:  # the mail has left by now; a rude goodbye changes nothing about that
        logger.warning("The mail server's connection did not close cleanly", exc_info=True)


def _try_again(message: OutboxMessage, error: Exception) -> dict[str, Any]:
    if message.attempts > len(RETRY_AFTER):
        return {"status": Status.FAILED, "last_error": _in_words(error)}
    due_at = timezone.now() + RETRY_AFTER[message.attempts - 1]
    return {"status": Status.QUEUED, "due_at": due_at, "last_error": _in_words(error)}


def _in_words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:2000]


def message_id_for(key: str, from_email: str) -> str:
    """The Message-ID header of the mail with this key: the same at every attempt, so mailboxes can drop a double."""
    host = parseaddr(from_email)[1].rpartition("@")[2] or "localhost"
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{host}>"


def _as_email(message: OutboxMessage) -> EmailMultiAlternatives:
    given = {name: value for name, value in message.headers.items() if name.lower() not in {"message-id", "date"}}
    email = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text,
        from_email=message.from_email,
        to=message.to,
        cc=message.cc,
        bcc=message.bcc,
        reply_to=message.reply_to,
        headers={
            "Auto-Submitted": "auto-generated",
            **given,
            "Message-ID": message_id_for(message.key, message.from_email),
            "Date": format_datetime(message.created_at),
        },
    )
    if message.html:
        email.attach_alternative(message.html, "text/html")
    return email


def needing_decision(now: datetime.datetime | None = None) -> QuerySet[OutboxMessage]:
    """Mail that only a person can move: given up, or handed over so long ago that no answer will come."""
    silent_since = (now or timezone.now()) - ANSWER_WITHIN
    stuck = Q(status=Status.FAILED) | Q(status=Status.SENDING, claimed_at__lt=silent_since)
    return OutboxMessage.objects.filter(stuck, purged_at=None)


@transaction.atomic
def send_again(*, message: OutboxMessage, by: AbstractBaseUser) -> None:
    """Queue a mail that needs a decision once more. Raises AlreadyDecidedError when it no longer does."""
    _decide(message, status=Status.QUEUED, attempts=0, due_at=timezone.now(), last_error="")
    log(instance=message, action="core.mail.send_again", user=by)
    enqueue(deliver_soon, message.pk)


@transaction.atomic
def mark_arrived(*, message: OutboxMessage, by: AbstractBaseUser) -> None:
    """Note that a mail without an answer did arrive. Raises AlreadyDecidedError when it needs no decision."""
    _decide(message, status=Status.SENT, sent_at=timezone.now(), last_error="")
    log(instance=message, action="core.mail.arrived", user=by)


def _decide(message: OutboxMessage, **changes: Any) -> None:
    if not needing_decision().filter(pk=message.pk).update(**changes):
        raise AlreadyDecidedError(_("Somebody has decided about this mail already, or it is on its way now."))
    message.refresh_from_db()
