"""The engine outside of the database: an Elasticsearch server, named by SEARCH_URL."""

from search.engines.elastic.engine import ElasticEngine

__all__ = ["ElasticEngine"]
