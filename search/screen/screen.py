"""Everything that the page of results shows."""

from typing import Any

from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import Truncator

from portal.core.models import Topic
from search.addresses import Asked, Here
from search.engines.base import MOST_RESULTS
from search.finding import Answer
from search.screen import links
from search.screen.filters import Filter, filters_of
from search.screen.rows import Row, rows_of
from search.sources import kinds

LONGEST_IN_A_HEADING = 80
"""Characters of a query that a heading repeats."""


class Screen:
    """An answer as the page shows it. `here` is the city on whose site it was asked, `promoted` what stands first."""

    def __init__(
        self,
        asked: Asked,
        answer: Answer,
        *,
        language: str,
        here: Here | None = None,
        promoted: list[Any] | None = None,
    ) -> None:
        self.asked = asked
        self.answer = answer
        self.language = language
        self.here = here
        self.promoted = promoted or []
        self.path = reverse("search:page")

    @property
    def words(self) -> str:
        """What was looked for, cut where it is too long for a heading."""
        return _short(self.answer.plan.mended or self.asked.words)

    @property
    def typed(self) -> str:
        """What was typed, cut likewise."""
        return _short(self.asked.words)

    @property
    def is_past_the_end(self) -> bool:
        """Whether there are results, but none on this page."""
        return bool(self.answer.total) and not self.answer.results

    @property
    def most(self) -> int | None:
        """The number of the last result that is listed, where there are more of them."""
        return MOST_RESULTS if self.answer.total > MOST_RESULTS else None

    @cached_property
    def rows(self) -> list[Row]:
        """The results."""
        here = self.here.pk if self.here and not self.asked.everywhere else None
        return rows_of(self.answer.results, language=self.language, here=here)

    @cached_property
    def filters(self) -> list[Filter]:
        """What results can be narrowed by; which city is asked above them where the site is a city's."""
        is_in_place = self.here is not None and not self.asked.everywhere
        return filters_of(self.answer.facets, leave_out="city" if is_in_place else "")

    @cached_property
    def chips(self) -> list[links.Way]:
        """What is chosen."""
        return links.chips(self.asked, self.answer.facets, self.path)

    @property
    def without_filters(self) -> str:
        """The address of the same words without any filter."""
        return self.path + self.asked.at_large().query

    @property
    def sorts(self) -> list[links.Way]:
        """The orders."""
        return links.sorts(self.asked, self.path)

    @cached_property
    def scopes(self) -> list[links.Way]:
        """This city or everywhere; nothing on the national site."""
        if self.here is None:
            return []
        total, without = self.answer.total, self.answer.drop.get("city", self.answer.total)
        in_city = self._count_of("city", self.here.slug) if self.asked.everywhere else total
        return links.scopes(self.asked, self.path, city=self.here.name, in_city=in_city, in_all=without)

    def _count_of(self, facet: str, value: str) -> int:
        options = (option for found in self.answer.facets if found.key == facet for option in found.options)
        return next((option.count for option in options if option.value == value), 0)

    @cached_property
    def ways_on(self) -> list[links.Way]:
        """What to leave out when nothing fits."""
        return links.ways_on(self.asked, self.answer.facets, self.answer.drop, self.path)

    @cached_property
    def shelves(self) -> list[links.Way]:
        """Everything of each kind, when nothing fits."""
        named = [(name, kind.many) for name, kind in kinds().items()]
        return links.browsing(self.asked, "kind", named, self.path)

    @cached_property
    def topics(self) -> list[links.Way]:
        """Everything about each main topic, when nothing fits. One query."""
        named = [(topic.slug, str(topic)) for topic in Topic.objects.main()]
        return links.browsing(self.asked, "topic", named, self.path)

    @property
    def as_typed_url(self) -> str:
        """The address of the words exactly as they were typed."""
        return self.path + self.asked.as_typed().query

    @property
    def mended_url(self) -> str:
        """The address of the words with their spelling mended again."""
        return self.path + self.asked.as_typed(exactly=False).query

    @property
    def first_page_url(self) -> str:
        """The address of the first page."""
        return self.path + self.asked.turned_to(1).query

    @property
    def feed_url(self) -> str:
        """The address of the same search as RSS."""
        return reverse("search:feed") + self.asked.turned_to(1).sorted_by("relevance").query

    @cached_property
    def pages(self) -> PaginatorPage:
        """The pages to turn, for the component."""
        listed = range(min(self.answer.total, MOST_RESULTS))
        return Paginator(listed, self.answer.page_size).get_page(self.answer.page)


def _short(words: str) -> str:
    return Truncator(words).chars(LONGEST_IN_A_HEADING)
