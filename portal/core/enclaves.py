"""Sites inside the site: trees that lists of the site around them leave out.

The room that makes them registers where they are and which home a page stands under.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Q
from wagtail.models import Page

PathFinder = Callable[[], Iterable[str]]
HomeFinder = Callable[[Page], Any | None]

_paths: list[PathFinder] = []
_homes: list[HomeFinder] = []


def register_enclaves(paths: PathFinder, home: HomeFinder) -> None:
    """`paths` names the topmost pages of the enclaves by tree path, in one query at most, whenever a list is made.

    `home` gives the home of the site in which a page stands, None for a page elsewhere. A home has `card_for(page)`:
    what the social card of a page of its site shows besides the title.
    """
    _paths.append(paths)
    _homes.append(home)


def in_enclaves(below: Page | None = None) -> Q:
    """Pages that stand in an enclave; with `below`, in one below that page (a home inside one keeps its own)."""
    inside = Q(pk__in=[])
    for find in _paths:
        for path in find():
            if below is None or path.startswith(below.path):
                inside |= Q(path__startswith=path)
    return inside


def home_over(page: Page) -> Any | None:
    """The home of the site inside the site in which the page stands, itself for a home. None for a page elsewhere."""
    return next((found for find in _homes if (found := find(page)) is not None), None)
