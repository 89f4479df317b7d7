"""The folds of a city's home page: blocks under their headings, and blocks that are a whole fold."""

from dataclasses import dataclass

from wagtail.blocks.stream_block import StreamValue

from portal.core.blocks.anchors import Anchors
from portal.core.blocks.body import Section, sections

FOLDS = {"latest": "", "goal": "initiative", "ask": "fold-2"}
"""Blocks that are a whole fold of the page, with the ground they lie on."""
GROUNDS = {"steps": "initiative", "statistics": "fold-2"}
"""The ground of a section that has such a block in it."""


@dataclass
class HomeSection(Section):
    """A section of a city's home page. `fold` is a block that draws the whole of it; `ground` is a CSS class."""

    fold: StreamValue.StreamChild | None = None
    ground: str = ""


def home_sections(body: StreamValue) -> list[HomeSection]:
    """The blocks under their headings; those in FOLDS stand alone. No two tinted grounds touch."""
    anchors = Anchors()
    found: list[HomeSection] = []
    for plain in sections(body):
        section = HomeSection(plain.heading, anchors.anchor(str(plain.heading.value)) if plain.heading else "")
        for piece in plain.pieces:
            kind = piece.block.block_type
            if kind in FOLDS:
                found += [section, HomeSection(fold=piece.block, ground=FOLDS[kind])]
                found[-1].anchor = anchors.anchor(str(piece.block.value["title"]))
                section = HomeSection()
            else:
                section.pieces.append(piece)
                section.ground = section.ground or GROUNDS.get(kind, "")
        found.append(section)
    found = [section for section in found if section.fold or section.heading or section.pieces]
    for before, after in zip(found, found[1:], strict=False):
        if before.ground:
            after.ground = ""
    return found
