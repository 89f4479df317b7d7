"""Fixtures that bring a real Elasticsearch. A folder's conftest.py imports those it wants."""

import os
import uuid

import pytest
from elasticsearch import Elasticsearch

from conftest import missing
from search.engines.choosing import outside_engine
from search.engines.elastic import ElasticEngine, indexes
from search.engines.elastic.limits import WORKING, Deadline, Limits
from search.indexing import telling

UNHURRIED = Limits(request=30.0, whole=30.0)
"""Tests share two cores with the server: what it answers counts, not how soon."""
URL = os.environ.get("ELASTICSEARCH_URL", "http://127.0.0.1:9200")


@pytest.fixture(scope="session")
def elastic_url():
    """Address of the server."""
    client = Elasticsearch(URL, max_retries=0, request_timeout=5)
    try:
        client.cluster.health(wait_for_status="yellow", timeout="3s")
    except Exception as error:
        missing(
            "Elasticsearch",
            "Start one (../shared/tools/elasticsearch/elasticsearch start) or set ELASTICSEARCH_URL to its address "
            f"({type(error).__name__}).",
        )
    finally:
        client.close()
    return URL


@pytest.fixture(scope="session")
def _index_of_this_process(elastic_url):
    """An engine on an index of its own, which every worker makes once."""
    engine = ElasticEngine(elastic_url, f"test-{uuid.uuid4().hex}", UNHURRIED)
    engine.clear()
    yield engine
    made = engine.writing.ask(
        lambda client: list(client.indices.get(index=f"{engine.alias}-*").body), Deadline(WORKING)
    )
    indexes.delete(engine.writing, made)
    engine.close()


@pytest.fixture
def elastic(_index_of_this_process):
    """An engine with an empty index that is the test's alone."""
    engine = _index_of_this_process
    yield engine
    engine.remove(engine.versions())


@pytest.fixture
def with_elastic(settings, monkeypatch, elastic, elastic_url):
    """The portal as it is with SEARCH_URL set; its engine, on the index of `elastic`."""
    settings.SEARCH_URL = elastic_url
    settings.SEARCH_INDEX = elastic.alias
    engine = outside_engine()
    monkeypatch.setattr(engine, "limits", UNHURRIED)
    monkeypatch.setattr(telling, "TELLING", UNHURRIED)
    return engine
