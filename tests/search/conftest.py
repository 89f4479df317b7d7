"""One engine after the other, and forty documents in it."""

import pytest
from django.utils import timezone

from search.engines.base import Window
from search.engines.choosing import database_engine
from search.factories import indexed
from search.indexing.write import remove
from search.models import SearchDoc
from search.words import known
from search.words.planning import plan_of
from tests.search.corpus import corpus
from tests.search.elastic import _index_of_this_process, elastic, elastic_url, with_elastic  # noqa: F401


class Searched:
    """An engine, and what a test asks it."""

    def __init__(self, engine, url=""):
        self.engine = engine
        self.url = url
        self.is_outside = engine.name == "elasticsearch"

    def add(self, *documents):
        """Index documents; their rows."""
        rows = indexed(*documents)
        known.forget()
        if self.is_outside:
            self.engine.write([row.pk for row in rows])
        return rows

    def drop(self, *rows):
        """Remove documents."""
        ids = [row.pk for row in rows]
        remove(ids)
        if self.is_outside:
            self.engine.remove(ids)

    def find(self, asked, language="en", **window):
        """What the engine finds for words, or for a plan."""
        plan = plan_of(asked, language=language) if isinstance(asked, str) else asked
        return self.engine.find(plan, Window(**{"now": timezone.now()} | window))

    def titles(self, asked, language="en", **window):
        """Titles of what it finds, in its order."""
        ids = self.find(asked, language, **window).ids
        named = dict(SearchDoc.objects.filter(pk__in=ids).values_list("pk", "title"))
        return [named[pk] for pk in ids]


@pytest.fixture(params=["database", pytest.param("elasticsearch", marks=pytest.mark.engine)])
def searched(request, db):
    """Each engine in turn: the one in this run's database, and Elasticsearch."""
    known.forget()
    if request.param == "elasticsearch":
        return Searched(request.getfixturevalue("elastic"), request.getfixturevalue("elastic_url"))
    return Searched(database_engine())


@pytest.fixture
def library(searched):
    """The engine with the forty documents; their rows by title."""
    searched.rows = {row.title: row for row in searched.add(*corpus())}
    yield searched
    known.forget()
