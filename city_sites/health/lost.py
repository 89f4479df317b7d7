"""Whether what a link points at is still there, and what to say when it is not."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from city_sites.health.addresses import Addresses
from city_sites.health.references import Reference, To
from portal.core.destinations import destinations
from portal.core.page_targets import load_targets
from portal.media.models import PortalDocument, PortalImage


class Lost:
    """Answers for every reference of one site. Three queries at most, whatever their number."""

    def __init__(self, references: Iterable[Reference], addresses: Addresses) -> None:
        wanted: dict[To, set[Any]] = {to: set() for to in To}
        for reference in references:
            wanted[reference.to].add(reference.target)
        self._targets = load_targets(wanted[To.PAGE])
        self._documents = _known(PortalDocument, wanted[To.DOCUMENT])
        self._images = _known(PortalImage, wanted[To.IMAGE])
        self._addresses = addresses

    def reason(self, reference: Reference, language: str) -> str:
        """What became of the target, as the end of a sentence; "" when it is there for a reader of this language."""
        look: dict[To, Callable[[Any, str], str]] = {
            To.PAGE: self._page,
            To.DESTINATION: self._destination,
            To.ADDRESS: self._address,
            To.DOCUMENT: self._document,
            To.IMAGE: self._image,
            To.NOWHERE: self._nowhere,
        }
        return look[reference.to](reference.target, language)

    def _page(self, pk: int, language: str) -> str:
        target = self._targets.get(pk)
        if target is None:
            return _("the page was deleted")
        return "" if target.in_language(language) else _("“%(page)s” is not published") % {"page": target.page.title}

    def _nowhere(self, _target: None, _language: str) -> str:
        return _("no page or address is chosen")

    def _destination(self, key: str, _language: str) -> str:
        return "" if key in destinations() else _("there is no such built-in page any more")

    def _address(self, address: str, _language: str) -> str:
        return _("nothing answers at %(address)s") % {"address": address} if self._addresses.is_lost(address) else ""

    def _document(self, pk: int, _language: str) -> str:
        return "" if pk in self._documents else _("the file was deleted")

    def _image(self, pk: int, _language: str) -> str:
        return "" if pk in self._images else _("the picture was deleted")


def _known(model: type[Model], numbers: Iterable[int]) -> set[int]:
    wanted = list(numbers)
    return set(model._default_manager.filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()
