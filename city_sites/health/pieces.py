"""What a page is made of, read from stored values: nothing is built, and nothing asks the database."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from wagtail.blocks import ListBlock, StreamBlock, StructBlock
from wagtail.blocks.stream_block import StreamValue
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page

from portal.core.blocks import LinkBlock
from portal.core.blocks.link import PLACES

_PARTS_OF_A_LINK = {*PLACES, "text"}


@dataclass(frozen=True)
class Piece:
    """A block, or a field that holds no blocks: where it stands, what it is, what is stored in it.

    `path` is the content path by which Wagtail's editor finds the field: "menu.<id>.children.<id>".
    """

    path: str
    block: Any
    value: Any

    @property
    def field(self) -> str:
        """The name of the page's field it stands in."""
        return self.path.partition(".")[0]


def own_fields(model: type[Page]) -> list[models.Field]:
    """The fields that this type of page adds to those of every page."""
    fields = (field for field in model._meta.concrete_fields if field.model not in Page.__mro__)
    return [field for field in fields if not getattr(field.remote_field, "parent_link", False)]


def stored_values(page: Page) -> dict[str, Any]:
    """Field name → what the page's row holds: lists of blocks, texts, numbers of other rows."""
    return {field.name: _plain(getattr(page, field.attname)) for field in own_fields(type(page))}


def drafted_values(model: type[Page], content: Mapping[str, Any]) -> dict[str, Any]:
    """The same from a revision's content."""
    values = {}
    for field in own_fields(model):
        value = content.get(field.name)
        values[field.name] = json.loads(value or "[]") if isinstance(field, StreamField) else value
    return values


def _plain(value: Any) -> Any:
    return list(value.raw_data) if isinstance(value, StreamValue) else value


def pieces_of(model: type[Page], values: Mapping[str, Any]) -> Iterator[Piece]:
    """Every block of the page, outer ones first, and every rich text and reference that is a field of its own."""
    for field in own_fields(model):
        value = values.get(field.name)
        if isinstance(field, StreamField):
            yield from _blocks(field.stream_block, value or [], field.name)
        elif value and isinstance(field, RichTextField | models.ForeignKey):
            yield Piece(field.name, field, value)


def _blocks(block: Any, value: Any, path: str) -> Iterator[Piece]:
    yield Piece(path, block, value)
    for child, stored, step in _children(block, value):
        yield from _blocks(child, stored, f"{path}.{step}")


def _children(block: Any, value: Any) -> list[tuple[Any, Any, str]]:
    """(block, stored value, step of the path) of what stands inside. A picture and a link are read as a whole."""
    if not value or isinstance(block, ImageBlock):
        return []
    if isinstance(block, StreamBlock):
        known = (child for child in value if child["type"] in block.child_blocks)
        return [(block.child_blocks[child["type"]], child["value"], str(child.get("id"))) for child in known]
    if isinstance(block, ListBlock):
        items = (item for item in value if isinstance(item, dict) and item.get("type") == "item")
        return [(block.child_block, item["value"], str(item.get("id"))) for item in items]
    if isinstance(block, StructBlock):
        skipped = _PARTS_OF_A_LINK if isinstance(block, LinkBlock) else ()
        names = (name for name in block.child_blocks if name in value and name not in skipped)
        return [(block.child_blocks[name], value[name], name) for name in names]
    return []
