"""Trees that are closed for now: their pages keep their state, but nobody is to find them. Rooms above say which."""

from collections import defaultdict
from collections.abc import Callable

from django.db.models import Q
from django.db.models.functions import Left
from django.db.models.lookups import In
from wagtail.models import Page
from wagtail.query import PageQuerySet

Finder = Callable[[], tuple[str, ...]]

_finders: list[Finder] = []


def register_closed_paths(finder: Finder) -> None:
    """Let `finder` name the closed trees: the tree paths (`Page.path`) of their topmost pages."""
    if finder not in _finders:
        _finders.append(finder)


def closed_paths() -> tuple[str, ...]:
    """The topmost pages of all closed trees, by tree path. Costs what the finders cost."""
    return tuple(path for finder in _finders for path in finder())


def is_closed() -> Q:
    """That a page stands in a closed tree, as a condition that a search can read, too. Costs what the finders cost."""
    by_length: dict[int, list[str]] = defaultdict(list)
    for path in closed_paths():
        by_length[len(path)].append(path)
    if not by_length:
        return Q(pk__in=[])
    condition = Q()
    for length, paths in by_length.items():
        condition |= Q(In(Left("path", length), paths))
    return Q(pk__in=Page.objects.filter(condition).values("pk"))


def without_closed(pages: PageQuerySet) -> PageQuerySet:
    """The pages that stand in no closed tree."""
    return pages.exclude(is_closed())
