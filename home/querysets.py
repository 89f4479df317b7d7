"""Which stories."""

from typing import Self

from django.db.models import Case, Q, Value, When
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet

from portal.core.enclaves import in_enclaves


class StoryQuerySet(PageQuerySet):
    """Stories by where and when."""

    def under(self, home: Page) -> Self:
        """Live, public stories of one site in one language, newest first, with their cities.

        Those of a city's site count for that site alone, not for the national one around it.
        """
        return self._shown().descendant_of(home).exclude(in_enclaves(below=home))

    def of_city(self, home: Page, city_id: int) -> Self:
        """Live, public stories of a city's site, and what the national site tells about that city in its language."""
        told = Q(city_id=city_id, locale_id=home.locale_id) & ~in_enclaves()
        return self._shown().filter(self.descendant_of_q(home) | told)

    def _shown(self) -> Self:
        return self.live().public().select_related("city").order_by("-date", "-pk")

    def with_first(self, story_id: int | None) -> Self:
        """The same stories, led by the given one (or its translation), which is marked with `is_featured`."""
        key = Page.objects.filter(pk=story_id).values("translation_key")
        featured = Case(When(translation_key__in=key, then=Value(value=True)), default=Value(value=False))
        return self.annotate(is_featured=featured).order_by("-is_featured", "-date", "-pk")

    def beside(self, story: Page) -> Self:
        """Live, public stories that stand in the same index, without the given one, newest first, with their cities."""
        others = self.live().public().sibling_of(story, inclusive=False)
        return others.select_related("city").order_by("-date", "-pk")


StoryManager = PageManager.from_queryset(StoryQuerySet)
