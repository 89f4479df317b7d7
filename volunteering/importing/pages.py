"""Fills opportunity pages with what their rows say."""

import datetime
import json
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import slugify

from volunteering.importing.content import body_of, cut, lines_that_fit, plain, summary_of
from volunteering.importing.mapping import Mapped
from volunteering.importing.rows import OpportunityRow
from volunteering.models import OpportunityPage

FILLED = (
    "title", "summary", "body", "skills", "organizer", "is_online", "address", "zip", "latitude", "longitude",
    "min_age", "min_age_with_adult", "pictogram", "source_id",
)  # fmt: skip
"""Fields of a page that an import writes. Everything else is its editors' own, and stays."""
OWNED = (*(name for name in FILLED if name != "body"), "topics")

LONGEST_SKILLS = 400
RESERVED = ("feed", "sign-up", "page")
"""Slugs that are, or may become, addresses of the list itself."""


def fill(page: OpportunityPage, row: OpportunityRow, mapped: Mapped) -> OpportunityPage:
    """Write into the page what its row says; topics are rows of their own."""
    page.title = page.draft_title = cut(plain(row.title), 255)
    page.summary = summary_of(row.description)
    page.body = _body_block().to_python(body_of(row))
    page.skills = lines_that_fit(row.skills, LONGEST_SKILLS)
    page.organizer = cut(plain(row.organisation), 120)
    page.is_online = row.remote
    page.address, page.zip = cut(row.address, 200), row.zip
    has_place = row.latitude is not None and row.longitude is not None
    page.latitude, page.longitude = (row.latitude, row.longitude) if has_place else (None, None)
    page.min_age, page.min_age_with_adult = mapped.min_age, mapped.min_age_with_adult
    page.pictogram = mapped.pictogram
    page.source_id = row.id
    return page


def check(row: OpportunityRow, mapped: Mapped) -> None:
    """Raise ValidationError when an editor could not save such a page."""
    page = fill(OpportunityPage(), row, mapped)
    relations = [field.name for field in OpportunityPage._meta.concrete_fields if field.is_relation]
    page.clean_fields(exclude=[*relations, "path", "depth", "slug", "url_path", "draft_title", "body"])
    try:
        _body_block().clean(page.body)
    except ValidationError as error:
        raise ValidationError(_reasons(error)) from error


def owned(content: dict[str, Any]) -> list[Any]:
    """What a revision says that an import writes; PostgreSQL gives the names inside a stream another order."""
    return [*(content.get(name) for name in OWNED), json.loads(content.get("body") or "[]")]


def give_slugs(pages: list[OpportunityPage], taken: set[str]) -> None:
    """Give each page a slug that no other page in its list has."""
    used = taken | set(RESERVED)
    for page in pages:
        base = slugify(page.title)[:200].strip("-") or "opportunity"
        slug, number = base, 1
        while slug in used:
            number += 1
            slug = f"{base}-{number}"
        used.add(slug)
        page.slug = slug


def published_at(row: OpportunityRow, now: datetime.datetime) -> datetime.datetime:
    """When it was first published, by its row."""
    if not row.posted:
        return now
    return min(now, timezone.make_aware(datetime.datetime.combine(row.posted, datetime.time(12))))


def _body_block() -> Any:
    return OpportunityPage._meta.get_field("body").stream_block  # type: ignore[union-attr]


def _reasons(error: Any) -> list[str]:
    """The messages inside an error of nested blocks."""
    nested = [*(getattr(error, "block_errors", None) or {}).values()]
    found = [reason for each in nested if each is not None for reason in _reasons(each)]
    return found or list(getattr(error, "messages", [])) or [str(error)]
