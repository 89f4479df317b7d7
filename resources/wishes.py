"""What a reader of the library asks for, read from the address, and the addresses that ask for more or less."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Self

from django.http import QueryDict

FACETS = ("topic", "audience", "effort", "format", "language")
"""By what a list can be narrowed, in the order in which the filters stand."""
SORTS = ("newest", "title", "used")
ALL_LANGUAGES = "all"
MOST_VALUES = 20  # of one facet; nobody ticks more boxes than there are


@dataclass(frozen=True)
class Wishes:
    """What is asked for: facet → values. Empty: anything. `tag` is the slug of a tag, `sort` the order."""

    language: str
    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    tag: str = ""
    sort: str = SORTS[0]

    @classmethod
    def read(cls, query: QueryDict, language: str) -> Self:
        """The wishes in an address. What is asked twice counts once; an order that is none is the first."""
        chosen = {facet: _values(query.getlist(facet)) for facet in FACETS}
        if chosen["language"] == (language,):
            chosen["language"] = ()
        sort = query.get("sort", "")
        return cls(language, chosen, query.get("tag", "").strip(), sort if sort in SORTS else SORTS[0])

    def of(self, facet: str) -> tuple[str, ...]:
        """What is asked for in one facet."""
        return self.chosen.get(facet, ())

    @property
    def asked(self) -> tuple[frozenset[str], ...]:
        """What one value of each facet must be in, in the order of FACETS; an empty set takes anything."""
        languages = self.of("language") or (self.language,)
        chosen = {**self.chosen, "language": () if ALL_LANGUAGES in languages else languages}
        return tuple(frozenset(chosen.get(facet, ())) for facet in FACETS)

    @property
    def is_narrow(self) -> bool:
        """Whether anything is asked for besides an order."""
        return bool(self.tag) or any(self.chosen.values())

    def without(self, facet: str, value: str = "") -> Self:
        """The same with one value less; without a value, with none of the facet."""
        if facet == "tag":
            return replace(self, tag="")
        left = tuple(each for each in self.of(facet) if value and each != value)
        return replace(self, chosen={**self.chosen, facet: left})

    def sorted_by(self, sort: str) -> Self:
        """The same in another order."""
        return replace(self, sort=sort)

    @property
    def query(self) -> str:
        """The part of the address after the path; empty when nothing is asked for."""
        found = QueryDict(mutable=True)
        for facet in FACETS:
            found.setlist(facet, list(self.of(facet)))
        if self.tag:
            found["tag"] = self.tag
        if self.sort != SORTS[0]:
            found["sort"] = self.sort
        return f"?{found.urlencode()}" if found.urlencode() else ""


def _values(asked: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value.strip() for value in asked if value.strip()))[:MOST_VALUES]
