"""Notes that somebody has checked a resource, and tells keepers when it is time to."""

import datetime
import json
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext
from wagtail.log_actions import log
from wagtail.models import Revision
from wagtail.signals import page_published
from wagtail_localize.models import TranslationSource

from portal.accounts.events import language_of
from portal.core.mail import send_mail_from_folder
from portal.core.models import OutboxMessage
from resources.models import ResourcePage
from resources.review.dates import due_by, due_on
from resources.review.selectors import kept_resources

CHECKED = "resources.review.checked"


def may_check(page: ResourcePage, user: Any) -> bool:
    """Whether the person may say that it is still true: who publishes it, and its keeper as long as they edit it."""
    rights = page.permissions_for_user(user)
    return bool(rights.can_publish() or (rights.can_edit() and page.keeper_id == user.pk))


@transaction.atomic
def mark_checked(*, page: ResourcePage, by: Any, day: datetime.date | None = None) -> None:
    """Note on the resource, in all its languages, that it was read from end to end today and is still true.

    The day is written where it is shown and into every version that may follow: a draft that is published later does
    not bring the old day back. Nothing else of a draft is touched, or goes online.
    """
    day = day or timezone.localdate()
    family = ResourcePage.objects.filter(translation_key=page.translation_key)
    for each in family:
        _write_into_versions(each, day)
    family.update(reviewed_on=day)
    _write_into_source(page, day)
    for each in family.live().specific():
        log(instance=each, action=CHECKED, user=by)
        page_published.send(
            sender=type(each), instance=each, revision=each.live_revision
        )  # whatever keeps it renews it


def _write_into_versions(page: ResourcePage, day: datetime.date) -> None:
    for version in Revision.objects.filter(pk__in=_versions_to_come(page)):
        content = version.content | {"reviewed_on": day.isoformat()}
        Revision.objects.filter(pk=version.pk).update(content=content)


def _versions_to_come(page: ResourcePage) -> list[int]:
    """The version that is online, the latest, and one that waits for its hour."""
    scheduled = Revision.page_revisions.filter(object_id=str(page.pk), approved_go_live_at__isnull=False)
    numbers = [page.live_revision_id, page.latest_revision_id, *scheduled.values_list("pk", flat=True)]
    return [number for number in numbers if number]


def _write_into_source(page: ResourcePage, day: datetime.date) -> None:
    """Translations take what is the same in every language from what was last handed over to them."""
    for source in TranslationSource.objects.filter(object_id=page.translation_key):
        content = json.loads(source.content_json) | {"reviewed_on": day.isoformat()}
        TranslationSource.objects.filter(pk=source.pk).update(content_json=json.dumps(content))


def tell_keepers(today: datetime.date | None = None) -> str:
    """Mail the keeper of each resource whose day has come: once for each resource, day and keeper."""
    today = today or timezone.localdate()
    due = due_by(kept_resources().filter(keeper__is_active=True), today).select_related(
        "keeper__wagtail_userprofile", "locale"
    )
    keys = {_key(page): page for page in due}
    told = set(OutboxMessage.objects.filter(key__startswith="resources.review:").values_list("key", flat=True))
    new = {key: page for key, page in keys.items() if key not in told}
    for key, page in new.items():
        _tell(page, key, today)
    return ngettext("%(count)d keeper told", "%(count)d keepers told", len(new)) % {"count": len(new)}


def _key(page: ResourcePage) -> str:
    return f"resources.review:{page.translation_key}:{due_on(page).isoformat()}:{page.keeper_id}"


def _tell(page: ResourcePage, key: str, today: datetime.date) -> None:
    keeper = page.keeper
    if keeper is None:
        return
    language = language_of(keeper)
    with translation.override(language):
        context = {
            "page": page,
            "due_on": due_on(page),
            "is_overdue": due_on(page) < today,
            "list_url": settings.WAGTAILADMIN_BASE_URL + reverse("library_review:index"),
            "page_url": page.full_url,
        }
    send_mail_from_folder(
        folder="resources/mail/review", to=[keeper.email], context=context, key=key, language=language
    )
