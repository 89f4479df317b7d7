"""The links around the results: filters to take away, other orders, the site or everywhere, ways on from nothing."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from search.addresses import Asked
from search.engines.base import Sort
from search.facets import Facet

SORT_NAMES: dict[Sort, str | Promise] = {
    "relevance": gettext_lazy("Best match"),
    "newest": gettext_lazy("Newest first"),
    "title": gettext_lazy("A to Z"),
}


@dataclass(frozen=True)
class Way:
    """A link. `count` is what it would show, None: nobody has counted. `is_current`: it leads to where one is."""

    label: str | Promise
    url: str
    count: int | None = None
    is_current: bool = False


def labels_in(facets: list[Facet]) -> dict[tuple[str, str], str | Promise]:
    """(facet, value) → what a person calls it."""
    return {(facet.key, option.value): option.label for facet in facets for option in facet.options}


def chips(asked: Asked, facets: list[Facet], path: str) -> list[Way]:
    """Everything that is chosen, each with the address that asks for all but it. Unknown values go by themselves."""
    labels = labels_in(facets)
    return [Way(labels.get(each, each[1]), path + asked.without(*each).query) for each in asked.narrowed]


def sorts(asked: Asked, path: str) -> list[Way]:
    """The orders; without words nothing matches better than another."""
    return [
        Way(name, path + asked.sorted_by(sort).query, is_current=sort == asked.sort)
        for sort, name in SORT_NAMES.items()
        if asked.words or sort != "relevance"
    ]


def scopes(asked: Asked, path: str, *, city: str, in_city: int | None, in_all: int | None) -> list[Way]:
    """On the site of a city: what it has itself, or what all have."""
    return [
        Way(_("In %(city)s") % {"city": city}, path + asked.in_place().query, in_city, not asked.everywhere),
        Way(_("Everywhere"), path + asked.anywhere().query, in_all, asked.everywhere),
    ]


def ways_on(asked: Asked, facets: list[Facet], drop: dict[str, int], path: str) -> list[Way]:
    """When nothing fits: each filter that keeps something out, with what there is without it, most first."""
    labels = labels_in(facets)
    ways = [
        Way(
            ", ".join(str(labels.get((facet, value), value)) for value in values),
            path + asked.without(facet).query,
            drop[facet],
        )
        for facet, values in asked.chosen.items()
        if drop.get(facet)
    ]
    return sorted(ways, key=lambda way: -(way.count or 0))


def browsing(asked: Asked, facet: str, values: Iterable[tuple[str, str | Promise]], path: str) -> list[Way]:
    """Everything of each of these (value, label), whatever was asked for."""
    return [Way(label, path + asked.blank().plus(facet, value).query) for value, label in values]
