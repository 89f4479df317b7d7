"""The page before anything was asked for: what there is, and about what."""

from dataclasses import dataclass

from django.urls import reverse

from search.addresses import Asked
from search.finding import Answer
from search.screen.links import Way
from search.screen.rows import OTHER_PICTOGRAM, PICTOGRAMS

MOST_TOPICS = 18


@dataclass(frozen=True)
class Pile:
    """All there is of one kind."""

    pictogram: str
    way: Way


@dataclass(frozen=True)
class Start:
    """Kinds and topics that have something, each with the search that shows it."""

    kinds: list[Pile]
    topics: list[Way]


def start_of(asked: Asked, answer: Answer) -> Start:
    """From the numbers of a search for everything."""
    ways = {facet: _ways(asked, answer, facet) for facet in ("kind", "topic")}
    piles = [Pile(PICTOGRAMS.get(value, OTHER_PICTOGRAM), way) for value, way in ways["kind"]]
    return Start(piles, [way for _value, way in ways["topic"]][:MOST_TOPICS])


def _ways(asked: Asked, answer: Answer, key: str) -> list[tuple[str, Way]]:
    options = [option for facet in answer.facets if facet.key == key for option in facet.options if option.count]
    path = reverse("search:page")
    return [
        (option.value, Way(option.label, path + asked.plus(key, option.value).query, option.count))
        for option in options
    ]
