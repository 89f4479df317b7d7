"""Addresses of guides in their sources, by which links between them become links between pages."""

import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import unquote, urljoin, urlsplit

from resources.importing.rows import GuideRow

SCHEMES = ("http", "https", "mailto", "tel")
HREF = re.compile(r"""\]\(\s*<?([^)\s>]+)|href=["']([^"']+)|<(https?://[^>\s]+)>|^\s*\[[^\]]+\]:\s*<?([^\s>]+)""", re.M)
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
INDEX = re.compile(r"(^|/)(_?index|readme)\.(html?|md)$", re.IGNORECASE)
ENDING = re.compile(r"\.(html?|md)$", re.IGNORECASE)


@dataclass
class Addresses:
    """Which guide (by its id in the source) stands at which address."""

    by_url: dict[str, str] = field(default_factory=dict)
    by_path: dict[tuple[str, str], str] = field(default_factory=dict)
    by_ending: dict[tuple[str, str], set[str]] = field(default_factory=dict)

    def add_url(self, source_id: str, url: str) -> None:
        """A guide that is here already stands at `url`."""
        if key := _url_key(url):
            self.by_url.setdefault(key, source_id)

    def add_rows(self, rows: Iterable[GuideRow]) -> None:
        """The guides of an import, by their address and by their file."""
        for row in rows:
            self.add_url(row.id, row.source_url)
            if not row.source_path:
                continue
            path = _stem(row.source_path)
            self.by_path[row.source_repo, path] = row.id
            parts = path.split("/")
            for place in range(len(parts)):
                self.by_ending.setdefault((row.source_repo, "/".join(parts[place:])), set()).add(row.id)

    def targets_in(self, row: GuideRow) -> set[str]:
        """Ids of the other guides that the row's text links to."""
        found = {self.guide_at("".join(match), row) for match in HREF.findall(row.body)}
        return found - {"", row.id}

    def guide_at(self, href: str, row: GuideRow) -> str:
        """The id of the guide that a link in `row` leads to; empty when it leads elsewhere."""
        if SCHEME.match(href) or href.startswith("//"):
            return self.by_url.get(_url_key(href), "")
        parts = _split(href)
        if not parts or not parts[0]:
            return ""
        path = parts[0]
        if row.source_path and not path.startswith("/"):
            joined = posixpath.normpath(posixpath.join(posixpath.dirname(row.source_path), path))
            if found := self.by_path.get((row.source_repo, _stem(joined))):
                return found
        if row.source_url:
            return self.by_url.get(_url_key(absolute(href, row)), "")
        if path.startswith("/"):
            endings = self.by_ending.get((row.source_repo, _stem(path)), set())
            return next(iter(endings)) if len(endings) == 1 else ""
        return ""


def absolute(href: str, row: GuideRow) -> str:
    """The full address a link in `row` leads to; empty when there is none that a public page may carry."""
    href = href.strip()
    try:
        scheme = SCHEME.match(href)
        if not scheme:
            if not row.source_url or href.startswith("#"):
                return ""
            href = urljoin(row.source_url, href)
            scheme = SCHEME.match(href)
        if not scheme or scheme[1].lower() not in SCHEMES or any(letter.isspace() for letter in href):
            return ""
        rest = href[scheme.end() :]
        if scheme[1].lower() in ("mailto", "tel"):
            return href if rest.strip("/") else ""
        return href if "." in (urlsplit(href).hostname or "") else ""
    except ValueError:
        return ""


def _split(href: str) -> tuple[str, str] | None:
    try:
        parts = urlsplit(href)
    except ValueError:
        return None
    return unquote(parts.path), parts.query


def _url_key(url: str) -> str:
    """The address without what makes no difference; empty for one that cannot be a guide's."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https", "") or not host or parts.query:
        return ""
    return f"{host}/{_stem(unquote(parts.path))}"


def _stem(path: str) -> str:
    return ENDING.sub("", INDEX.sub("", path).strip("/")).strip("/")
