"""What a search asks for, as its address says it, and the addresses that ask for more, for less, or otherwise."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Self, get_args

from django.http import QueryDict
from django.utils.translation import gettext as _

from search.box import SITE
from search.engines.base import Sort
from search.facets import FACETS
from search.finding import MOST_TYPED, PAGE_SIZE, WishError, Wishes

MOST_VALUES = 20  # of one facet; nobody ticks more boxes than there are
LONGEST_VALUE = 100
SORTS: tuple[Sort, ...] = get_args(Sort)


@dataclass(frozen=True)
class Here:
    """The city on whose site a search is asked."""

    pk: int
    slug: str
    name: str


@dataclass(frozen=True)
class Asked:
    """A search as its address asks for it. `chosen`: facet → values, known ones and others.

    `site` names the city's site on which it is asked where the address alone would not say so. On such a site the city
    is chosen unless `everywhere` is.
    """

    words: str = ""
    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    everywhere: bool = False
    exactly: bool = False
    sort: Sort = "relevance"
    site: str = ""
    page: int = 1

    @classmethod
    def read(cls, query: QueryDict) -> Self:
        """The search in an address. Raises WishError for a page that is no number."""
        return cls(
            words=_plain(query.get("q", ""))[:MOST_TYPED],
            chosen={key: values for key in FACETS if (values := _values(query.getlist(key)))},
            everywhere=query.get("everywhere") == "1",
            exactly=query.get("exactly") == "1",
            sort=next((sort for sort in SORTS if sort == query.get("sort")), SORTS[0]),
            site=_plain(query.get(SITE, ""))[:LONGEST_VALUE],
            page=_page(query.get("page", "1")),
        )

    def settled(self, here: Here | None, *, has_own_host: bool = False) -> Self:
        """The same, without what means nothing where it is asked."""
        asked = self
        if asked.sort == "relevance" and not asked.words:
            asked = replace(asked, sort="newest")
        if here is None:
            return replace(asked, site="", everywhere=False)
        asked = replace(asked, site="" if has_own_host else here.slug)
        if asked.of("city") == (here.slug,) and not asked.everywhere:
            return asked.without("city")
        return replace(asked, everywhere=True) if asked.of("city") else asked

    def of(self, facet: str) -> tuple[str, ...]:
        """What is asked for in one facet."""
        return self.chosen.get(facet, ())

    @property
    def narrowed(self) -> list[tuple[str, str]]:
        """(facet, value) of everything that is chosen, in the order of the filters."""
        return [(facet, value) for facet in FACETS for value in self.of(facet)]

    @property
    def is_asking(self) -> bool:
        """Whether anything is asked for at all, or somebody has only come to the page."""
        return bool(self.words or self.chosen)

    def wishes(
        self, *, language: str, here: Here | None, is_member: bool = False, page_size: int = PAGE_SIZE
    ) -> Wishes:
        """What to look for. On a city's site that is the city's own unless everywhere is asked for."""
        chosen = dict(self.chosen)
        if here and not self.everywhere and "city" not in chosen:
            chosen["city"] = (here.slug,)
        return Wishes(
            words=self.words,
            language=language,
            chosen=chosen,
            here=here.pk if here else None,
            is_member=is_member,
            exactly=self.exactly,
            sort=self.sort,
            page=self.page,
            page_size=page_size,
        )

    def without(self, facet: str, value: str = "") -> Self:
        """The same with one value less; without a value, with none of the facet. Back to the first page."""
        left = tuple(each for each in self.of(facet) if value and each != value)
        chosen = {key: values for key, values in {**self.chosen, facet: left}.items() if values}
        return replace(self, chosen=chosen, page=1)

    def plus(self, facet: str, value: str) -> Self:
        """The same with one value more."""
        return replace(self, chosen={**self.chosen, facet: (*self.of(facet), value)}, page=1)

    def at_large(self) -> Self:
        """The same words without any filter."""
        return replace(self, chosen={}, page=1)

    def blank(self) -> Self:
        """Nothing asked yet, on the same site."""
        return type(self)(everywhere=self.everywhere, site=self.site, sort="newest")

    def sorted_by(self, sort: Sort) -> Self:
        """The same in another order."""
        return replace(self, sort=sort, page=1)

    def turned_to(self, page: int) -> Self:
        """Another page of the same."""
        return replace(self, page=page)

    def as_typed(self, *, exactly: bool = True) -> Self:
        """The same words, exactly as they were typed, or no longer so."""
        return replace(self, exactly=exactly, page=1)

    def anywhere(self) -> Self:
        """The same on all sites."""
        return replace(self.without("city"), everywhere=True)

    def in_place(self) -> Self:
        """The same on this city's site alone."""
        return replace(self.without("city"), everywhere=False)

    @property
    def query(self) -> str:
        """The part of the address after the path; empty when nothing is asked for."""
        found = QueryDict(mutable=True)
        if self.words:
            found["q"] = self.words
        for facet in FACETS:
            found.setlist(facet, list(self.of(facet)))
        flags = {"everywhere": self.everywhere, "exactly": self.exactly}
        found.update({name: "1" for name, is_on in flags.items() if is_on})
        if self.sort != self._usual_sort:
            found["sort"] = self.sort
        if self.site:
            found[SITE] = self.site
        if self.page > 1:
            found["page"] = str(self.page)
        return f"?{found.urlencode()}" if found.urlencode() else ""

    @property
    def _usual_sort(self) -> Sort:
        return "relevance" if self.words else "newest"

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What a form has to carry along besides words and filters; other words may be spelled otherwise."""
        sort = self.sort if self.sort != self._usual_sort else ""
        named = [("everywhere", "1" if self.everywhere else ""), ("sort", sort), (SITE, self.site)]
        return [(name, value) for name, value in named if value]


def _plain(text: str) -> str:
    """Without what nobody types: control characters, and more than one space at a time."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _values(asked: Iterable[str]) -> tuple[str, ...]:
    plain = (_plain(value)[:LONGEST_VALUE] for value in asked)
    return tuple(dict.fromkeys(value for value in plain if value))[:MOST_VALUES]


def _page(typed: str) -> int:
    if not typed.isdecimal() or len(typed) > 9 or not int(typed):
        raise WishError(_("“%(page)s” is not the number of a page. Pages start at 1.") % {"page": typed[:20]})
    return int(typed)
