"""A small index: two cities, guides in two languages, a story, things that not everybody finds."""

import datetime

import pytest

from coalition.factories import CityFactory
from portal.core.models import Topic
from search.documents import Document
from search.indexing.write import put
from search.models.doc import Readers
from search.words import lexicon


@pytest.fixture(autouse=True)
def _on_a_portal(portal_database):
    """A national site, so that documents have addresses."""


@pytest.fixture
def tulsa(db):
    return CityFactory(name="Tulsa", state="OK", slug="tulsa-ok", member=True)


@pytest.fixture
def reno(db):
    return CityFactory(name="Reno", state="NV", slug="reno-nv", member=True)


def thing(number, kind, title, **fields):
    fields = {"language": "en", "family": f"f{number}", "version": "1", "path": f"/things/{number}/"} | fields
    return Document(source="test", object_id=number, kind=kind, title=title, **fields)


def index(*documents):
    """Write documents and count their words; their ids."""
    ids = put(documents)
    lexicon.count(ids)
    return ids


@pytest.fixture
def documents(tulsa, reno):
    """The index. Their numbers are their object ids."""
    Topic.objects.get_or_create(slug="health", defaults={"name": "Health", "name_es": "Salud"})
    day = datetime.date(2026, 1, 5)
    return index(
        thing(1, "city", "Tulsa, Oklahoma", city_id=tulsa.pk, body="74103 Tulsa County"),
        thing(2, "city", "Reno, Nevada", city_id=reno.pk),
        thing(
            3, "guide", "Porch lights for safer streets", summary="How a city gave away <b>lamps</b> & bulbs.",
            body="Neighbors screw in a porch light on the same evening.", topics=("health",), topic_words=("Health",),
            source_id="G-0003", date=day, siblings=("es",), family="porch",
        ),
        thing(
            4, "guide", "Luces en los portales", language="es", summary="Cómo una ciudad regaló lámparas.",
            body="Los vecinos ponen una luz.", siblings=("en",), family="porch", source_id="G-0003",
        ),
        thing(5, "story", "Porch swing repaired in Tulsa", city_id=tulsa.pk, date=day, body="A porch swing."),
        thing(6, "guide", "Porch lights, our own way", city_id=reno.pk, is_local=True),
        thing(7, "guide", "Porch secrets for members", readers=Readers.MEMBERS, body="qxzjvw"),
        thing(8, "guide", "Porch secrets for members", readers=Readers.VISITORS, body="Only the summary."),
        thing(9, "guide", "Heat plan", body="Shade and water."),
    )  # fmt: skip
