"""Which engine answers: the one that SEARCH_URL names, and the database when that one does not."""

from functools import lru_cache

from django.conf import settings
from django.db import connection

from search.engines.base import Engine


def database_engine() -> Engine:
    """The engine in the database. It always holds everything, whatever else answers."""
    return _of_vendor(connection.vendor)


def outside_engine() -> Engine | None:
    """Elasticsearch, when SEARCH_URL names one."""
    return _elastic(settings.SEARCH_URL) if settings.SEARCH_URL else None


@lru_cache(maxsize=4)
def _of_vendor(vendor: str) -> Engine:
    if vendor == "postgresql":
        from search.engines.postgres import PostgresEngine

        return PostgresEngine()
    from search.engines.sqlite import SqliteEngine

    return SqliteEngine()


@lru_cache(maxsize=4)
def _elastic(url: str) -> Engine:
    from search.engines.elastic import ElasticEngine

    return ElasticEngine(url)
