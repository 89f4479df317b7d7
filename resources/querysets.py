"""Which resources."""

from typing import Self

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef
from wagtail.models import PageManager, PageViewRestriction
from wagtail.query import PageQuerySet


class ResourceQuerySet(PageQuerySet):
    """Resources of every kind, or of one."""

    def shown(self) -> Self:
        """Live and not private in Wagtail’s sense. Members-only ones are among them, by title and summary.

        At no query of its own, where Wagtail's `public()` asks first what is private anywhere.
        """
        own_path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
        closed = PageViewRestriction.objects.annotate(own_path=own_path).filter(own_path__startswith=F("page__path"))
        return self.live().filter(~Exists(closed))


ResourceManager = PageManager.from_queryset(ResourceQuerySet)
