"""What a site has of one kind: its latest stories, opportunities, jobs. The rooms above register how each is found."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.functional import Promise
from wagtail.models import Page

ENTRIES_ON_A_PAGE = 12


@dataclass(frozen=True)
class Entry:
    """One line of a list. `facts` are short words beside the title: a time, a place, how many places are left."""

    title: str | Promise
    url: str
    summary: str | Promise = ""
    date: datetime.date | None = None
    city: Any | None = None
    facts: tuple[str | Promise, ...] = ()


@dataclass(frozen=True)
class Listing:
    """Some entries of a kind, and where all of them are listed (empty: nowhere). `count` counts them all when asked."""

    entries: tuple[Entry, ...] = ()
    more_url: str = ""
    count: Callable[[], int] | None = None

    @property
    def total(self) -> int:
        """How many there are in all."""
        return self.count() if self.count else len(self.entries)


Finder = Callable[..., Listing]
"""find(home, *, limit, offset, request): what the site of `home` has, from `offset` on, in the language of `home`.

Costs the same number of queries however much there is. `request` may be None; with it addresses need no look-up.
"""


@dataclass(frozen=True)
class Kind:
    """A kind of thing that sites list.

    `nothing` stands above an empty list and `meanwhile` under it; `more` is the way to all of it.
    """

    key: str
    label: str | Promise
    find: Finder | None = None
    nothing: str | Promise = ""
    meanwhile: str | Promise = ""
    more: str | Promise = ""


_kinds: dict[str, Kind] = {}


def register_listing(
    key: str,
    label: str | Promise,
    find: Finder | None = None,
    *,
    nothing: str | Promise = "",
    meanwhile: str | Promise = "",
    more: str | Promise = "",
) -> None:
    """Make a kind known, or say how a known kind is found: who comes second fills in what is missing.

    Raises ValueError when the kind has a finder already.
    """
    known = _kinds.get(key) or Kind(key, label)
    if find and known.find:
        raise ValueError(f"How to find {key!r} is already registered.")
    _kinds[key] = replace(
        known,
        find=known.find or find,
        nothing=known.nothing or nothing,
        meanwhile=known.meanwhile or meanwhile,
        more=known.more or more,
    )


def unregister_finder(key: str) -> None:
    """Keep the kind, forget how it is found; a key that is not known is left alone."""
    if key in _kinds:
        _kinds[key] = replace(_kinds[key], find=None)


def listing_kind(key: str) -> Kind | None:
    """The kind behind a key, None when it is not known (any more)."""
    return _kinds.get(key)


def listing_choices() -> list[tuple[str, str | Promise]]:
    """(key, label) of every kind, for a choice field."""
    return [(kind.key, kind.label) for kind in _kinds.values()]


def listing(key: str, home: Page, *, limit: int, offset: int = 0, request: HttpRequest | None = None) -> Listing:
    """What the site of `home` has of a kind; an empty one for a kind that nobody can find yet."""
    kind = _kinds.get(key)
    if kind is None or kind.find is None:
        return Listing()
    return kind.find(home, limit=limit, offset=offset, request=request)


def listing_page(key: str, home: Page, *, number: str, request: HttpRequest) -> PaginatorPage:
    """One page of all that the site has of a kind. A page number that is not there gives the nearest one that is."""
    asked = int(number) if number.isdecimal() and len(number) < 6 else 1
    found = _part(key, home, asked, request)
    page = Paginator(range(found.total), ENTRIES_ON_A_PAGE).get_page(number)
    if page.number != asked:
        found = _part(key, home, page.number, request)
    page.object_list = found.entries  # type: ignore[assignment]
    return page


def _part(key: str, home: Page, number: int, request: HttpRequest) -> Listing:
    offset = max(number - 1, 0) * ENTRIES_ON_A_PAGE
    return listing(key, home, limit=ENTRIES_ON_A_PAGE, offset=offset, request=request)


@dataclass(frozen=True)
class Latest:
    """The latest entries of a kind, and the way to more of them (empty: that is all, or there is no such list)."""

    entries: tuple[Entry, ...]
    more_url: str = ""


class Listings:
    """What one site has of each kind, asked for once: several lists on one page cost what one does."""

    MOST = 6  # entries in a list that stands on a page among other things

    def __init__(self, home: Page, request: HttpRequest | None) -> None:
        self._home = home
        self._request = request
        self._found: dict[str, Listing] = {}

    def latest(self, key: str, count: int) -> Latest:
        """The latest `count` entries of a kind, MOST at most."""
        if key not in self._found:
            self._found[key] = listing(key, self._home, limit=self.MOST + 1, request=self._request)
        found = self._found[key]
        shown = found.entries[: min(count, self.MOST)]
        return Latest(shown, found.more_url if len(found.entries) > len(shown) else "")
