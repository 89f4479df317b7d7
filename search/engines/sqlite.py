"""The engine in SQLite: FTS5, ranked by BM25 with a weight for each field."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from search.engines import sqlite_match as match
from search.engines.asking import Asked, asked
from search.engines.base import Counts, Found, Window
from search.engines.entries import (
    bucket_sql,
    chunks,
    entry_versions,
    forget_entries,
    marks,
    microseconds,
    over_sql,
    write_entries,
)
from search.models import SearchDoc
from search.words.plan import Plan

RANK = "bm25(search_fts, 12, 3, 2, 2, 1)"
"""Smaller is better, and always below zero."""
SIGNATURE_IN = "e.signature_id IN (SELECT value FROM json_each(%s))"
MOST = 0.6
EVERY = -1
COLUMNS = "a_title, a_headings, a_summary, a_topics, a_body"

Condition = tuple[str, list[Any]]
"""SQL, and the values of its placeholders."""


class SqliteEngine:
    """Finds documents in `search_fts`, and counts them in `search_entry`."""

    name = "sqlite"

    def find(self, plan: Plan, window: Window) -> Found:
        """What fits the plan, in the window's order."""
        wanted = asked(plan)
        if wanted is None:
            return Found([])
        fits = _fits(wanted, window)
        counts = _counts(window, fits)
        share = _share(window, counts)
        return Found(_in_order(wanted, window, fits, share) if share else [], counts)

    def candidates(self, plan: Plan, window: Window) -> list[int]:
        """The documents of the window alone: to match and to rank, nothing counted."""
        wanted = asked(plan)
        return [] if wanted is None else _in_order(wanted, window, _fits(wanted, window), share=1.0)

    def write(self, ids: Iterable[int]) -> None:
        """Take over these documents from their rows."""
        for some in chunks(ids):
            _forget_words(some)
            with connection.cursor() as cursor:
                cursor.execute(
                    f"INSERT INTO search_fts (rowid, title, headings, summary, topics, body)"  # noqa: S608  # nosec B608 - constants, placeholders
                    f" SELECT id, {COLUMNS} FROM {SearchDoc._meta.db_table} WHERE id IN ({marks(some)})",
                    some,
                )
            write_entries(some)

    def remove(self, ids: Iterable[int]) -> None:
        """Forget these documents."""
        for some in chunks(ids):
            _forget_words(some)
            forget_entries(some)

    def clear(self) -> None:
        """Forget everything."""
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM search_fts")
            cursor.execute("DELETE FROM search_entry")

    def versions(self) -> dict[int, str]:
        """Document id → the version that was taken over."""
        return entry_versions()


