"""Which stories."""

from typing import Self

from django.db.models import Case, Value, When
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet


class StoryQuerySet(PageQuerySet):
    """Stories by where and when."""

    def under(self, home: Page) -> Self:
        """Live, public stories of one site in one language, newest first, with their cities."""
        return self.live().public().descendant_of(home).select_related("city").order_by("-date", "-pk")

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
