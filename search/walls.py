"""The rules before the admin addresses of the search."""

from coalition.walls import rules
from coalition.walls.registry import classify


def classify_search() -> None:
    """A team's rooms are for the team; synonyms hold everywhere, so they are the coalition staff's."""
    classify(rules.own_city, "search_city:*")
    classify(rules.for_staff, "search_admin:*", "search_synonyms:*")
