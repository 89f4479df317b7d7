"""The engine's step as the portal takes it, beside the same match put to the engine without the portal."""

import time
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.utils import timezone

from search.engines import sqlite_match
from search.engines.asking import Asked, asked
from search.engines.base import Window
from search.engines.choosing import database_engine, outside_engine
from search.words.plan import Plan
from search.words.planning import plan_of

FIRST = 100
TURNS = 3
BARE = "SELECT rowid FROM search_fts WHERE search_fts MATCH %s ORDER BY bm25(search_fts, 12, 3, 2, 2, 1) LIMIT %s"
Call = Callable[[], Any]


def bare_and_ours(queries: list[str]) -> tuple[list[float], list[float]]:
    """Milliseconds of (the portal's step, the bare engine's) for each query: the best of a few, in turns."""
    ours, bare = [], []
    step = _step()
    for words in queries:
        plan = plan_of(words, language="en")
        wanted = asked(plan)
        if wanted is None or not wanted.has_words:
            continue
        both: tuple[Call, Call] = step(plan, wanted)
        times = [[_milliseconds(call) for call in both] for _turn in range(TURNS)]
        ours.append(min(turn[0] for turn in times))
        bare.append(min(turn[1] for turn in times))
    return ours, bare


def _milliseconds(call: Call) -> float:
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000


def _step() -> Callable[[Plan, Asked], tuple[Call, Call]]:
    if outside_engine() is not None:
        return _elastic
    return _postgres if connection.vendor == "postgresql" else _sqlite


def _window() -> Window:
    return Window(now=timezone.now(), count=FIRST)


def _sqlite(plan: Plan, wanted: Asked) -> tuple[Call, Call]:
    """Bare: FTS5, any of the words, ranked by BM25. Ours also sees to it that half of the words are there."""
    engine: Any = database_engine()
    values = [sqlite_match.words(wanted), FIRST]
    return lambda: engine.candidates(plan, _window()), lambda: _all(BARE, values)


def _postgres(plan: Plan, wanted: Asked) -> tuple[Call, Call]:
    """Bare: PostgreSQL's own full text search, any of the words, ranked by `ts_rank` (an index is made for it)."""
    engine: Any = database_engine()
    words = " | ".join(f"'{stems[0]}'" for group in wanted.groups for stems in group.alternatives)
    sql = (
        "SELECT doc_id FROM bench_vector, to_tsquery('simple', %s) q WHERE words @@ q"
        " ORDER BY ts_rank('{0.4,0.5,0.7,1}', words, q) DESC LIMIT %s"
    )
    return lambda: engine.candidates(plan, _window()), lambda: _all(sql, [words or "''", FIRST])


def make_vectors() -> None:
    """A table as one would make it for PostgreSQL's full text search, to measure that beside ours."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_vector")
        cursor.execute(
            "CREATE TABLE bench_vector AS SELECT id AS doc_id, setweight(to_tsvector('simple', a_title), 'A') ||"
            " setweight(to_tsvector('simple', a_headings), 'B') || setweight(to_tsvector('simple', a_summary"
            " || a_topics), 'C') || setweight(to_tsvector('simple', a_body), 'D') AS words FROM search_searchdoc"
        )
        cursor.execute("CREATE INDEX ON bench_vector USING gin (words)")
        cursor.execute("ANALYZE bench_vector")


def _elastic(plan: Plan, _wanted: Asked) -> tuple[Call, Call]:
    from search.engines.elastic.queries import request_of

    engine: Any = outside_engine()
    body = request_of(plan, _window())
    bare = {"query": body["query"]["function_score"]["query"], "size": FIRST, "stored_fields": "_none_"}
    return lambda: engine.find(plan, _window()), lambda: engine._server.client.search(index=engine.alias, body=bare)


def _all(sql: str, values: list[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
