"""Documents as results: with their address, their words marked, their city."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django.utils.functional import Promise, cached_property
from django.utils.safestring import SafeString
from wagtail.models import Site

from portal.core.figures import Counts, fill
from portal.core.hosts import portal_root
from search.models import SearchDoc
from search.sources import kinds
from search.words.extracts import extract, highlighted_title
from search.words.plan import Plan


@dataclass(frozen=True)
class Result:
    """One result. `title` and `extract` are HTML with the words that fit marked. `url` leads there from where it was
    asked, `full_url` from anywhere. `summary` is plain."""

    doc: SearchDoc
    url: str
    full_url: str
    title: SafeString
    extract: SafeString
    summary: str
    score: float
    kind: str | Promise
    city_name: str = ""
    city_slug: str = ""

    @property
    def language(self) -> str:
        """The language it is in."""
        return self.doc.language


class Addresses:
    """Finds addresses of documents whose pages are loaded with their locales; one query for all of them at most."""

    def __init__(self, request: Any = None) -> None:
        self.request = request
        self.roots = SimpleNamespace()  # Wagtail keeps the sites' root paths on whatever it is handed

    def of(self, doc: SearchDoc) -> tuple[str, str]:
        """(from here, from anywhere); empty when nothing stands there any more. Without a request both are the same."""
        if doc.page_id is None:
            root, path = portal_root(), doc.path
            is_here = self._site is not None and self._site.is_default_site
        else:
            parts = doc.page.get_url_parts(self.roots) if doc.page is not None and doc.page.live else None
            if parts is None or parts[2] is None:
                return "", ""
            site, root, path = parts
            is_here = self._site is not None and self._site.pk == site
        return path if is_here else root + path, root + path

    @cached_property
    def _site(self) -> Site | None:
        return Site.find_for_request(self.request) if self.request is not None else None


def results_of(docs: Sequence[SearchDoc], scores: dict[int, float], plan: Plan, request: Any = None) -> list[Result]:
    """The documents as results, in their order, those without an address left out."""
    addresses = Addresses(request)
    counts = Counts()
    names = {name: kind.one for name, kind in kinds().items()}
    found = (_result(doc, addresses.of(doc), scores.get(doc.pk, 0.0), plan, names, counts) for doc in docs)
    return [result for result in found if result.url]


def _result(
    doc: SearchDoc,
    where: tuple[str, str],
    score: float,
    plan: Plan,
    names: dict[str, str | Promise],
    counts: Counts,
) -> Result:
    city = doc.city if doc.city_id else None
    return Result(
        doc=doc,
        url=where[0],
        full_url=where[1],
        title=_filled(highlighted_title(doc, plan), counts),
        extract=_filled(extract(doc, plan), counts),
        summary=fill(doc.summary, counts),
        score=score,
        kind=names.get(doc.kind, doc.kind),
        city_name=str(city) if city else "",
        city_slug=city.slug if city else "",
    )


def _filled(html: SafeString, counts: Counts) -> SafeString:
    filled = fill(html, counts)
    return filled if isinstance(filled, SafeString) else SafeString(filled)


def loaded(ids: Iterable[int]) -> list[SearchDoc]:
    """The documents with what a result shows, in this order; one query. Ids without a row are left out."""
    wanted = list(ids)
    rows = SearchDoc.objects.select_related("page__locale", "city").in_bulk(wanted)
    return [rows[pk] for pk in wanted if pk in rows]
