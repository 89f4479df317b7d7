"""Plain words of rich text and blocks, as they are stored: headings apart from the rest. At no query."""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from wagtail.blocks import Block, CharBlock, ListBlock, RichTextBlock, StreamBlock, StructBlock, TextBlock
from wagtail.blocks.stream_block import StreamValue
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from portal.core.blocks import HeadingBlock, LinkBlock
from portal.core.figures import PLACEHOLDER

HEADING = re.compile(r"<h([2-6])\b[^>]*>(.*?)</h\1>", re.DOTALL | re.IGNORECASE)
WITHIN_WORDS = re.compile(r"</?(?:a|abbr|b|code|em|i|mark|s|small|span|strong|sub|sup|u)\b[^>]*>", re.IGNORECASE)
TAG = re.compile(r"<[^>]*>")
HEADS = {"title", "heading", "question"}
"""Fields of blocks that name what the block says."""


def plain(text: Any) -> str:
    """The text without the places of counted figures: what they say changes by itself."""
    return " ".join(PLACEHOLDER.sub(" ", str(text or "")).split())


def plain_html(markup: str) -> str:
    """What somebody reads of a piece of HTML."""
    return plain(html.unescape(TAG.sub(" ", WITHIN_WORDS.sub("", markup))))


@dataclass
class Texts:
    """Headings and other words, gathered in reading order."""

    headings: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)

    @property
    def body(self) -> str:
        """All words but the headings."""
        return "\n".join(self.parts)

    def add(self, *texts: Any) -> None:
        """Further words."""
        self.parts += filter(None, map(plain, texts))

    def add_headings(self, *texts: Any) -> None:
        """Further headings."""
        self.headings += filter(None, map(plain, texts))

    def add_html(self, markup: Any) -> None:
        """What a piece of rich text says."""
        at, source = 0, str(markup or "")
        for heading in HEADING.finditer(source):
            self.add(plain_html(source[at : heading.start()]))
            self.add_headings(plain_html(heading[2]))
            at = heading.end()
        self.add(plain_html(source[at:]))

    def add_stream(self, *values: StreamValue) -> None:
        """What stream fields say. Words of links are left out, and so is whatever nobody reads: addresses, choices."""
        for value in values:
            self.add_block(value.stream_block, value.raw_data)

    def add_block(self, block: Block, stored: Any) -> None:
        """What a block says, from its value as it is stored."""
        if not stored or isinstance(block, LinkBlock):
            return
        if isinstance(block, StreamBlock):
            self._add_children(block, stored)
        elif isinstance(block, TypedTableBlock):
            self._add_table(stored)
        elif isinstance(block, StructBlock):
            self._add_fields(block, stored)
        elif isinstance(block, ListBlock):
            for item in stored:
                self.add_block(block.child_block, _item(item))
        elif isinstance(block, RichTextBlock):
            self.add_html(stored)
        elif isinstance(block, HeadingBlock):
            self.add_headings(stored)
        elif isinstance(block, CharBlock | TextBlock):
            self.add(stored)

    def _add_children(self, block: StreamBlock, stored: Iterable[Any]) -> None:
        for child in stored:
            kind = block.child_blocks.get(child["type"])
            if kind is not None:
                self.add_block(kind, child["value"])

    def _add_fields(self, block: StructBlock, stored: Any) -> None:
        for name, child in block.child_blocks.items():
            if name in HEADS and isinstance(child, CharBlock):
                self.add_headings(stored.get(name))
            else:
                self.add_block(child, stored.get(name))

    def _add_table(self, stored: Any) -> None:
        self.add(stored.get("caption"), *(column.get("heading") for column in stored.get("columns") or ()))
        for row in stored.get("rows") or ():
            self.add(*(cell for cell in row.get("values") or () if isinstance(cell, str)))


def _item(stored: Any) -> Any:
    """An item of a list block: before Wagtail gave items ids it was the value itself."""
    return stored["value"] if isinstance(stored, dict) and stored.get("type") == "item" else stored


def texts_of(*streams: StreamValue) -> Texts:
    """What stream fields say."""
    texts = Texts()
    texts.add_stream(*streams)
    return texts
