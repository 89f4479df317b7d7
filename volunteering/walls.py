"""The rules before the admin addresses of this room."""

from coalition.walls import rules
from coalition.walls.registry import classify


def classify_volunteering() -> None:
    """All of it is one city's. What somebody may do there, and with whose opportunities, each view asks."""
    classify(rules.own_city, "volunteering_shifts:*", "volunteering_team:*")
