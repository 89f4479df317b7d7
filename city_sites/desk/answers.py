"""Short answers to "How do I …", for whoever may do it. Each leads to the place."""

from dataclasses import dataclass
from typing import Any

from city_sites.desk.answer_places import SitePlaces, Text
from city_sites.desk.answer_texts import ENTRIES
from coalition.models import City
from coalition.permissions import may


@dataclass(frozen=True)
class Answer:
    """A question, what to do step by step, and a link to where it starts ("" when there is none)."""

    key: str
    question: Text
    steps: tuple[Text, ...]
    link: Text
    url: str


def answers_for(user: Any, city: City) -> list[Answer]:
    """The answers that are of use to somebody with this person's roles in the city. One query."""
    site = SitePlaces(city)
    return [
        Answer(entry.key, entry.question, entry.steps, entry.link, entry.place(site))
        for entry in ENTRIES
        if may(user, entry.act, city) and not (entry.unless and may(user, entry.unless, city))
    ]
