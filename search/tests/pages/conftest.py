"""The portal with Tulsa's site, and a few documents in the index."""

import datetime

import pytest

from coalition.models import City
from portal.core.models import Topic
from search.documents import Document
from search.indexing.write import put
from search.words import lexicon


@pytest.fixture(autouse=True)
def _on_a_portal(tulsa_database):
    """A national site, and the site of one member city."""


@pytest.fixture
def tulsa(db):
    return City.objects.get(slug="tulsa-ok")


def thing(number, title, kind="guide", **fields):
    fields = {"language": "en", "family": f"f{number}", "version": "1", "path": f"/things/{number}/"} | fields
    return Document(source="test", object_id=number, kind=kind, title=title, **fields)


def index(*documents):
    """Write documents and count their words; their ids."""
    ids = put(documents)
    lexicon.count(ids)
    return ids


@pytest.fixture
def documents(tulsa):
    """Twelve guides about lanterns, two stories of Tulsa, one guide in Spanish."""
    Topic.objects.get_or_create(slug="health", defaults={"name": "Health", "name_es": "Salud"})
    guides = [
        thing(
            number,
            f"Lantern walk {number}",
            summary="Neighbors carry a lantern around the block.",
            topics=("health",) if number <= 3 else (),
            date=datetime.date(2026, 1, number),
        )
        for number in range(1, 13)
    ]
    index(
        *guides,
        thing(21, "Lantern makers of Tulsa", "story", city_id=tulsa.pk, date=datetime.date(2026, 2, 1)),
        thing(22, "A lantern for every porch", "story", city_id=tulsa.pk, date=datetime.date(2026, 2, 2)),
        thing(31, "Caminata con faroles", language="es", summary="Los vecinos llevan un farol por la cuadra."),
    )
