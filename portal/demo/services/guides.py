"""What the pages of the library need beyond other pages: topics, tags, days, a keeper, and addresses of steps."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from portal.accounts.models import User
from portal.core.models import Topic
from portal.demo.services.words import names, read
from resources.blocks import give_anchors
from resources.models import GuidePage, LibraryPage, PlaybookPage, ToolkitPage
from resources.models.base import ResourcePage

FOLDER = "guides"
LIBRARY_KINDS: dict[str, type[Page]] = {
    "LibraryPage": LibraryPage,
    "GuidePage": GuidePage,
    "PlaybookPage": PlaybookPage,
    "ToolkitPage": ToolkitPage,
}
NOT_FIELDS = {"topics", "tags", "later", "checked", "changed"}  # the last two in days ago: they never lie ahead


def guide_specs() -> Iterator[dict[str, Any]]:
    """What `content/guides` says of each guide, playbook and toolkit; the file's name is the page's address."""
    for name in names(FOLDER):
        yield {"kind": "GuidePage", "slug": name.rpartition("/")[2], **read(name)}


def as_entries(name: str, entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The entries of a stream that holds one kind of block need not repeat which."""
    only = {"steps": "step", "chapters": "chapter", "tools": "tool"}.get(name)
    return [{"type": only, **entry} for entry in entries] if only else entries


def describe(page: Page, spec: dict[str, Any], *, by: User) -> None:
    """Give a page of the library what is no text. Other pages stay as they are."""
    if not isinstance(page, ResourcePage):
        return
    page.topics.set(Topic.objects.filter(slug__in=spec["topics"]))
    page.tags.set(spec.get("tags", []))
    page.keeper = by
    page.updated_on = _days_ago(spec["changed"])
    page.reviewed_on = _days_ago(spec["checked"])
    if isinstance(page, GuidePage):
        give_anchors(page.steps)


def _days_ago(count: int) -> datetime.date:
    return timezone.localdate() - datetime.timedelta(days=count)
