"""Any HTML as the portal's running text: paragraphs, lists, small headings, stress and links; nothing else survives.

A link to another guide of the import is marked (`marked`) and becomes a link to its page when that is written.
"""

import re
from collections.abc import Callable, Iterator
from html import escape, unescape
from typing import Any

from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.element import PreformattedString

LISTS = ("ul", "ol")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
STRESS = {"strong": "strong", "b": "strong", "em": "em", "i": "em"}
_GROUPS = (
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form header "
    "hr html main nav p section summary table tbody td tfoot th thead tr caption pre"
)
_DROPPED = "script style template iframe object embed svg math head title noscript select textarea"
_INLINE = (
    "a abbr acronym area audio base bdi bdo big br button canvas cite code col colgroup data datalist del dfn dialog "
    "font ins img input kbd label legend link map mark meta meter optgroup option output param picture progress q rp "
    "rt ruby s samp small source span strike sub sup time track tt u var video wbr"
)
BLOCKS = frozenset([*_GROUPS.split(), *LISTS, *HEADINGS, "li"])
DROPPED = frozenset(_DROPPED.split())
KNOWN = BLOCKS | DROPPED | frozenset([*STRESS, *_INLINE.split()])
"""Every tag of HTML."""

BRACES = re.compile(r"\{([^{}]*)\}")
MARKED = re.compile(r'<a linktype="page" id="@([^"]*)" href="([^"]*)">(.*?)</a>', re.DOTALL)

Resolve = Callable[[str], tuple[str, str]]
"""What a link in the source leads to: the id of a guide of the import, and a full address; each may be empty."""


def rich_text(html: str, resolve: Resolve, *, heading: str = "h4") -> str:
    """`html` as running text. `heading`: what headings become, "h4", or "strong" where none may stand."""
    return "".join(_Writer(resolve, heading).blocks(BeautifulSoup(html + "\n", "html.parser")))


def plain(text: str) -> str:
    """Words without braces: those name counted figures in the portal. Brackets say the same to a reader."""
    while "{" in text and (changed := BRACES.sub(r"[\1]", text)) != text:
        text = changed
    return text


def settle_links(value: Any, page_ids: dict[str, int]) -> Any:
    """Stored blocks with each marked link made one to the page, to the source, or mere words."""
    if isinstance(value, dict):
        return {name: settle_links(part, page_ids) for name, part in value.items()}
    if isinstance(value, list):
        return [settle_links(part, page_ids) for part in value]
    if isinstance(value, str) and ' id="@' in value:
        return MARKED.sub(lambda found: _settled(found, page_ids), value)
    return value


def _settled(found: re.Match[str], page_ids: dict[str, int]) -> str:
    source_id, url, words = found.groups()
    if page_id := page_ids.get(unescape(source_id)):
        return f'<a linktype="page" id="{page_id}">{words}</a>'
    return f'<a href="{url}">{words}</a>' if url else words


