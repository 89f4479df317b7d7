"""How long the log is kept: years for what was done, months for who signed in when."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import ngettext
from wagtail.log_actions import registry as log_registry
from wagtail.models import ModelLogEntry

from coalition.audit.finders import ACCOUNTS
from coalition.audit.people import FORGOTTEN

PUBLISHING = ("wagtail.publish", "wagtail.publish.scheduled")
BATCH = 1000
MOST = 50_000
"""Entries that one run deletes; the next day's run goes on."""


@dataclass(frozen=True)
class Old:
    """How many entries are past their time, and how many of these stay without a name."""

    deleted: int
    nameless: int


def count_old() -> Old:
    """What `forget_old` would do now."""
    return Old(
        deleted=sum(entries.count() for entries in _to_delete()), nameless=sum(each.count() for each in _to_strip())
    )


def forget_old() -> Old:
    """Delete what is past its time, and take the name off entries by which a published version is known.

    Those stay because what was ever published is kept for good, and the entry is what says so
    (portal.core.housekeeping.old_drafts). Each batch is committed by itself; a run that breaks off loses nothing.
    """
    nameless = sum(each.update(user=None, data=FORGOTTEN) for each in _to_strip())
    return Old(deleted=sum(_delete(entries) for entries in _to_delete()), nameless=nameless)


def forget_old_entries() -> str:
    """The time rule."""
    old = forget_old()
    text = ngettext("%(count)d old entry deleted", "%(count)d old entries deleted", old.deleted)
    return text % {"count": old.deleted}


def _to_delete() -> Iterator[QuerySet]:
    for model in log_registry.get_log_entry_models():
        past = _past(model)
        yield past.exclude(_shows_publication())


def _to_strip() -> Iterator[QuerySet]:
    for model in log_registry.get_log_entry_models():
        kept = _past(model).filter(_shows_publication())
        yield kept.exclude(user=None, data=FORGOTTEN)


def _past(model: type[Any]) -> QuerySet:
    now = timezone.now()
    past = Q(timestamp__lt=now - datetime.timedelta(days=365 * settings.AUDIT_LOG_YEARS))
    if model is ModelLogEntry:
        signed_in_before = now - datetime.timedelta(days=settings.AUDIT_SIGN_IN_DAYS)
        past |= Q(timestamp__lt=signed_in_before, action__startswith=ACCOUNTS)
    return model._default_manager.filter(past).order_by("timestamp")


def _shows_publication() -> Q:
    return Q(action__in=PUBLISHING, revision__isnull=False)


def _delete(entries: QuerySet) -> int:
    count = 0
    while count < MOST:
        numbers = list(entries.values_list("pk", flat=True)[:BATCH])
        if not numbers:
            break
        with transaction.atomic():
            entries.model._default_manager.filter(pk__in=numbers).delete()
        count += len(numbers)
    return count
