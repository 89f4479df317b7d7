"""Changes the addresses in a page or style sheet, and leaves every other letter as it is."""

import re
from collections.abc import Callable
from html import escape
from html.parser import HTMLParser
from typing import Protocol

LINKS = {("a", "href"), ("area", "href")}
FILES = {
    ("img", "src"), ("script", "src"), ("source", "src"), ("video", "src"), ("video", "poster"), ("audio", "src"),
    ("track", "src"), ("embed", "src"), ("input", "src"), ("object", "data"), ("image", "href"),
    ("image", "xlink:href"), ("use", "href"), ("use", "xlink:href"),
}  # fmt: skip
PUBLIC = {("form", "action"), ("button", "formaction"), ("iframe", "src"), ("q", "cite"), ("blockquote", "cite")}
SETS = {("img", "srcset"), ("source", "srcset"), ("link", "imagesrcset")}
LINKED_FILES = {"stylesheet", "icon", "apple-touch-icon", "mask-icon"}
NOT_TAKEN = {"preload", "modulepreload", "prefetch", "preconnect", "dns-prefetch", "manifest"}

_CSS_URL = re.compile(r"""url\(\s*(["']?)(?!data:)([^"')]+)\1\s*\)""")
_ELSEWHERE = re.compile(r"(#|$|data:|mailto:|tel:|sms:|javascript:|about:)", re.IGNORECASE)

Attributes = list[tuple[str, str | None]]


class Addresses(Protocol):
    """Gives the new form of each address."""

    def link(self, url: str) -> str:
        """Of something to go to."""

    def file(self, url: str) -> str:
        """Of something the page is made of."""

    def public(self, url: str) -> str:
        """Of something that works on the public site only."""

    def instead_of_form(self) -> str:
        """HTML that stands where a form stood that only the public site can take."""


class PageRewriter(HTMLParser):
    """Reads one page and gives it back with new addresses."""

    def __init__(self, addresses: Addresses) -> None:
        super().__init__(convert_charrefs=False)
        self._addresses = addresses
        self._parts: list[str] = []
        self._is_in_form = False

    def rewrite(self, html: str) -> str:
        """The page with new addresses."""
        self.feed(html)
        self.close()
        return "".join(self._parts)

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        """A tag with its addresses changed, or as it stands."""
        self._start(tag, attrs, ">")

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        """As in SVG."""
        self._start(tag, attrs, "/>")

    def _start(self, tag: str, attrs: Attributes, end: str) -> None:
        known = dict(attrs)
        if tag == "form" and (known.get("method") or "").lower() == "post":
            self._is_in_form = True
            self._parts.append(self._addresses.instead_of_form())
            return
        kinds = set((known.get("rel") or "").lower().split())
        if tag == "link" and kinds & NOT_TAKEN:
            return
        if tag == "form" and not known.get("action"):
            attrs = [*attrs, ("action", ".")]
        new = [(name, self._changed(tag, name, value, kinds)) for name, value in attrs]
        if new == attrs and tag != "form":
            self._add(self.get_starttag_text() or "")
        else:
            written = "".join(f" {name}" if value is None else f' {name}="{escape(value)}"' for name, value in new)
            self._add(f"<{tag}{written}{end}")

    def _changed(self, tag: str, name: str, value: str | None, kinds: set[str]) -> str | None:
        if value is None or (_ELSEWHERE.match(value) and tag != "form"):
            return value
        place = (tag, name)
        if place in LINKS:
            return self._addresses.link(value)
        if place in FILES or (place == ("link", "href") and kinds & LINKED_FILES):
            return self._addresses.file(value)
        if place in PUBLIC or place == ("link", "href") or (name.startswith("data-") and value.startswith("/")):
            return self._addresses.public(value)
        return _each_of_set(value, self._addresses.file) if place in SETS else value

    def handle_endtag(self, tag: str) -> None:
        """An end tag; that of a form that was taken out goes too."""
        if tag == "form" and self._is_in_form:
            self._is_in_form = False
        else:
            self._add(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        """Text, script and style."""
        self._add(data)

    def handle_entityref(self, name: str) -> None:
        """As in &amp;."""
        self._add(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """As in &#39;."""
        self._add(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        """A comment."""
        self._add(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        """The document type."""
        self._add(f"<!{decl}>")

    def _add(self, text: str) -> None:
        if not self._is_in_form:
            self._parts.append(text)


def rewrite_css(css: str, change: Callable[[str], str]) -> str:
    """The style sheet with each url() changed."""
    return _CSS_URL.sub(lambda found: f'url("{change(found[2].strip())}")', css)


def _each_of_set(value: str, change: Callable[[str], str]) -> str:
    candidates = (part.split() for part in value.split(","))
    return ", ".join(" ".join([change(words[0]), *words[1:]]) for words in candidates if words)
