"""Where an old address may lead: a page of the city's site, a document, or an address elsewhere."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import SplitResult, quote

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _

from city_sites.moving.addresses import LONGEST, AddressError, plain_host, split, tidy_path
from city_sites.moving.library import document_number, documents_for
from city_sites.moving.places import PlacedPage, SitePlaces
from portal.media.models import PortalDocument

_is_web_address = URLValidator(schemes=["http", "https"])


@dataclass(frozen=True)
class Target:
    """A page of the site or an address. `note` is said to the person who brings it in."""

    page: PlacedPage | None = None
    address: str = ""
    note: str = ""

    @property
    def page_id(self) -> int | None:
        """The page's number."""
        return self.page.pk if self.page else None

    @property
    def label(self) -> str:
        """What it is called in a list."""
        return self.page.path if self.page else self.address

    def leads_where(self, page_id: int | None, address: str) -> bool:
        """Whether this is the same place."""
        return (self.page_id, self.address) == (page_id, address)


@dataclass(frozen=True)
class Unknown:
    """A path within the site where no page stands. It may be an old address itself."""

    path: str


class Targets:
    """Reads what people write in the column "new"."""

    def __init__(self, places: SitePlaces, old_hosts: set[str]) -> None:
        """`old_hosts`: names of the replaced site. Once they lead here, an address on them is one of this site."""
        self.places = places
        self.old_hosts = old_hosts

    def read(self, text: str) -> Target | Unknown:
        """The target, or a path within the site without a page. Raises AddressError."""
        if text.strip().isdecimal():
            return self._by_number(text.strip())
        parts = split(text)
        if parts.scheme and parts.scheme.lower() not in ("http", "https"):
            raise AddressError(_("The new address has to start with https:// or with a slash."))
        if not parts.netloc and not parts.scheme:
            return self._here(parts)
        host = plain_host(parts.netloc)
        if host in self.places.own_hosts | self.old_hosts:
            return self._here(parts)
        if host in self.places.national_hosts and self.places.below_national(tidy_path(parts.path)):
            return self._here(parts)
        return self._elsewhere(parts)

    def _by_number(self, text: str) -> Target:
        page = self.places.by_id.get(int(text)) if len(text) < 10 else None
        if page is None:
            raise AddressError(_("Page number %(number)s is not on this city’s site.") % {"number": text[:20]})
        return Target(page, note=_page_note(page, ""))

    def _here(self, parts: SplitResult) -> Target | Unknown:
        path = tidy_path(parts.path)
        path = self.places.below_national(path) or path
        page = self.places.page_at(path)
        if page is not None:
            return Target(page, note=_page_note(page, parts.query or parts.fragment))
        return self._document(path) or Unknown(path)

    def _document(self, path: str) -> Target | None:
        number = document_number(path)
        if number is None:
            return None
        document = self._documents.get(number)
        if document is None:
            raise AddressError(_("There is no such document on this city’s site."))
        return Target(address=document.url, note=_("A document."))

    @cached_property
    def _documents(self) -> dict[int, PortalDocument]:
        return {document.pk: document for document in documents_for(self.places.city)}

    @staticmethod
    def _elsewhere(parts: SplitResult) -> Target:
        if "@" in parts.netloc:
            raise AddressError(_("The new address holds a user name. Take it out."))
        address = iri_to_uri(parts._replace(scheme=parts.scheme.lower() or "https").geturl())
        try:
            _is_web_address(address)
        except ValidationError as error:
            raise AddressError(_("The new address is not a web address.")) from error
        if len(address) > LONGEST:
            raise AddressError(_("The new address is longer than %(most)d letters.") % {"most": LONGEST})
        host = quote(parts.hostname or "", safe=".-")
        return Target(address=address, note=_("Leads away from this site, to %(host)s.") % {"host": host})


def _page_note(page: PlacedPage, rest: str) -> str:
    notes = []
    if not page.live:
        notes.append(_("The page is not public yet. Nobody is led there before it is."))
    if rest:
        notes.append(_("What stands behind “?” or “#” is left out: a page is meant as a whole."))
    return " ".join(notes)
