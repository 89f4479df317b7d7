"""The search in SQLite: what the stock backend finds, in milliseconds."""

from modelsearch.backends.database.sqlite.sqlite import SQLiteSearchBackend

from portal.core.admin_search.sqlite_index import AtomicRebuilder, Index, Rebuilder
from portal.core.admin_search.sqlite_search import AutocompleteCompiler, Results, SearchCompiler
from portal.core.admin_search.tidy import TidyQueries


class SQLiteBackend(TidyQueries, SQLiteSearchBackend):
    """What `WAGTAILSEARCH_BACKENDS` gives on SQLite."""

    query_compiler_class = SearchCompiler
    autocomplete_query_compiler_class = AutocompleteCompiler
    index_class = Index
    results_class = Results
    rebuilder_class = Rebuilder
    atomic_rebuilder_class = AtomicRebuilder
