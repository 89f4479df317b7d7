"""Fills guide pages with what their rows say."""

import datetime
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import slugify

from resources.blocks import give_anchors
from resources.importing.content import GuideContent
from resources.importing.mapping import Mapped
from resources.importing.rows import GuideRow
from resources.models import GuidePage

STREAMS = ("opening", "steps")
FILLED = (
    "title", "summary", "format", "audience", "licence", "licence_note", "credit", "updated_on", "source_id",
    "source_name", "source_url", *STREAMS,
)  # fmt: skip
"""Fields of a page that an import writes."""

RESERVED = ("feed",)
"""Slugs that are addresses of the library itself."""


def checked(content: GuideContent, row: GuideRow, mapped: Mapped) -> GuideContent:
    """The content with addresses for its steps. Raises ValidationError when an editor could not save such a page."""
    opening, steps = (_checked_stream(name, getattr(content, name)) for name in STREAMS)
    content = replace(content, opening=opening, steps=steps)
    page = fill(GuidePage(), row, mapped, content)
    relations = [field.name for field in GuidePage._meta.concrete_fields if field.is_relation]
    page.clean_fields(exclude=[*relations, "path", "depth", "slug", "url_path", "draft_title", *STREAMS])
    return content


def fill(page: GuidePage, row: GuideRow, mapped: Mapped, content: GuideContent) -> GuidePage:
    """Write into the page what its row says; topics and tags are rows of their own."""
    page.title = page.draft_title = content.title
    page.summary = content.summary
    page.format, page.audience = mapped.format, mapped.audience
    page.licence, page.licence_note = mapped.licence, mapped.licence_note
    page.credit = row.credit
    if row.published:
        page.updated_on = row.published
    page.source_id, page.source_name, page.source_url = row.id, mapped.source_name, row.source_url
    for name in STREAMS:
        setattr(page, name, stream(name, getattr(content, name)))
    return page


def stream(name: str, stored: list[dict[str, Any]]) -> Any:
    """The value of a stream field from what is stored of it."""
    return GuidePage._meta.get_field(name).stream_block.to_python(stored)  # type: ignore[union-attr]


def stored_stream(name: str, page: GuidePage) -> str:
    """A stream field as revisions hold it."""
    return GuidePage._meta.get_field(name).value_to_string(page)  # type: ignore[union-attr]


def keep_steps(old: Any, stored: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """New steps with the addresses and ids of the old ones, when there are as many: others may link to them."""
    if len(old) != len(stored):
        return stored
    return [
        step | {"id": child.id or step["id"], "value": step["value"] | {"anchor": child.value["anchor"]}}
        if child.value.get("anchor")
        else step
        for step, child in zip(stored, old, strict=True)
    ]


def give_slugs(pages: list[GuidePage], taken: set[str]) -> None:
    """Give each page a slug that no other page in its library has."""
    used = taken | set(RESERVED)
    for page in pages:
        base = slugify(page.title)[:200].strip("-") or "guide"
        slug, number = base, 1
        while slug in used:
            number += 1
            slug = f"{base}-{number}"
        used.add(slug)
        page.slug = slug


def published_at(row: GuideRow, now: datetime.datetime) -> datetime.datetime:
    """When the guide was first published, by its row."""
    if not row.published:
        return now
    return min(now, timezone.make_aware(datetime.datetime.combine(row.published, datetime.time(12))))


def _checked_stream(name: str, stored: list[dict[str, Any]]) -> list[dict[str, Any]]:
    block = GuidePage._meta.get_field(name).stream_block  # type: ignore[union-attr]
    value = block.to_python(stored)
    if name == "steps":
        give_anchors(value)
    try:
        block.clean(value)
    except ValidationError as error:
        raise ValidationError(_reasons(error)) from error
    return block.get_prep_value(value)


def _reasons(error: Any) -> list[str]:
    """The messages inside an error of nested blocks."""
    nested = [*(getattr(error, "block_errors", None) or {}).values()] if hasattr(error, "block_errors") else []
    found = [reason for each in nested if each is not None for reason in _reasons(each)]
    return found or list(getattr(error, "messages", [])) or [str(error)]