class _Writer:
    """Writes running text from a tree of HTML."""

    def __init__(self, resolve: Resolve, heading: str) -> None:
        self.resolve = resolve
        self.heading = heading

    def blocks(self, node: Tag) -> Iterator[str]:
        """Paragraphs, lists and headings, whatever they were wrapped in."""
        line: list[str] = []
        for child in node.children:
            name = child.name if isinstance(child, Tag) else ""
            if name not in BLOCKS:
                line.append(self.words(child))
                continue
            yield from _paragraph(line)
            line = []
            assert isinstance(child, Tag)
            yield from self._block(child, name)
        yield from _paragraph(line)

    def _block(self, node: Tag, name: str) -> Iterator[str]:
        if name in LISTS:
            yield self._list(node, name)
        elif name in HEADINGS:
            if text := self._inside(node).strip():
                yield f"<h4>{text}</h4>" if self.heading == "h4" else f"<p>{_strong(text)}</p>"
        elif name == "pre":
            yield from _paragraph([code_html(node.get_text())])
        elif name == "blockquote":
            for text in self.blocks(node):
                yield _leaning(text)
        elif name == "tr":
            cells = [self._inside(cell).strip() for cell in node.find_all(["td", "th"], recursive=False)]
            yield from _paragraph(["; ".join(filter(None, cells))])
        else:
            yield from self.blocks(node)

    def _list(self, node: Tag, name: str) -> str:
        items: list[str] = []
        for child in node.children:
            if isinstance(child, Tag) and child.name in LISTS and items:  # a list beside its item, as some write
                items[-1] += self._list(child, child.name)
            elif isinstance(child, Tag) and child.name == "li":
                items.append(self._item(child))
            elif text := self.words(child).strip():
                items.append(text)
        kept = "".join(f"<li>{item}</li>" for item in items if item)
        return f"<{name}>{kept}</{name}>" if kept else ""

    def _item(self, node: Tag) -> str:
        """One line of a list: its paragraphs with line breaks between them, then the lists inside it."""
        lines: list[str] = []
        lists: list[str] = []
        for block in self.blocks(node):
            if block.startswith(("<ul>", "<ol>")):
                lists.append(block)
            elif block.startswith("<h4>"):
                lines.append(_strong(block[4:-5]))
            else:
                lines.append(block.removeprefix("<p>").removesuffix("</p>"))
        return "<br/>".join(lines) + "".join(lists)

    def words(self, node: Any) -> str:
        """What stands in a line: text, stress, links; pictures as their words."""
        if isinstance(node, NavigableString):
            return "" if isinstance(node, PreformattedString) else _text(str(node))
        if not isinstance(node, Tag) or node.name in DROPPED:
            return ""
        if node.name == "br":
            return "<br/>"
        if node.name == "img":
            return self._picture(node)
        inside = self._inside(node)
        if node.name in STRESS and inside.strip():
            name = STRESS[node.name]
            return _around(inside, f"<{name}>", f"</{name}>")
        if node.name == "a" and inside.strip():
            return self._link(str(node.get("href") or ""), inside)
        return inside

    def _inside(self, node: Tag) -> str:
        parts = []
        for child in node.children:
            text = self.words(child)
            is_block = isinstance(child, Tag) and child.name in BLOCKS
            parts.append(f" {text} " if is_block else text)
        return "".join(parts)

    def _picture(self, node: Tag) -> str:
        words = _text(str(node.get("alt") or "").strip())
        if not words or node.find_parent("a"):
            return words
        return self._link(str(node.get("src") or ""), words)

    def _link(self, href: str, words: str) -> str:
        if "<a " in words:
            return words
        source_id, url = self.resolve(href.strip())
        if source_id:
            opening = f'<a linktype="page" id="@{escape(source_id)}" href="{escape(url)}">'
        elif url:
            opening = f'<a href="{escape(url)}">'
        else:
            return words
        return _around(words, opening, "</a>")


def code_html(code: str) -> str:
    """Code in running text, which has no place for it: its lines, with the spaces before them. Braces stay."""
    lines = []
    for line in code.strip("\n").expandtabs(4).split("\n"):
        kept = line.lstrip(" ")
        indent = "\N{NO-BREAK SPACE}" * (len(line) - len(kept))
        lines.append(indent + escape(kept, quote=False).replace("{", "&#123;").replace("}", "&#125;"))
    return "<br/>".join(lines)


def _text(text: str) -> str:
    return escape(plain(re.sub(r"[ \t\r\n]+", " ", text)), quote=False)


def _paragraph(parts: list[str]) -> Iterator[str]:
    text = re.sub(r"^(\s|<br/>)+|(\s|<br/>)+$", "", "".join(parts))
    if text:
        yield f"<p>{text}</p>"


def _around(text: str, opening: str, closing: str) -> str:
    """The tags close around the words; the spaces beside them stay outside."""
    core = text.strip()
    start = text.index(core)
    return f"{text[:start]}{opening}{core}{closing}{text[start + len(core) :]}"


def _strong(text: str) -> str:
    return text if "<strong>" in text else f"<strong>{text}</strong>"


def _leaning(block: str) -> str:
    """A paragraph of somebody else's words."""
    if block.startswith("<p>") and "<em>" not in block:
        return f"<p><em>{block[3:-4]}</em></p>"
    return block
