"""The search of the admin: Wagtail's database search with its slow and its fragile places replaced.

`WAGTAILSEARCH_BACKENDS` names this package. What a search finds is what the stock backends find.
"""

from typing import Any

from django.db import connection
from modelsearch.backends import database
from modelsearch.backends.base import BaseSearchBackend


def search_backend(params: dict[str, Any]) -> BaseSearchBackend:
    """The backend for the database in use. Each is imported only where its index exists."""
    if connection.vendor == "postgresql":
        from portal.core.admin_search.postgres import PostgresBackend

        return PostgresBackend(params)
    stock = database.SearchBackend(params)
    if connection.vendor == "sqlite" and stock.__module__.endswith("sqlite"):  # not the fallback without FTS5
        from portal.core.admin_search.sqlite import SQLiteBackend

        return SQLiteBackend(params)
    return stock


SearchBackend = search_backend  # the name that modelsearch looks for
