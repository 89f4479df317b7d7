"""How pages stood at a moment: public or not, which version, below which page. Told by the log and the versions."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Max
from wagtail.models import Page, PageLogEntry, Revision

PUBLISHED = ("wagtail.publish", "wagtail.publish.scheduled")
TAKEN_OFFLINE = ("wagtail.unpublish", "wagtail.unpublish.scheduled")
MADE = ("wagtail.create", "wagtail.copy", "wagtail.copy_for_translation", "wagtail.create_alias")


@dataclass(frozen=True)
class Before:
    """A page at a moment. `version` is what was public, else the latest draft; `draft` what was newer than that."""

    was_there: bool
    was_live: bool = False
    version: Revision | None = None
    draft: Revision | None = None
    parent_id: int | None = None
    """The page it stood below, if it has been moved since."""


def before(*, pages: Iterable[Page], entries: Iterable[PageLogEntry], since: datetime.datetime) -> dict[int, Before]:
    """Page id → how the page stood at `since`. `entries` is all that the log says of them after that. Four queries."""
    pages = list(pages)
    ids = [page.pk for page in pages]
    by_page: dict[int, list[PageLogEntry]] = {}
    for entry in sorted(entries, key=lambda entry: (entry.timestamp, entry.pk)):
        by_page.setdefault(entry.page_id, []).append(entry)
    last_steps = _last_steps(ids, since)
    drafts = _last_versions(ids, since)
    versions = Revision.page_revisions.in_bulk(
        {entry.revision_id for entry in last_steps.values()}
        | {page.live_revision_id for page in pages}
        | set(drafts.values())
    )
    return {
        page.pk: _before(page, by_page.get(page.pk, []), last_steps.get(page.pk), drafts.get(page.pk), versions)
        for page in pages
    }


def _last_steps(ids: list[int], since: datetime.datetime) -> dict[int, PageLogEntry]:
    """Page id → when it was last published or taken offline before `since`."""
    steps = PageLogEntry.objects.filter(page__in=ids, timestamp__lt=since, action__in=PUBLISHED + TAKEN_OFFLINE)
    last = steps.order_by().values("page_id").annotate(last=Max("pk")).values("last")
    return {entry.page_id: entry for entry in PageLogEntry.objects.filter(pk__in=last)}


def _last_versions(ids: list[int], since: datetime.datetime) -> dict[int, int]:
    """Page id → its latest version of before `since`, by number."""
    versions = Revision.page_revisions.filter(object_id__in=[str(pk) for pk in ids], created_at__lt=since)
    rows = versions.order_by().values("object_id").annotate(last=Max("pk"))
    return {int(row["object_id"]): row["last"] for row in rows}


def _before(
    page: Page,
    entries: list[PageLogEntry],
    last_step: PageLogEntry | None,
    draft_id: int | None,
    versions: dict[Any, Revision],
) -> Before:
    if any(entry.action in MADE for entry in entries):
        return Before(was_there=False)
    draft = versions.get(draft_id)
    was_live, version_id = _public_version(page, entries, last_step)
    version = versions.get(version_id) if was_live else None
    parent_id = next((entry.data["source"]["id"] for entry in entries if entry.action == "wagtail.move"), None)
    if draft is not None and version is not None and draft.pk <= version.pk:
        draft = None
    return Before(True, was_live, version or draft, draft if version else None, parent_id)


def _public_version(page: Page, entries: list[PageLogEntry], last_step: PageLogEntry | None) -> tuple[bool, int | None]:
    """Whether the page was public, and in which version if the log says so."""
    if last_step is not None:
        return last_step.action in PUBLISHED, last_step.revision_id
    first_step = next((entry for entry in entries if entry.action in PUBLISHED + TAKEN_OFFLINE), None)
    if first_step is None:  # public, or not, from the start
        return page.live, page.live_revision_id
    return first_step.action in TAKEN_OFFLINE, None
