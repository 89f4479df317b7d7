"""The filters as they stand beside the results."""

from dataclasses import dataclass

from django.utils.functional import Promise

from search.facets import Facet, Option

SHOWN = 6
"""Options of a filter that stand there at once; the others wait behind "More"."""


@dataclass(frozen=True)
class Filter:
    """One filter. `more` are the options behind "More"; it is open when one of them is chosen."""

    key: str
    legend: str | Promise
    options: list[Option]
    more: list[Option]

    @property
    def is_open(self) -> bool:
        """Whether what is behind "More" is to be seen."""
        return any(option.is_chosen for option in self.more)


def filters_of(facets: list[Facet], *, leave_out: str = "") -> list[Filter]:
    """The filters in which there is a choice, or one was made. `leave_out` is asked elsewhere on the page."""
    return [_filter(facet) for facet in facets if facet.key != leave_out and _is_useful(facet)]


def _is_useful(facet: Facet) -> bool:
    return len(facet.options) > 1 or any(option.is_chosen for option in facet.options)


def _filter(facet: Facet) -> Filter:
    # One line behind "More" would take as much room as "More" itself.
    shown = SHOWN if len(facet.options) > SHOWN + 1 else len(facet.options)
    return Filter(facet.key, facet.legend, facet.options[:shown], facet.options[shown:])
