"""Markdown cut into what stands before the steps, and the steps: each with runs of text, tables and code."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

from resources.importing.rich_text import KNOWN, plain

FENCE = re.compile(r"^ {0,3}(```+|~~~+)")
ATTRIBUTES = re.compile(r"[ \t]*\{:?\s*[#.][^{}\n]*\}")
SHORTCODES = re.compile(r"\{\{[<%].*?[>%]\}\}|\{%.*?%\}")
TAG_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9-]*)")


@dataclass(frozen=True)
class Text:
    """A run of HTML."""

    html: str


@dataclass(frozen=True)
class Code:
    """Lines to copy as they are."""

    text: str


@dataclass(frozen=True)
class Table:
    """Column headings and rows, each cell as HTML."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Piece = Text | Code | Table


@dataclass
class Section:
    """A heading as plain text, and what stands below it."""

    title: str
    pieces: list[Piece] = field(default_factory=list)


@dataclass
class Article:
    """What stands before the first step, and the steps."""

    opening: list[Piece] = field(default_factory=list)
    steps: list[Section] = field(default_factory=list)


_markdown = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def read_article(markdown: str, *, title: str = "") -> Article:
    """Cut an article at its ## headings; where it has none, at the largest ones it has. Its own title is left out."""
    tokens = _markdown.parse(_tidied(markdown))
    _show_unknown_tags(tokens)
    groups = [group for group in _groups(tokens) if not _repeats_title(group, title)]
    level = _step_level(groups)
    article = Article()
    pieces = article.opening
    for group in groups:
        if group[0].type == "heading_open" and group[0].tag <= level and (heading := _plain(group[1])):
            article.steps.append(Section(heading))
            pieces = article.steps[-1].pieces
        elif piece := _piece(group):
            _append(pieces, piece)
    return article


def _tidied(markdown: str) -> str:
    """Without the marks of other systems (`{#name}`, `{: .class}`, `{{< … >}}`), which are no Markdown; code stays."""
    fence = ""
    lines = []
    for line in markdown.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        mark = FENCE.match(line)
        if fence:
            fence = "" if mark and mark[1].startswith(fence) else fence
        elif mark:
            fence = mark[1]
        elif "{" in line and "`" not in line:
            line = ATTRIBUTES.sub("", SHORTCODES.sub("", line))
        lines.append(line)
    return "\n".join(lines)


def _groups(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """The tokens of each outermost block."""
    group: list[Token] = []
    for token in tokens:
        group.append(token)
        if token.level == 0 and token.nesting <= 0:
            yield group
            group = []


def _repeats_title(group: list[Token], title: str) -> bool:
    return group[0].type == "heading_open" and group[0].tag == "h1" and _plain(group[1]).lower() == title.lower()


def _step_level(groups: list[list[Token]]) -> str:
    """The smallest heading that begins a step. ### is one too where the first of them stands before any ##."""
    levels = [group[0].tag for group in groups if group[0].type == "heading_open"]
    if "h2" not in levels:
        return min(levels, default="h2")
    return "h3" if levels[0] == "h3" else "h2"


def _piece(group: list[Token]) -> Piece | None:
    kind = group[0].type
    if kind in ("fence", "code_block"):
        text = group[0].content.strip("\n")
        return Code(text) if text.strip() else None
    if kind == "table_open":
        return _table(group)
    if kind == "hr":
        return None
    html = _html(group)
    return Text(html) if html.strip() else None


def _append(pieces: list[Piece], piece: Piece) -> None:
    if isinstance(piece, Text) and pieces and isinstance(pieces[-1], Text):
        pieces[-1] = Text(pieces[-1].html + piece.html)
    else:
        pieces.append(piece)


def _table(group: list[Token]) -> Table:
    rows: list[list[str]] = []
    for token in group:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(_html([token]).strip())
    return Table(tuple(rows[0]), tuple(map(tuple, rows[1:])))


def _html(tokens: Sequence[Token]) -> str:
    return _markdown.renderer.render(tokens, _markdown.options, {})


def _plain(token: Token) -> str:
    """The words of a heading, without marks and braces."""
    parts = []
    for child in token.children or []:
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif child.type == "image":
            parts.append(_plain(child))
    return plain(" ".join("".join(parts).split()))


def _show_unknown_tags(tokens: Sequence[Token]) -> None:
    """What looks like a tag and is none (“<your city>”) is shown as it was written."""
    for token in tokens:
        if token.children:
            _show_unknown_tags(token.children)
        if token.type not in ("html_inline", "html_block"):
            continue
        name = TAG_NAME.match(token.content.lstrip())
        if name and name[1].lower() not in KNOWN:
            if token.type == "html_inline":
                token.type = "text"
            else:
                token.content = f"<p>{token.content.replace('<', '&lt;')}</p>"
