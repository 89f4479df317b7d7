"""The ground floor's own time rules: sending, publishing on schedule, and throwing away what is no longer needed."""

import datetime
from collections.abc import Iterator

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db.models import Max, Model, Q, QuerySet
from django.utils import timezone
from django.utils.translation import ngettext
from django_tasks import task_backends
from django_tasks_db import DatabaseBackend
from wagtail.models import ModelLogEntry, PageLogEntry, Revision, RevisionMixin

from portal.core import outbox
from portal.core.due import register_due
from portal.core.models import OutboxMessage, TaskFailure

DAILY = datetime.timedelta(hours=20)  # less than a day, so that a daily rule does not creep around the clock
KEEP_MAIL = datetime.timedelta(days=90)
KEEP_DRAFTS = datetime.timedelta(days=90)
KEEP_TASK_RECORDS = datetime.timedelta(days=90)
DRAFTS_AT_ONCE = 2000


def register_housekeeping() -> None:
    """Register the rules of this room. Those that commit step by step stand outside a transaction."""
    register_due("core.send_mail", send_mail, is_atomic=False)
    register_due("core.publish_scheduled", publish_scheduled, is_atomic=False)
    register_due("core.empty_old_mail", empty_old_mail, every=DAILY)
    register_due("core.clear_sessions", clear_sessions, every=DAILY)
    register_due("core.purge_drafts", purge_drafts, every=DAILY)
    register_due("core.purge_task_records", purge_task_records, every=DAILY)


def send_mail() -> str:
    """Send the mail that waits in the outbox."""
    sent = outbox.send_due()
    return ngettext("%(count)d mail sent", "%(count)d mails sent", sent) % {"count": sent}


def publish_scheduled() -> str:
    """Put online what editors scheduled, take offline what expired."""
    call_command("publish_scheduled", verbosity=0)
    return ""


def empty_old_mail() -> str:
    """Remove addresses and text from mail that left, or was given up, 90 days ago. Key and status stay."""
    now = timezone.now()
    old = (
        OutboxMessage.objects.filter(purged_at=None, created_at__lt=now - KEEP_MAIL)
        .exclude(status=OutboxMessage.Status.QUEUED)
        .filter(Q(claimed_at=None) | Q(claimed_at__lt=now - KEEP_MAIL))
    )
    count = old.update(
        to=[], cc=[], bcc=[], reply_to=[], headers={}, subject="", text="", html="", last_error="", purged_at=now
    )
    return ngettext("%(count)d mail emptied", "%(count)d mails emptied", count) % {"count": count}


def clear_sessions() -> str:
    """Delete expired sessions."""
    call_command("clearsessions", verbosity=0)
    return ""


def purge_task_records() -> str:
    """Delete what was recorded about background tasks 90 days ago: finished runs, and failures that staff settled."""
    TaskFailure.objects.filter(is_settled=True, failed_at__lt=timezone.now() - KEEP_TASK_RECORDS).delete()
    for alias in settings.TASKS:
        if isinstance(task_backends[alias], DatabaseBackend):
            age = f"--min-age-days={KEEP_TASK_RECORDS.days}"
            call_command("prune_db_task_results", f"--backend={alias}", age, "--queue-name=*", verbosity=0)
    return ""


def purge_drafts() -> str:
    """Delete drafts in between, 90 days old. What was ever published stays for good, and so does the latest draft."""
    count = 0
    for revision in old_drafts()[:DRAFTS_AT_ONCE]:
        revision.delete()  # one by one: Wagtail moves the comments of each to the next
        count += 1
    return ngettext("%(count)d draft deleted", "%(count)d drafts deleted", count) % {"count": count}


def old_drafts() -> QuerySet[Revision]:
    """Revisions that nobody can miss: older than 90 days and not the last of then, never published, not scheduled, not
    in a workflow, not the latest. Wagtail's own `purge_revisions` would delete published versions too."""
    old = Revision.objects.filter(created_at__lt=timezone.now() - KEEP_DRAFTS)
    # How a page stood when the 90 days began: taking back an edit of last week may lead there.
    last_of_each = old.order_by().values("base_content_type", "object_id").annotate(last=Max("pk")).values("last")
    drafts = old.filter(approved_go_live_at=None, task_states__isnull=True).exclude(pk__in=last_of_each)
    published = {"action__in": ["wagtail.publish", "wagtail.publish.scheduled"], "revision__isnull": False}
    for log in (PageLogEntry, ModelLogEntry):
        drafts = drafts.exclude(pk__in=log.objects.filter(**published).values("revision_id"))
    for model, field in _revision_pointers():
        in_use = model._base_manager.filter(**{f"{field}__isnull": False})
        drafts = drafts.exclude(pk__in=in_use.values(f"{field}_id"))
    return drafts.order_by("pk")


def _revision_pointers() -> Iterator[tuple[type[Model], str]]:
    """Every (model, field) that says which revision of an object is the latest, the live or the scheduled one."""
    for model in apps.get_models():
        if not issubclass(model, RevisionMixin):
            continue
        for field in model._meta.local_fields:
            if field.related_model is Revision:
                yield model, field.name
