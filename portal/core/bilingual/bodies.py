"""Turns what a content file says about a block into the block's stored value, led by the block's own definition."""

import uuid
from typing import Any

from wagtail import blocks
from wagtail.blocks.stream_block import StreamValue
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from portal.core.bilingual.words import Words
from portal.core.destinations import destination_url

IDS = uuid.UUID("5f0c1c1e-8f0e-4f3a-9d4b-2f6a7c1d9e00")  # makes the same block ids on every machine


class Targets:
    """What a content file may point at: "page:about", "picture:street-tree", "document:letter-en"."""

    def __init__(self, ids: dict[str, int]) -> None:
        self.ids = ids

    def id_of(self, name: str) -> int:
        """The primary key behind a name. Raises KeyError when a file points at nothing."""
        return self.ids[name]

    def link(self, name: str) -> str:
        """The attributes of a link in rich text."""
        kind, _colon, key = name.partition(":")
        if kind == "to":
            return f'href="{destination_url(key)}"'
        return f'linktype="page" id="{self.ids[name]}"'


class Builder:
    """Builds stream values for one page."""

    def __init__(self, *, page: str, words: Words, targets: Targets) -> None:
        self.page = page
        self.words = words
        self.targets = targets
        self._count = 0

    def stream(self, block: blocks.StreamBlock, entries: list[dict[str, Any]]) -> StreamValue:
        """The value of a stream field from the entries of a content file."""
        value = block.to_python(self._stream(block, entries))
        # Reading every child fills in what the file leaves out; wagtail-localize fails on a stored block with a gap.
        list(value)
        return block.to_python(block.get_prep_value(value))

    def _value(self, block: blocks.Block, spec: Any) -> Any:
        for kind, build in self._BUILDERS:
            if isinstance(block, kind):
                return build(self, block, spec)
        return spec

    def _stream(self, block: blocks.StreamBlock, entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
        built = []
        for entry in entries:
            kind = entry["type"]
            spec = entry["value"] if "value" in entry else {name: entry[name] for name in entry if name != "type"}
            built.append({"type": kind, "id": self._id(), "value": self._value(block.child_blocks[kind], spec)})
        return built

    def _list(self, block: blocks.ListBlock, items: list[Any]) -> list[dict[str, Any]]:
        return [{"type": "item", "id": self._id(), "value": self._value(block.child_block, item)} for item in items]

    def _struct(self, block: blocks.StructBlock, spec: dict[str, Any]) -> dict[str, Any]:
        unknown = set(spec) - set(block.child_blocks)
        if unknown:
            raise ValueError(f"{self.page}: {type(block).__name__} has no {', '.join(sorted(unknown))}.")
        return {name: self._value(block.child_blocks[name], part) for name, part in spec.items()}

    def _table(self, _block: TypedTableBlock, spec: dict[str, Any]) -> dict[str, Any]:
        """A column whose cells are all numbers is a column of numbers."""
        rows = [
            {"values": [cell if isinstance(cell, int) else self.words.plain(cell) for cell in row]}
            for row in spec["rows"]
        ]
        kinds = [
            "number" if all(isinstance(cell, int) for cell in cells) else "text"
            for cells in zip(*spec["rows"], strict=True)
        ]
        columns = [
            {"type": kind, "heading": self.words.plain(heading)}
            for kind, heading in zip(kinds, spec["columns"], strict=True)
        ]
        return {"caption": self.words.plain(spec["caption"]), "columns": columns, "rows": rows}

    def _prose(self, _block: blocks.RichTextBlock, paragraphs: list[Any]) -> str:
        return self.words.prose(paragraphs, self.targets.link)

    def _chosen(self, _block: blocks.ChooserBlock, name: str) -> int:
        return self.targets.id_of(name)

    def _plain(self, _block: blocks.FieldBlock, text: Any) -> str:
        return self.words.plain(text)

    def _id(self) -> str:
        self._count += 1
        return str(uuid.uuid5(IDS, f"{self.page}/{self._count}"))

    _BUILDERS = (
        (TypedTableBlock, _table),
        (blocks.StructBlock, _struct),
        (blocks.ListBlock, _list),
        (blocks.StreamBlock, _stream),
        (blocks.RichTextBlock, _prose),
        (blocks.ChooserBlock, _chosen),
        ((blocks.CharBlock, blocks.TextBlock), _plain),
    )
