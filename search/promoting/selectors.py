"""Which results stand first for certain words."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page

from coalition.walls.reach import everybody_reads
from portal.core.figures import fill
from search.models import Promotion, SearchDoc
from search.models.doc import Readers
from search.words.analysis import PLACEHOLDER, terms

MOST = 3
"""Results that stand first for one search."""


@dataclass(frozen=True)
class Promoted:
    """A result that staff put first. `text` is plain; `page_id` says which page, so that it need not come twice."""

    title: str
    url: str
    text: str
    page_id: int
    language: str


def promoted(words: str, city_id: int | None, language: str, request: Any = None) -> list[Promoted]:
    """What stands first on one site when exactly these words are typed, whatever their endings, accents and capitals.

    Each in the reader's language where it is to be read in it. Never what is not public now. One query when nothing is
    put first for the words, else five.
    """
    typed = _folded(words, language)
    if not typed:
        return []
    rows = Promotion.objects.filter(city=city_id).order_by("position", "pk").select_related("page")
    fitting = [row for row in rows if any(typed == _folded(line, language) for line in row.queries.splitlines())]
    return _shown(fitting[:MOST], language, request) if fitting else []


def _folded(words: str, language: str) -> list[str]:
    return [each for each in terms(words, language) if each != PLACEHOLDER]


def _shown(rows: list[Promotion], language: str, request: Any) -> list[Promoted]:
    pages = _public_pages(rows)
    chosen = {row.pk: _in_language(pages.get(str(row.page.translation_key), []), row, language) for row in rows}
    summaries = _summaries([page.pk for page in chosen.values() if page])
    found: dict[int, Promoted] = {}
    for row in rows:
        page = chosen[row.pk]
        if page is None or page.pk in found:
            continue
        # The sentence was written in the language of the page that was chosen.
        text = row.text if row.text and page.pk == row.page_id else summaries.get(page.pk, "")
        url = page.get_url(request) or page.get_full_url(request) or ""
        if url:
            found[page.pk] = Promoted(fill(page.title), url, fill(text), page.pk, page.locale.language_code)
    return list(found.values())


def _public_pages(rows: list[Promotion]) -> dict[str, list[Page]]:
    """All translations that everybody may read now, by translation key."""
    keys = {row.page.translation_key for row in rows}
    pages = Page.objects.filter(everybody_reads(), translation_key__in=keys)
    pages = pages.filter(Q(expire_at=None) | Q(expire_at__gt=timezone.now())).select_related("locale")
    found: dict[str, list[Page]] = {}
    for page in pages:
        found.setdefault(str(page.translation_key), []).append(page)
    return found


def _in_language(pages: list[Page], row: Promotion, language: str) -> Page | None:
    """The page in the reader's language, else the one that was chosen."""
    by_language = {page.locale.language_code: page for page in pages}
    own = next((page for page in pages if page.pk == row.page_id), None)
    return by_language.get(language, own)


def _summaries(pks: list[int]) -> dict[int, str]:
    docs = SearchDoc.objects.filter(page__in=pks).exclude(readers=Readers.MEMBERS)
    return dict(docs.values_list("page_id", "summary"))
