"""The files that pages are made of and lead to, copied into the zip when the first page asks for them."""

import posixpath
from contextlib import suppress
from typing import IO
from urllib.parse import quote, unquote, urljoin, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import default_storage
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from city_sites.moving.addresses import plain_host
from city_sites.moving.archive import Archive, safe_name
from city_sites.moving.library import document_number, documents_for, usable_collections
from city_sites.moving.manifest import Manifest
from city_sites.moving.places import SitePlaces
from city_sites.moving.reader import SiteReader
from city_sites.moving.rewrite import rewrite_css
from portal.media.models import PortalImage, PortalRendition

ROOT = "site"
FOLDER = f"{ROOT}/files"


def relative(path: str, *, seen_from: str) -> str:
    """The address of one file of the zip as another one writes it."""
    return quote(posixpath.relpath(path, posixpath.dirname(seen_from)))


class SiteFiles:
    """Style sheets, fonts, scripts, pictures and documents. Each is written once."""

    def __init__(self, archive: Archive, reader: SiteReader, places: SitePlaces, manifest: Manifest) -> None:
        self.archive = archive
        self.reader = reader
        self.places = places
        self.manifest = manifest
        self._placed: dict[str, str] = {}

    def place(self, url: str, *, is_link: bool = False) -> str:
        """Where in the zip the file behind a full address stands; empty for what stays on the public site.

        A link takes pictures and documents along, never a page or anything else that the portal draws.
        """
        url = url.partition("#")[0]
        if url not in self._placed:
            self._placed[url] = self._take(url, is_link=is_link)
        return self._placed[url]

    def _take(self, url: str, *, is_link: bool) -> str:
        path = unquote(urlsplit(url).path)
        if name := self._below(settings.STATIC_URL, url):
            return self._copy(f"static/{name}", _open_static(name), url)
        if name := self._below(settings.MEDIA_URL, url):
            return self._copy(f"media/{name}", _open_media(name), url) if self._may_take(name) else ""
        if not self._is_ours(url):
            return ""
        if document_number(path) is not None:
            return self._take_document(path, url)
        return "" if is_link else self._fetch(path, url)

    def _below(self, root: str, url: str) -> str:
        """The name of the file when the address is below STATIC_URL or MEDIA_URL, which may be on another host."""
        parts, place = urlsplit(url), urlsplit(root)
        is_there = parts.netloc == place.netloc if place.netloc else self._is_ours(url)
        path = unquote(parts.path)
        return path.removeprefix(place.path) if is_there and path.startswith(place.path) else ""

    def _is_ours(self, url: str) -> bool:
        return plain_host(urlsplit(url).netloc) in self.places.own_hosts | self.places.national_hosts

    def _may_take(self, name: str) -> bool:
        """Pictures of another city stay where they are."""
        image = PortalImage.objects.filter(file=name).first()
        if image is None:
            rendition = PortalRendition.objects.filter(file=name).select_related("image").first()
            image = rendition.image if rendition else None
        if image is None:
            self.manifest.miss(name, _("No picture of the library has this file."))
        return image is not None and image.collection_id in self._collections

    @cached_property
    def _collections(self) -> set[int]:
        return usable_collections(self.places.city)

    def _take_document(self, path: str, url: str) -> str:
        pk = document_number(path)
        document = documents_for(self.places.city).filter(pk=pk).select_related("collection").first()
        if document is None or document.collection.get_view_restrictions().exists():
            return ""
        return self._copy(f"documents/{pk}/{document.filename}", _open_media(document.file.name), url)

    def _fetch(self, path: str, url: str) -> str:
        answer = self.reader.get(url)
        if answer.status != 200:
            self.manifest.miss(path, _("The site answered %(status)d.") % {"status": answer.status})
            return ""
        place = self._claim(path.strip("/"))
        body = answer.body
        if answer.kind == "text/css":
            body = self._with_own_files(answer.text, url, place).encode()
        self.archive.write(place, body)
        return place

    def _with_own_files(self, css: str, url: str, place: str) -> str:
        def change(address: str) -> str:
            full = urljoin(url, address)
            placed = self.place(full)
            return relative(placed, seen_from=place) if placed else full

        return rewrite_css(css, change)

    def _copy(self, name: str, source: IO[bytes] | None, url: str) -> str:
        if source is None:
            self.manifest.miss(name, _("The file is missing on the server."))
            return ""
        place = self._claim(name)
        with source:
            self.archive.copy(place, source)
        return place

    def _claim(self, name: str) -> str:
        return self.archive.claim("/".join([FOLDER, *map(safe_name, filter(None, name.split("/")))]))


def _open_static(name: str) -> IO[bytes] | None:
    """A static file as it is served: collected, or where its app keeps it."""
    with suppress(OSError, SuspiciousOperation, ValueError):
        return staticfiles_storage.open(name)
    with suppress(OSError, SuspiciousOperation):
        found = finders.find(name)
        return open(found, "rb") if found else None
    return None


def _open_media(name: str) -> IO[bytes] | None:
    with suppress(OSError, SuspiciousOperation, ValueError):
        return default_storage.open(name, "rb")
    return None
