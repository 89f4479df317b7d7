"""All links of a menu or a body at once: one query, whatever their number and wherever they stand."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.blocks.stream_block import StreamValue
from wagtail.models import Locale

from portal.core.blocks.base import leaves
from portal.core.page_targets import Target, load_targets, targets_loaded
from portal.core.rich_text import linked_pages


def stored_page_ids(stored: Any) -> Iterator[int]:
    """Ids of the pages that links and texts in a stream's stored data point at, before anything is built from it."""
    if isinstance(stored, str):
        yield from linked_pages(stored)
    elif isinstance(stored, dict):
        if isinstance(stored.get("page"), int):  # a LinkBlock
            yield stored["page"]
        for part in stored.values():
            yield from stored_page_ids(part)
    elif isinstance(stored, list):
        for part in stored:
            yield from stored_page_ids(part)


def page_ids(value: Any) -> set[int]:
    """Ids of the pages that a stream field's value links to."""
    return set(stored_page_ids(list(value.raw_data))) if isinstance(value, StreamValue) else set()


class ResolvedLinks:
    """Answers for links and page ids in one language. Addresses are empty where there is nowhere to go."""

    def __init__(self, targets: dict[int, Target], language: str | None, request: HttpRequest | None) -> None:
        self._targets = targets
        self._language = language
        self._request = request

    def page_url(self, pk: int | None) -> str:
        """The address of a page by id."""
        target = self._targets.get(pk) if pk else None
        page = target.in_language(self._language) if target else None
        return (page.get_url(self._request) or "") if page else ""

    def url(self, link: Any) -> str:
        """The address of a LinkBlock's value."""
        return link.url_in(self._language, self._request)

    def lang(self, link: Any) -> str:
        """The language code of the page behind a link when it is not the reader's, else empty."""
        return link.lang_in(self._language)


def resolve_links(
    *values: Any,
    pages: Iterable[int | None] = (),
    locale: Locale | None = None,
    request: HttpRequest | None = None,
) -> ResolvedLinks:
    """Resolve all links of `values` (stream fields' values) and the page ids in `pages` for a locale, in one query.

    Without `locale` the active language counts.
    """
    language = locale.language_code if locale else get_language()
    wanted = {pk for pk in pages if pk}
    with targets_loaded(wanted.union(*(page_ids(value) for value in values))):
        for value in values:
            for _leaf in leaves(value):  # builds the links while their pages are at hand
                pass
        return ResolvedLinks(load_targets(wanted), language, request)
