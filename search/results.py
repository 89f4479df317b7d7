"""Documents as results: with their address, their words marked, their city."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from wagtail.models import Locale, Page

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
    """Finds addresses of documents, with at most one query for all of them (the languages)."""

    def __init__(self, request: Any = None) -> None:
        self.request = request
        self.roots = SimpleNamespace()  # Wagtail keeps the sites' root paths on whatever it is handed
        self._locales: dict[int, Locale] | None = None

    def of(self, doc: SearchDoc) -> tuple[str, str]:
        """(from here, from anywhere); empty when nothing stands there any more."""
        if doc.page_id is None:
            root = portal_root()
            is_there = self.request is not None and f"{self.request.scheme}://{self.request.get_host()}" == root
            return doc.path if is_there else root + doc.path, root + doc.path
        page = doc.page
        if page is None or not page.live:
            return "", ""
        page.locale = self._locale(page)
        here = page.get_url(self.request) if self.request is not None else None
        full = page.get_full_url(self.roots) or ""
        return here or full, full

    def _locale(self, page: Page) -> Locale:
        if self._locales is None:
            self._locales = Locale.objects.in_bulk()
        return self._locales[page.locale_id]


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
    rows = SearchDoc.objects.select_related("page", "city").in_bulk(wanted)
    return [rows[pk] for pk in wanted if pk in rows]