def _forget_words(ids: Sequence[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM search_fts WHERE rowid IN ({marks(ids)})", ids)  # noqa: S608  # nosec B608 - constants, placeholders


def _fits(wanted: Asked, window: Window) -> Condition:
    """From where, and on which condition, documents fit the plan: to be put between SELECT and ORDER BY.

    CROSS JOIN holds SQLite to this order: it would else ask FTS5 once for every document.
    """
    alive, now = "e.expires_at > %s", microseconds(window.now)
    if wanted.has_words:
        enough, values = _enough(wanted)
        return (
            "FROM search_fts CROSS JOIN search_entry e ON e.doc_id = search_fts.rowid"
            f" WHERE search_fts MATCH %s{enough} AND {alive}",
            [match.words(wanted), *values, now],
        )
    if wanted.excluded:
        return (
            "FROM search_entry e WHERE e.doc_id NOT IN (SELECT rowid FROM search_fts WHERE search_fts MATCH %s)"  # noqa: S608  # nosec B608 - constants, placeholders
            f" AND {alive}",
            [match.excluded(wanted), now],
        )
    return f"FROM search_entry e WHERE {alive}", [now]


def _enough(wanted: Asked) -> Condition:
    """The condition that a document holds enough of the groups, where matching alone does not say so."""
    expression = match.threshold(wanted)
    if expression == "":
        return "", []
    if expression:
        return " AND e.doc_id IN (SELECT rowid FROM search_fts WHERE search_fts MATCH %s)", [expression]
    return " AND e.doc_id IN (SELECT value FROM json_each(%s))", [json.dumps(_holding_enough(wanted))]


def _holding_enough(wanted: Asked) -> list[int]:
    """Documents that hold enough of many groups. Who holds `least` of n holds one of the n − least + 1 rarest."""
    groups = match.rarest_first(wanted.groups)
    rare = len(groups) - wanted.least + 1
    held: Counter[int] = Counter()
    for number, group in enumerate(groups):
        rows = _rows("SELECT rowid FROM search_fts WHERE search_fts MATCH %s", [match.group(group)])
        ids = [pk for (pk,) in rows]
        held.update(ids if number < rare else held.keys() & set(ids))
    return [pk for pk, times in held.items() if times >= wanted.least]


def _in_order(wanted: Asked, window: Window, fits: Condition, share: float) -> list[int]:
    """The documents of the window, in its order. `share` of those that fit have allowed signatures, or nearly.

    When that is most of them they are picked out here, from somewhat more than were asked for (all, should that have
    been too few). Else SQLite does it, which takes longer for each document and spares ranking those kept out.
    """
    if window.allowed is None or share < MOST:
        condition = _allowed(window, signatures=True)
        rows = _read(wanted, window, fits, condition, count=window.count, first=window.first)
        return [pk for pk, _signature in rows]
    condition = _allowed(window, signatures=False)
    last = window.first + window.count
    for count in (int(last / share * 1.1) + 50, EVERY):
        rows = _read(wanted, window, fits, condition, count=count)
        kept = [pk for pk, signature in rows if signature in window.allowed]
        if len(kept) >= last or len(rows) < count:
            break
    return kept[window.first : last]


def _share(window: Window, counts: Counts) -> float:
    """Which part of the documents that fit has allowed signatures: 0 to 1."""
    every = sum(counts.values())
    if window.allowed is None or not every:
        return 1.0
    return sum(count for (signature, _bucket), count in counts.items() if signature in window.allowed) / every


def _read(
    wanted: Asked, window: Window, fits: Condition, condition: Condition, *, count: int, first: int = 0
) -> list[tuple[int, int]]:
    """Documents with their signatures, in the window's order."""
    source, values = fits
    order, order_values = _order(wanted, window)
    if window.sort == "title":
        source = source.replace(" WHERE ", f" JOIN {SearchDoc._meta.db_table} d ON d.id = e.doc_id WHERE ", 1)
    return _rows(
        f"SELECT e.doc_id, e.signature_id {source}{condition[0]} ORDER BY {order}, e.doc_id LIMIT %s OFFSET %s",
        [*values, *condition[1], *order_values, count, first],
    )


def _order(wanted: Asked, window: Window) -> Condition:
    if window.sort == "newest":
        return "e.day DESC", []
    if window.sort == "title":
        return "d.a_title", []
    over, values = over_sql(window)
    rank = RANK if wanted.has_words else "-1.0"
    if not window.favoured:
        return f"{rank} * {over}", values
    return f"{rank} * {over} * CASE WHEN {SIGNATURE_IN} THEN 1.5 ELSE 1.0 END", [
        *values,
        json.dumps(sorted(window.favoured)),
    ]


def _allowed(window: Window, *, signatures: bool) -> Condition:
    """The condition that a document may stand in the window, with its signature or without."""
    condition: str = ""
    values: list[Any] = []
    if signatures and window.allowed is not None:
        condition += f" AND {SIGNATURE_IN}"
        values.append(json.dumps(sorted(window.allowed)))
    if window.buckets is not None:
        bucket, days = bucket_sql(window.days)
        condition += f" AND {bucket} IN (SELECT value FROM json_each(%s))"  # noqa: S608  # nosec B608 - constants, placeholders
        values += [*days, json.dumps(sorted(window.buckets))]
    return condition, values


def _counts(window: Window, fits: Condition) -> Counts:
    """How many documents fit, by signature and bucket: counted here, which is quicker than GROUP BY."""
    source, values = fits
    bucket, days = bucket_sql(window.days)
    return Counter(_rows(f"SELECT e.signature_id, {bucket} {source}", [*days, *values]))


def _rows(sql: str, values: list[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
