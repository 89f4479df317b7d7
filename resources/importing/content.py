"""A row's text as the blocks of a guide page, in the form in which they are stored."""

import uuid
from collections import Counter
from dataclasses import dataclass
from html import escape, unescape
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import override

from resources.blocks.steps import LONGEST_ANCHOR
from resources.importing.links import Addresses, absolute
from resources.importing.markdown import Code, Piece, Section, Table, Text, read_article
from resources.importing.rich_text import code_html, plain, rich_text
from resources.importing.rows import GuideRow

IDS = uuid.UUID("2b0c4f6e-9c53-4f0a-8e8b-4d6f0a7f3c11")  # the same text gives the same block ids on every machine
LONGEST_TITLE = 120
LONGEST_SUMMARY = 400
LONGEST_CELL = 250
LONGEST_CAPTION = 160
LONGEST_LETTER = 6000
LETTER_TITLE = 90


@dataclass(frozen=True)
class GuideContent:
    """Title, summary and stored blocks of a guide. Links to other guides in it are still marked."""

    title: str
    summary: str
    opening: list[dict[str, Any]]
    steps: list[dict[str, Any]]


def content_of(row: GuideRow, addresses: Addresses) -> GuideContent:
    """Turn a row's Markdown into blocks."""
    with override(row.language):
        return _Builder(row, addresses).build()


def cut(text: str, most: int) -> str:
    """The text, cut behind a word when it is longer than `most`."""
    if len(text) <= most:
        return text
    kept = text[: most - 1]
    if not text[most - 1].isspace() and " " in kept:
        kept = kept[: kept.rindex(" ")]
    return kept.rstrip(" ,;:.–—-") + "…"


class _Builder:
    def __init__(self, row: GuideRow, addresses: Addresses) -> None:
        self.row = row
        self.addresses = addresses
        self.place = "opening"
        self.count: Counter[str] = Counter()
        self.anchors: set[str] = set()

    def build(self) -> GuideContent:
        article = read_article(self.row.body, title=self.row.title)
        self.anchors = {slugify(step.title)[:LONGEST_ANCHOR].strip("-") for step in article.steps}
        title = plain(self.row.title)
        opening = self._long_title(title)
        for piece in article.opening:
            opening += self._blocks(piece, caption=title, in_step=False)
        return GuideContent(
            title=cut(title, LONGEST_TITLE),
            summary=cut(plain(self.row.summary), LONGEST_SUMMARY),
            opening=opening,
            steps=[self._step(step) for step in article.steps],
        )

    def _step(self, step: Section) -> dict[str, Any]:
        self.count[step.title] += 1
        self.place = f"step/{step.title}/{self.count[step.title]}"
        content = self._long_title(step.title)
        for piece in step.pieces:
            content += self._blocks(piece, caption=step.title, in_step=True)
        value = {
            "title": cut(step.title, LONGEST_TITLE),
            "anchor": "",
            "who": "",
            "duration": "",
            "content": content,
            "for_members": False,
        }
        return {"type": "step", "value": value, "id": str(uuid.uuid5(IDS, f"{self.row.id}/{self.place}"))}

    def _long_title(self, title: str) -> list[dict[str, Any]]:
        """A title that is cut stands whole before the text."""
        if len(title) <= LONGEST_TITLE:
            return []
        return [self._block("text", f"<p><strong>{escape(title, quote=False)}</strong></p>")]

    def _blocks(self, piece: Piece, *, caption: str, in_step: bool) -> list[dict[str, Any]]:
        if isinstance(piece, Text):
            html = rich_text(piece.html, self._resolve, heading="h4" if in_step else "strong")
            return [self._block("text", html)] if html else []
        if isinstance(piece, Table):
            return self._table(piece, caption)
        if in_step:
            return self._letters(piece)
        return [self._block("text", f"<p>{code_html(piece.text)}</p>")]

    def _letters(self, code: Code) -> list[dict[str, Any]]:
        """Code is words to copy exactly, which is what a letter is."""
        parts = [code.text[start : start + LONGEST_LETTER] for start in range(0, len(code.text), LONGEST_LETTER)]
        return [self._block("letter", {"title": _("Example to copy"), "text": part}) for part in parts]

    def _table(self, table: Table, caption: str) -> list[dict[str, Any]]:
        headings = [_words(cell) for cell in table.headings]
        rows = [[_words(cell) for cell in row] for row in table.rows]
        if not rows or not all(headings) or any(not _is_simple(cell) for row in table.rows for cell in row):
            return self._table_in_words(table)
        value = {
            "table": {
                "caption": cut(caption, LONGEST_CAPTION),
                "columns": [{"type": "text", "heading": heading} for heading in headings],
                "rows": [{"values": row} for row in rows],
            },
            "has_row_names": True,
            "source": "",
        }
        return [self._block("table", value)]

    def _table_in_words(self, table: Table) -> list[dict[str, Any]]:
        """A table whose cells hold links or long texts: a line for each row, each cell behind its heading."""
        lines = []
        for row in table.rows:
            cells = []
            for heading, cell in zip(table.headings, row, strict=False):
                name = escape(_words(heading), quote=False)
                if cell:
                    cells.append(f"<b>{name}:</b> {cell}" if name else cell)
            if cells:
                lines.append(f"<li>{'<br>'.join(cells)}</li>")
        html = rich_text(f"<ul>{''.join(lines)}</ul>", self._resolve)
        return [self._block("text", html)] if html else []

    def _resolve(self, href: str) -> tuple[str, str]:
        if href.startswith("#"):
            return "", href if href[1:] in self.anchors else ""
        source_id = self.addresses.guide_at(href, self.row)
        url = absolute(href, self.row)
        return (source_id if source_id != self.row.id else ""), url

    def _block(self, kind: str, value: Any) -> dict[str, Any]:
        """A block with an id: the same text gives the same, and what stands before it makes no difference."""
        self.count[self.place + "/"] += 1
        name = f"{self.row.id}/{self.place}/{self.count[self.place + '/']}"
        return {"type": kind, "value": value, "id": str(uuid.uuid5(IDS, name))}


def _words(html: str) -> str:
    """The words of a cell, as plain text."""
    text = rich_text(html, lambda _href: ("", "")).replace("<br/>", " ").replace("</p><p>", " ")
    for tag in ("p", "strong", "em"):
        text = text.replace(f"<{tag}>", "").replace(f"</{tag}>", "")
    return " ".join(unescape(text).split())


def _is_simple(cell: str) -> bool:
    """Whether a cell of a table block can hold it: words without links or lines, and not too many."""
    return len(_words(cell)) <= LONGEST_CELL and not any(tag in cell for tag in ("<a ", "<img", "<li", "<br"))
