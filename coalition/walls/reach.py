"""How far a person's rights reach: which pages and files of the whole coalition they may meet in the admin."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.http import Http404
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail.query import PageQuerySet

from portal.core.closed_trees import is_closed

USE = ("choose", "change", "delete", "add")
"""Any of these rights lets somebody see a file. In Wagtail `add` covers what they uploaded themselves."""


class Reach:
    """What one person's rights cover. Costs a query for each kind of thing that is asked about."""

    def __init__(self, user: Any) -> None:
        self.user = user

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """The tree paths of the pages on which the person holds any right; it holds below them too."""
        rights = policy_registry.get_by_type(Page).get_cached_permissions_for_user(self.user)
        return tuple(sorted({right.page.path for right in rights}))

    @property
    def own(self) -> Q:
        """Pages within reach, as a condition."""
        condition = Q(pk__in=[])
        for path in self.paths:
            condition |= Q(path__startswith=path)
        return condition

    def has_page(self, page: Page) -> bool:
        """Whether this page is within reach. No query beyond that of the rights."""
        return page.path.startswith(self.paths)

    def has_pages(self, pks: Iterable[int]) -> bool:
        """Whether all these pages exist and are within reach."""
        wanted = set(pks)
        found = Page.objects.filter(pk__in=wanted).values_list("path", flat=True)
        return len(found) == len(wanted) and all(path.startswith(self.paths) for path in found)

    def leads_to(self, pk: int) -> bool:
        """Whether the page is within reach or stands above one that is, so that one may walk down from it."""
        path = Page.objects.filter(pk=pk).values_list("path", flat=True).first()
        return path is not None and (path.startswith(self.paths) or any(own.startswith(path) for own in self.paths))

    def readable(self, pages: PageQuerySet) -> PageQuerySet:
        """Those that are within reach, and those that every visitor may read."""
        return pages.filter(self.own | everybody_reads())

    def can_read(self, pks: Iterable[int]) -> bool:
        """Whether all these pages exist and are within reach or public."""
        wanted = set(pks)
        return self.readable(Page.objects.filter(pk__in=wanted)).count() == len(wanted)

    def files(self, model: type[Model], rights: Iterable[str] = USE) -> QuerySet[Any]:
        """The images or documents on which the person holds one of these rights."""
        policy = policy_registry.get_by_type(model)
        found: QuerySet[Any] = policy.instances_user_has_any_permission_for(self.user, list(rights))
        return found

    def has_files(self, model: type[Model], pks: Iterable[int], rights: Iterable[str] = USE) -> bool:
        """Whether all these files exist and the person holds one of the rights on each."""
        wanted = set(pks)
        return self.files(model, rights).filter(pk__in=wanted).distinct().count() == len(wanted)


def everybody_reads() -> Q:
    """That any visitor may read a page, as a condition: live, not private, in no closed site."""
    return Q(live=True) & ~Page.objects.all().private_q() & ~is_closed()


def as_pks(values: Iterable[Any]) -> list[int]:
    """Ids as they came in an address or a form, as numbers. Raises Http404 when one is none."""
    try:
        return [int(value) for value in values]
    except (TypeError, ValueError):
        raise Http404 from None
