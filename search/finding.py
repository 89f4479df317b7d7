"""Finding: from wishes to an answer."""

import datetime
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from coalition.models import City
from search.engines.base import MOST_RESULTS, EngineUnavailable, Found, Sort, Window
from search.engines.choosing import database_engine, outside_engine
from search.facets import FACETS, Facet, Option, Sieve, Tally, allowed_by, borders, chosen_from, facets_of, tally
from search.models import SearchDoc
from search.results import Result, loaded, results_of
from search.signatures import known
from search.words.plan import Plan
from search.words.planning import plan_of
from search.words.ranking import ranked

__all__ = ["FACETS", "Answer", "WishError", "Facet", "Option", "Result", "Wishes", "find"]

logger = logging.getLogger(__name__)

SORTS: tuple[Sort, ...] = ("relevance", "newest", "title")
PAGE_SIZE = 10
MOST_ON_A_PAGE = 100
MOST_TYPED = 1000
"""Characters of a query that are read."""
CANDIDATES = 100
"""Documents that the shared function orders; what an engine names after these keeps the engine's order."""
FOR_ORDER = (
    "pk", "language", "a_title", "a_headings", "a_summary", "a_topics", "a_body",
    "l_title", "l_headings", "l_summary", "l_topics", "l_body", "ends_at", "signature_id",
)  # fmt: skip
"""What of a document the order needs."""


@dataclass(frozen=True)
class Wishes:
    """What somebody asks for. `chosen`: facet → values (kind names, city slugs, topic slugs, codes); empty: anything.

    `language` is the interface's. `here` is the city on whose site it is asked; its results come first. `is_member`:
    the reader may find what is for members. `exactly`: the words as they were typed.
    """

    words: str = ""
    language: str = "en"
    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    here: int | None = None
    is_member: bool = False
    exactly: bool = False
    sort: Sort = "relevance"
    page: int = 1
    page_size: int = PAGE_SIZE


@dataclass(frozen=True)
class Answer:
    """What was found. `is_degraded`: the engine did not answer, the database did.

    `total` counts all results, also those past MOST_RESULTS. `drop` says for each facet that is narrowed how many
    results there would be without it.
    """

    plan: Plan
    total: int
    results: list[Result]
    facets: list[Facet]
    page: int = 1
    page_size: int = PAGE_SIZE
    is_degraded: bool = False
    drop: dict[str, int] = field(default_factory=dict)

    @property
    def first(self) -> int:
        """Number of the first result shown, 0 when there is none."""
        return (self.page - 1) * self.page_size + 1 if self.results else 0

    @property
    def last(self) -> int:
        """Number of the last result shown."""
        return self.first + len(self.results) - 1 if self.results else 0

    @property
    def pages(self) -> int:
        """How many pages can be turned."""
        return -(-min(self.total, MOST_RESULTS) // self.page_size)


class WishError(Exception):
    """What was asked for makes no sense; the message says why, to a person."""


def find(wishes: Wishes, request: Any = None, *, with_facets: bool = True) -> Answer:
    """What fits. Raises WishError for a page past the 10,000th result, or a page or size that is none.

    Eight queries at most on the database: the words of the query, the engine, the rows, names for facets.
    """
    _check(wishes)
    plan = plan_of(wishes.words[:MOST_TYPED], language=wishes.language, exactly=wishes.exactly)
    slugs = _city_slugs(wishes)
    sieve = Sieve(chosen_from(wishes.chosen, slugs), plan.language, wishes.is_member)
    search = _Search(plan, sieve, wishes, timezone.now())
    search.ask()
    counted = tally(search.found.counts, sieve)
    docs = loaded(search.page_ids())
    return Answer(
        plan=plan,
        total=counted.total,
        results=results_of(docs, search.scores, plan, request),
        facets=facets_of(counted, wishes.chosen, slugs) if with_facets else [],
        page=wishes.page,
        page_size=wishes.page_size,
        is_degraded=search.is_degraded,
        drop=_drop(counted, wishes),
    )


def _check(wishes: Wishes) -> None:
    if not 1 <= wishes.page_size <= MOST_ON_A_PAGE:
        raise WishError(_("A page holds 1 to %(most)d results.") % {"most": MOST_ON_A_PAGE})
    if wishes.page < 1:
        raise WishError(_("Pages are counted from 1."))
    if (wishes.page - 1) * wishes.page_size >= MOST_RESULTS:
        raise WishError(
            _("Only the first 10,000 results are listed. Add a word or a filter to find what you are looking for.")
        )
    if wishes.sort not in SORTS:
        raise WishError(_("There is no such order."))


def _city_slugs(wishes: Wishes) -> dict[str, str]:
    asked = wishes.chosen.get("city", ())
    return (
        {str(pk): slug for pk, slug in City.objects.filter(slug__in=asked).values_list("pk", "slug")} if asked else {}
    )


def _drop(counted: Tally, wishes: Wishes) -> dict[str, int]:
    return {key: counted.without[key] for key in FACETS if wishes.chosen.get(key)}


class _Search:
    """One question to the engines, and the order of what they name."""

    def __init__(self, plan: Plan, sieve: Sieve, wishes: Wishes, now: datetime.datetime) -> None:
        self.plan, self.sieve, self.wishes, self.now = plan, sieve, wishes, now
        self.start = (wishes.page - 1) * wishes.page_size
        self.end = min(self.start + wishes.page_size, MOST_RESULTS)
        self.sort: Sort = "newest" if plan.asks_all and wishes.sort == "relevance" else wishes.sort
        self.is_ranked = self.sort == "relevance" and self.start < CANDIDATES
        self.favoured = _signatures_of(wishes.here)
        self.scores: dict[int, float] = {}
        self.found = Found([])
        self.is_degraded = False

    def ask(self) -> None:
        """Ask Elasticsearch, and the database when there is none or it does not answer."""
        window = self._window()
        outside = outside_engine()
        if outside is not None:
            try:
                self.found = outside.find(self.plan, window)
                return
            except EngineUnavailable as reason:
                logger.warning("The database searches: %s", reason)
                self.is_degraded = True
        self.found = database_engine().find(self.plan, window)

    def _window(self) -> Window:
        first = 0 if self.is_ranked else self.start
        return Window(
            now=self.now,
            allowed=allowed_by(self.sieve),
            buckets=self.sieve.buckets,
            favoured=self.favoured,
            days=borders(timezone.localdate(self.now)),
            sort=self.sort,
            first=first,
            count=max(CANDIDATES, self.end) if self.is_ranked else self.end - self.start,
        )

    def page_ids(self) -> list[int]:
        """The documents of the page, in order."""
        if not self.is_ranked:
            return self.found.ids
        head, tail = self.found.ids[:CANDIDATES], self.found.ids[CANDIDATES:]
        return [*self._ordered(head), *tail][self.start : self.end]

    def _ordered(self, ids: Sequence[int]) -> list[int]:
        docs: Any = list(SearchDoc.objects.filter(pk__in=ids).values_list(*FOR_ORDER, named=True))
        favoured = {doc.pk for doc in docs if doc.signature_id in self.favoured}
        over = {doc.pk for doc in docs if doc.ends_at is not None and doc.ends_at <= self.now}
        order = ranked(docs, self.plan, favoured=favoured, over=over)
        self.scores = {doc.pk: score for doc, score in order}
        return [doc.pk for doc, _score in order]


def _signatures_of(city_id: int | None) -> frozenset[int]:
    if city_id is None:
        return frozenset()
    return frozenset(pk for pk, facets in known().items() if facets.city_id == city_id)
