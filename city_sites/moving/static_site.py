"""The site as HTML that opens from a disk: every public page, its lists and their further pages, in every language."""

import re
from collections import deque
from dataclasses import dataclass
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.conf import settings
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Page

from city_sites.moving.addresses import AddressError
from city_sites.moving.archive import Archive, safe_name
from city_sites.moving.files import ROOT, SiteFiles, relative
from city_sites.moving.manifest import Manifest
from city_sites.moving.places import PlacedPage, SitePlaces
from city_sites.moving.reader import SiteReader
from city_sites.moving.rewrite import PageRewriter

MOST_VIEWS = 2000
# What lists offer: another page of it, or one topic only. Other queries are left to the public site.
_VIEW = re.compile(r"(topic|page)=([\w-]{1,60})")


@dataclass(frozen=True)
class View:
    """One HTML file: a page, or a list narrowed down or turned over ("?topic=parks&page=2")."""

    page: PlacedPage
    url: str
    file: str
    query: str = ""


class StaticSite:
    """Asks the site for each of its pages and writes it so that its links lead from file to file."""

    def __init__(
        self, archive: Archive, reader: SiteReader, places: SitePlaces, folders: dict[int, str], manifest: Manifest
    ) -> None:
        self.archive = archive
        self.reader = reader
        self.places = places
        self.manifest = manifest
        self.files = SiteFiles(archive, reader, places, manifest)
        self._folders = folders
        self._views: dict[tuple[int, str], View] = {}
        self._waiting: deque[View] = deque()

    def write(self, pages: list[Page]) -> None:
        """Write these public pages (with their locales), and the views that their lists lead to."""
        for page in pages:
            self._add(self.places.by_id[page.pk], page.full_url)
        self.manifest.pages = len(pages)
        while self._waiting:
            self._write_view(self._waiting.popleft())

    def _add(self, page: PlacedPage, url: str, query: str = "") -> View:
        name = safe_name(query.replace("=", "-").replace("&", "-")) if query else ""
        folder = "/".join(filter(None, [ROOT, self._folders[page.pk], name]))
        view = View(page, url, self.archive.claim(f"{folder}/index.html"), query)
        self._views[page.pk, query] = view
        self._waiting.append(view)
        return view

    def _write_view(self, view: View) -> None:
        address = f"{view.url}?{view.query}" if view.query else view.url
        answer = self.reader.get(address)
        if answer.is_page:
            html = PageRewriter(_ViewAddresses(self, view, address)).rewrite(answer.text)
        else:
            self.manifest.miss(address, _("The site answered %(status)d.") % {"status": answer.status})
            html = _stub(view, address)
        self.archive.write(view.file, html.encode())

    def file_of(self, url: str) -> str:
        """The file of the zip to which a full address of this site leads; empty when it is not one of its pages."""
        parts = urlsplit(url)
        try:
            path = self.places.path_of(url)
        except AddressError:
            return ""
        page = self.places.by_path.get(path) if path else None
        first = self._views.get((page.pk, "")) if page else None
        if page is None or first is None:
            return ""
        query = _view_query(parts.query)
        if query is None:
            return ""
        known = self._views.get((page.pk, query))
        if known is None and len(self._views) < MOST_VIEWS + len(self.places.pages):
            known = self._add(page, first.url, query)
        return known.file if known else ""


class _ViewAddresses:
    """The new form of the addresses in one view."""

    def __init__(self, site: StaticSite, view: View, address: str) -> None:
        self.site = site
        self.view = view
        self.address = address

    def link(self, url: str) -> str:
        """To a page's or a document's file; else to the public site."""
        full = urljoin(self.address, url)
        if urlsplit(full).scheme not in ("http", "https"):
            return url
        file = self.site.file_of(full) or self.site.files.place(full, is_link=True)
        if not file:
            return full
        fragment = urlsplit(full).fragment
        return relative(file, seen_from=self.view.file) + (f"#{fragment}" if fragment else "")

    def file(self, url: str) -> str:
        """To the file's copy; else to the public site."""
        full = urljoin(self.address, url)
        place = self.site.files.place(full)
        if not place:
            return full
        fragment = urlsplit(full).fragment
        return relative(place, seen_from=self.view.file) + (f"#{fragment}" if fragment else "")

    def public(self, url: str) -> str:
        """On the public site."""
        return urljoin(self.address, url)

    def instead_of_form(self) -> str:
        """A note in the page's language, and the way to the form."""
        with override(self.view.page.language):
            note, way = _("This form works on the public site only."), _("Open the form")
        return format_html(
            '<div class="notice"><p>{} <a href="{}">{}</a></p></div>', note, self.view.url, way
        )  # fmt: skip


def _view_query(query: str) -> str | None:
    """The query as views are named by it, topic first; None when it means something that is not taken along."""
    pairs = parse_qsl(query, keep_blank_values=True)
    if len({name for name, _value in pairs}) < len(pairs):
        return None
    if not all(_VIEW.fullmatch(f"{name}={value}") for name, value in pairs):
        return None
    found = {name: value for name, value in pairs if (name, value) != ("page", "1")}
    return "&".join(f"{name}={found[name]}" for name in ("topic", "page") if name in found)


def _stub(view: View, address: str) -> str:
    with override(view.page.language):
        text = _("This page could not be taken along. Read it on the public site.")
        return format_html(
            '<!DOCTYPE html>\n<html lang="{}"><head><meta charset="utf-8"><title>{}</title></head>'
            '<body><h1>{}</h1><p>{} <a href="{}">{}</a></p></body></html>\n',
            view.page.language or settings.LANGUAGE_CODE, view.page.title, view.page.title, text, address, address,
        )  # fmt: skip
