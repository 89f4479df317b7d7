"""What earlier imports made, and whether somebody has changed it since."""

import json
from dataclasses import dataclass
from typing import Any

from wagtail.models import Revision

from resources.importing.pages import STREAMS
from resources.models import GuidePage, ImportedGuide

OWNED = (
    "title", "summary", "format", "audience", "topics", "licence", "licence_note", "credit",
    "updated_on", "source_name", "source_url",
)  # fmt: skip
"""What the source says about a page, beside its text and tags. Everything else is the library's own, and stays."""


@dataclass(frozen=True)
class Held:
    """A guide of an earlier import. Without `page_id` its page was deleted. An edited or locked one is a person's."""

    page_id: int | None
    language: str
    row_hash: str
    links_hash: str
    latest_revision_id: int | None
    is_edited: bool


@dataclass(frozen=True)
class _Page:
    language: str
    latest: int | None
    is_locked: bool


def held_guides() -> dict[str, Held]:
    """What earlier imports made, by its id in the source."""
    imported = list(ImportedGuide.objects.order_by())
    fields = ("pk", "locale__language_code", "latest_revision_id", "locked")
    rows = GuidePage.objects.filter(imported__isnull=False).order_by().values_list(*fields)
    pages = {pk: _Page(*rest) for pk, *rest in rows}
    latest_of = {each.revision_id: pages[each.page_id].latest for each in imported if each.page_id in pages}
    edited = _edited({ours: latest for ours, latest in latest_of.items() if ours != latest})
    found = {}
    for each in imported:
        page = pages.get(each.page_id or 0, _Page("", None, False))
        is_edited = page.is_locked or (page.latest is not None and each.revision_id in edited)
        found[each.source_id] = Held(
            each.page_id, page.language, each.row_hash, each.links_hash, page.latest, is_edited
        )
    return found


def _edited(suspects: dict[int | None, int | None]) -> set[int | None]:
    """Of revisions that an import made, those whose page somebody has changed since in what the source says.

    A page that was only checked or given to another keeper has a newer revision, and is not edited.
    """
    edited = set()
    for ours, latest in suspects.items():
        kept = Revision.objects.filter(pk__in=[ours, latest]).values_list("pk", "content")
        contents = {pk: _owned(content) for pk, content in kept}
        if len(contents) < 2 or contents[ours] != contents[latest]:
            edited.add(ours)
    return edited


def _owned(content: dict[str, Any]) -> list[Any]:
    """What may be compared: PostgreSQL gives the names inside a stream another order."""
    streams = [json.loads(content.get(name) or "[]") for name in STREAMS]
    tags = sorted(given["tag"] for given in content.get("resource_tags", []))
    return [*(content.get(name) for name in OWNED), *streams, tags]
