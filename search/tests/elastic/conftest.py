"""Elasticsearch, and servers that fail in every way."""

import pytest

from search.tests.elastic.servers import Between, Failing
from tests.search.elastic import _index_of_this_process, elastic, elastic_url, with_elastic  # noqa: F401


@pytest.fixture
def failing():
    """Starts a server that fails in the way it is told: `failing("503")`."""
    started = []

    def start(way):
        started.append(Failing(way))
        return started[-1]

    yield start
    for server in started:
        server.stop()


@pytest.fixture
def between(elastic_url):  # noqa: F811
    """What stands between the portal and Elasticsearch: it lets everything through until it is told to fail."""
    server = Between(elastic_url)
    yield server
    server.stop()
