"""Pages and documents to find, and the two backends to ask: ours, and the stock one whose answers it must give."""

import pytest
from django.db import connection
from modelsearch.backends import get_search_backend
from wagtail.documents import get_document_model
from wagtail.models import Collection, Page

TITLES = [
    "Snow shoveling for neighbors",
    "Neighbors read to neighbors",
    "Snow",
    "A long title about a summer of paint and of the snow that nobody misses",
    "Paint the town",
    "O'Brien park & recreation",
    'The "quoted" page',
    "Poseidon-1234ABC",
    "C++ and 100% cotton",
    "Größe und Straße",
    "مرحبا بالعالم",
    "Party 🎉 in the park",
    "AND OR NOT NEAR",
    "Riverside cleanup, part two",
    *(f"Snow day {number}" + " for the park" * (number % 3) for number in range(6)),
]

STOCK = {
    "sqlite": "modelsearch.backends.database.sqlite.sqlite",
    "postgresql": "modelsearch.backends.database.postgres.postgres",
}


@pytest.fixture
def ours():
    """The backend of the portal's settings."""
    return get_search_backend("default")


@pytest.fixture
def stock():
    """Wagtail's own backend for this database, over the same index."""
    return get_search_backend(STOCK[connection.vendor])


@pytest.fixture
def pages(db):
    """A page for each title, below a first one that is a branch; every third is a draft."""
    Page.objects.filter(depth=2).delete()  # Wagtail's welcome, which is in no index
    root = Page.objects.get(depth=1)
    branch = root.add_child(title="Branch", slug="branch")
    for number, title in enumerate(TITLES):
        parent = branch if number % 2 else root
        parent.add_child(instance=Page(title=title, slug=f"page-{number}", live=bool(number % 3)))
    return Page.objects.filter(depth__gt=1)


@pytest.fixture
def documents(db):
    """Two documents, one with words of a page."""
    collection = Collection.get_first_root_node()
    Document = get_document_model()
    return [Document.objects.create(title=title, collection=collection) for title in ("Snow rules", "Minutes")]
