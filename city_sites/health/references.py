"""What the content of a page points at: pages, built-in pages, addresses, files."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.db.models import ForeignKey
from django.utils.html import strip_tags
from wagtail.blocks import PageChooserBlock, RichTextBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import RichTextField
from wagtail.images.blocks import ImageBlock, ImageChooserBlock
from wagtail.models import Page

from city_sites.health.pieces import Piece
from portal.core.blocks import LinkBlock

_ANCHOR = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.DOTALL)
_ATTRIBUTE = re.compile(r'\b(linktype|id|href)="([^"]*)"')


class To(Enum):
    """What kind of thing is pointed at."""

    PAGE = "page"
    DESTINATION = "destination"
    ADDRESS = "address"
    DOCUMENT = "document"
    IMAGE = "image"
    NOWHERE = "nowhere"


@dataclass(frozen=True)
class Reference:
    """One pointer. `path` is where it is mended, `label` the words that a visitor follows (may be empty)."""

    path: str
    to: To
    target: Any
    label: str = ""

    @property
    def field(self) -> str:
        """The name of the page's field it stands in."""
        return self.path.partition(".")[0]


def references(pieces: Iterable[Piece]) -> Iterator[Reference]:
    """Everything that these pieces point at, in the order of the page."""
    for piece in pieces:
        for kind, read in _READERS:
            if isinstance(piece.block, kind):
                yield from read(piece)
                break


def _link(piece: Piece) -> Iterator[Reference]:
    value = piece.value or {}
    label = value.get("text") or ""
    for name, to in (("page", To.PAGE), ("destination", To.DESTINATION), ("address", To.ADDRESS)):
        if value.get(name):
            yield Reference(f"{piece.path}.{name}", to, value[name], label)
            return
    if label and not value.get("email"):
        yield Reference(f"{piece.path}.page", To.NOWHERE, None, label)


def _image_with_words(piece: Piece) -> Iterator[Reference]:
    image = piece.value.get("image") if isinstance(piece.value, dict) else piece.value
    if image:
        yield Reference(f"{piece.path}.image", To.IMAGE, image)


def _chosen(to: To) -> Any:
    def read(piece: Piece) -> Iterator[Reference]:
        if piece.value:
            yield Reference(piece.path, to, piece.value)

    return read


def _foreign_key(piece: Piece) -> Iterator[Reference]:
    if issubclass(piece.block.related_model, Page):
        yield Reference(piece.path, To.PAGE, piece.value)


def _prose(piece: Piece) -> Iterator[Reference]:
    for attributes, words in _ANCHOR.findall(piece.value or ""):
        found = dict(_ATTRIBUTE.findall(attributes))
        label = strip_tags(words)
        number = found.get("id", "")
        if found.get("linktype") == "page" and number.isdigit():
            yield Reference(piece.path, To.PAGE, int(number), label)
        elif found.get("linktype") == "document" and number.isdigit():
            yield Reference(piece.path, To.DOCUMENT, int(number), label)
        elif found.get("href", "").startswith("/"):
            yield Reference(piece.path, To.ADDRESS, found["href"], label)


_READERS: tuple[tuple[Any, Any], ...] = (
    (LinkBlock, _link),
    (ImageBlock, _image_with_words),
    ((RichTextBlock, RichTextField), _prose),
    (PageChooserBlock, _chosen(To.PAGE)),
    (DocumentChooserBlock, _chosen(To.DOCUMENT)),
    (ImageChooserBlock, _chosen(To.IMAGE)),
    (ForeignKey, _foreign_key),
)
