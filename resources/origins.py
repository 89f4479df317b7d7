"""Where a city's copy of a guide comes from, and whether the original says something else by now."""

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from wagtail.fields import StreamField

from portal.core.enclaves import home_over
from resources.models.choices import Access
from resources.models.guide import GuidePage
from resources.models.uses import GuideCopy
from resources.sources import library_guides, source_in

CONTENT = (
    "title",
    "summary",
    "cost",
    "people",
    "evidence_level",
    "evidence",
    "opening",
    "steps",
    "closing",
    "access",
)
"""What counts as a change of a guide. Dates and people who keep it do not."""


@dataclass(frozen=True)
class Origin:
    """A copy's row, and its source: None while the library does not show it (any more)."""

    copy: GuideCopy
    source: GuidePage | None

    @property
    def title(self) -> str:
        """What the source is called; what it was called when it was copied, if it is gone."""
        return str(self.source.title if self.source else self.copy.source_content.get("title", ""))

    @cached_property
    def has_changed(self) -> bool:
        """Whether the source says something else than when it was copied, or last looked at."""
        return self.source is not None and has_changed(self.copy, self.source)


def content_of(guide: GuidePage) -> dict[str, Any]:
    """What a guide says, as it is stored; names inside a block in one order, where PostgreSQL has its own."""
    stored = guide.serializable_data()
    streams = {name for name in CONTENT if isinstance(guide._meta.get_field(name), StreamField)}
    return {
        name: json.dumps(json.loads(stored[name] or "[]"), sort_keys=True) if name in streams else stored[name]
        for name in CONTENT
    }


def hash_of(content: dict[str, Any]) -> str:
    """The same for the same content, however its rows were written."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()


def has_changed(copy: GuideCopy, source: GuidePage) -> bool:
    """Whether the source says something else than the copy's row. Nothing is read while it was not published since."""
    if source.last_published_at is not None and source.last_published_at <= copy.taken_at:
        return False
    return hash_of(content_of(source)) != copy.source_hash


def row_of(page: Any) -> GuideCopy | None:
    """The row about a copy; that of its original language for a copy that the city has translated. One query."""
    rows = GuideCopy.objects.filter(copy__translation_key=page.translation_key).select_related("copy")
    found = list(rows.order_by("pk"))
    return next((row for row in found if row.copy_id == page.pk), found[0] if found else None)


def origin_of(page: Any) -> Origin | None:
    """Where a copy comes from, None for any other page. No query for a page that stands in no city's site."""
    if not isinstance(page, GuidePage) or not page.pk or not page.path or home_over(page) is None:
        return None
    row = row_of(page)
    return Origin(row, source_in(row.source_key, row.copy.locale_id)) if row else None


def origins_of(pages: list[GuidePage]) -> dict[int, Origin]:
    """Page → its origin, for copies among these pages that have a row of their own. Two queries."""
    rows = list(GuideCopy.objects.filter(copy__in=[page.pk for page in pages]).select_related("copy"))
    sources = {
        (guide.translation_key, guide.locale_id): guide
        for guide in library_guides().filter(translation_key__in={row.source_key for row in rows})
    }
    return {row.copy_id: Origin(row, sources.get((row.source_key, row.copy.locale_id))) for row in rows}


def keep_closed(page: GuidePage) -> None:
    """A copy of what is for members only stays for members only: the guide as a whole, or single steps of it."""
    row = row_of(page) if page.pk and page.path and home_over(page) is not None else None
    if row is None:
        return
    if row.source_content.get("access") == Access.MEMBERS:
        page.access = Access.MEMBERS
    closed = _closed_steps(row.source_content)
    for child in page.steps:
        if child.id in closed:
            child.value["for_members"] = True


def _closed_steps(content: dict[str, Any]) -> set[str]:
    """Ids of the steps that only members read; a copy keeps the ids of its source."""
    steps = json.loads(content.get("steps") or "[]")
    return {step.get("id") for step in steps if step["value"].get("for_members")}
