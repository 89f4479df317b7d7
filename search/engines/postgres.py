"""The engine in PostgreSQL: BM25F over a table of postings, everything in one statement."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.db import connection

from search.documents import FIELDS
from search.engines.asking import Asked, asked
from search.engines.base import Counts, Found, Window
from search.engines.entries import (
    bucket_sql,
    chunks,
    entry_versions,
    forget_entries,
    microseconds,
    over_sql,
    write_entries,
)
from search.engines.postgres_postings import forget_postings, write_postings
from search.models import SearchDoc
from search.words.plan import Plan, Stems

ROWS = SearchDoc._meta.db_table
TEXTS = " OR ".join(f"strpos(d.a_{name}, %s) > 0" for name in FIELDS)
FEW = 1_000

Statement = tuple[str, list[Any]]
"""SQL, and the values of its placeholders."""


class PostgresEngine:
    """Finds documents in `search_posting`, and counts them in `search_entry`."""

    name = "postgresql"

    def find(self, plan: Plan, window: Window) -> Found:
        """What fits the plan, in the window's order."""
        wanted = asked(plan)
        return Found([]) if wanted is None else _found(wanted, window, with_counts=True)

    def candidates(self, plan: Plan, window: Window) -> list[int]:
        """The documents of the window alone: to match and to rank, nothing counted."""
        wanted = asked(plan)
        return [] if wanted is None else _found(wanted, window, with_counts=False).ids

    def write(self, ids: Iterable[int]) -> None:
        """Take over these documents from their rows."""
        for some in chunks(ids):
            write_postings(some)
            write_entries(some)

    def remove(self, ids: Iterable[int]) -> None:
        """Forget these documents."""
        for some in chunks(ids):
            forget_postings(some)
            forget_entries(some)

    def clear(self) -> None:
        """Forget everything."""
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM search_posting")
            cursor.execute("DELETE FROM search_entry")

    def versions(self) -> dict[int, str]:
        """Document id → the version that was taken over."""
        return entry_versions()


def _found(wanted: Asked, window: Window, *, with_counts: bool) -> Found:
    """The documents of the window, and the counts in the same statement.

    Up to FEW allowed signatures are compared by PostgreSQL. More of them take longer to tell it than it takes to read
    more documents than asked for and pick those allowed here; when that was too few, it is told after all.
    """
    allowed, last = window.allowed, window.first + window.count
    if allowed is not None and len(allowed) > FEW:
        count = last + last // 4 + 50
        rows, counts = _ask(wanted, replace(window, allowed=None, first=0, count=count), with_counts=with_counts)
        kept = [pk for pk, signature in rows if signature in allowed]
        if len(kept) >= last or len(rows) < count:
            return Found(kept[window.first : last], counts)
    rows, counts = _ask(wanted, window, with_counts=with_counts)
    return Found([pk for pk, _signature in rows], counts)


def _ask(wanted: Asked, window: Window, *, with_counts: bool) -> tuple[list[tuple[int, int]], Counts]:
    """Documents with their signatures in the window's order, and the counts."""
    fits, values = _fits(wanted, window)
    sql, more = _listed(window)
    if with_counts:
        counting, days = _counts(window)
        sql, more = f"{counting} UNION ALL {sql}", [*days, *more]
    with connection.cursor() as cursor:
        cursor.execute(f"{fits} {sql}", [*values, *more])
        rows = cursor.fetchall()
    listed = sorted((place, pk, signature) for place, pk, signature, _number in rows if place)
    counts = {(signature, bucket): number for place, bucket, signature, number in rows if not place}
    return [(pk, signature) for _place, pk, signature in listed], counts


def _fits(wanted: Asked, window: Window) -> Statement:
    """`fits`: every document that fits the plan, with its score and what the window asks of it."""
    hits, values = _hits(wanted) if wanted.has_words else ("SELECT doc_id, 1.0::float8 AS score FROM search_entry", [])
    without = ""
    if wanted.excluded:
        bad = [_holding(stems) for stems in wanted.excluded]
        union = " UNION ".join(f"SELECT doc_id FROM ({sql}) bad" for sql, _ in bad)  # noqa: S608  # nosec B608 - constants, placeholders
        without = f" AND NOT e.doc_id = ANY(ARRAY({union}))"
    sql = (
        f"WITH hits AS ({hits}), fits AS MATERIALIZED ("  # noqa: S608  # nosec B608 - constants, placeholders
        "SELECT e.doc_id, hits.score, e.signature_id, e.day, e.ends_at"
        " FROM hits JOIN search_entry e ON e.doc_id = hits.doc_id"
        f" WHERE e.expires_at > %s{without})"
    )
    excluded = [value for _, some in bad for value in some] if wanted.excluded else []
    return sql, [*values, microseconds(window.now), *excluded]


def _hits(wanted: Asked) -> Statement:
    """Documents that hold enough groups and all phrases, and the sum of what each of these is worth there.

    A group, or phrase, is worth idf·x/(2 + x), x of the alternative that is worth most.
    """
    terms: list[tuple[str, int, float]] = []
    parts: list[Statement] = []
    for number, group in enumerate([*wanted.groups, *wanted.phrases]):
        for stems in group.alternatives:
            if len(stems) == 1:
                terms.append((stems[0], number, group.idf))
            else:
                parts.append(_part(stems, number, group.idf))
    parts = [*map(_single, _each_once(terms)), *parts]
    union = " UNION ALL ".join(sql for sql, _ in parts)
    if any(len(group.alternatives) > 1 for group in [*wanted.groups, *wanted.phrases]):
        union = f"SELECT doc_id, g, max(part) AS part FROM ({union}) every GROUP BY doc_id, g"  # noqa: S608  # nosec B608 - constants, placeholders
    groups, phrases = len(wanted.groups), len(wanted.phrases)
    enough, numbers = "count(*) >= %s", [wanted.least]
    if phrases:
        enough = "count(*) FILTER (WHERE g < %s) >= %s AND count(*) FILTER (WHERE g >= %s) = %s"
        numbers = [groups, wanted.least, groups, phrases]
    return (
        f"SELECT doc_id, sum(part) AS score FROM ({union}) held GROUP BY doc_id HAVING {enough}",  # noqa: S608  # nosec B608 - constants, placeholders
        [*(value for _, some in parts for value in some), *numbers],
    )


def _single(terms: Sequence[tuple[str, int, float]]) -> Statement:
    """What each group of single terms is worth in each document.

    A term's group and weight are looked up by its place in the list: with a join PostgreSQL would guess badly how many
    documents hold it, and go on slowly.
    """
    names, groups, weights = (list(column) for column in zip(*terms, strict=True))
    return (
        "SELECT p.doc_id, (%s::int[])[p.place] AS g, (%s::float8[])[p.place] * p.x / (2 + p.x) AS part"
        " FROM (SELECT doc_id, x, array_position(%s::text[], term) AS place FROM search_posting"
        " WHERE term = ANY(%s::text[])) p",
        [groups, weights, names, names],
    )


def _each_once(terms: Iterable[tuple[str, int, float]]) -> list[list[tuple[str, int, float]]]:
    """The terms in lists that hold none twice; several groups may have the same one."""
    lists: list[dict[str, tuple[str, int, float]]] = []
    for term in terms:
        free = next((one for one in lists if term[0] not in one), None)
        if free is None:
            lists.append(free := {})
        free[term[0]] = term
    return [list(one.values()) for one in lists]


def _part(stems: Stems, number: int, idf: float) -> Statement:
    """What terms side by side are worth: as much as the least of them."""
    holding, values = _holding(stems)
    return (
        f"SELECT doc_id, %s::int AS g, %s::float8 * x / (2 + x) AS part FROM ({holding}) phrase",  # noqa: S608  # nosec B608 - constants, placeholders
        [number, idf, *values],
    )


def _holding(stems: Stems) -> Statement:
    """Documents that hold these terms side by side in one field, and the least of their weights."""
    terms = sorted(set(stems))
    some = (
        "SELECT doc_id, min(x) AS x FROM search_posting WHERE term = ANY(%s::text[])"
        " GROUP BY doc_id HAVING count(*) = %s"
    )
    if len(stems) == 1:
        return some, [terms, 1]
    text = f" {' '.join(stems)} "
    return (
        f"SELECT near.doc_id, near.x FROM ({some}) near JOIN {ROWS} d ON d.id = near.doc_id WHERE {TEXTS}",  # noqa: S608  # nosec B608 - constants, placeholders
        [terms, len(terms), *[text] * len(FIELDS)],
    )


def _counts(window: Window) -> Statement:
    """How many documents fit, by bucket and signature: rows in the place 0."""
    bucket, days = bucket_sql(window.days)
    return (
        f"SELECT 0::bigint, ({bucket})::bigint AS bucket, e.signature_id, count(*) FROM fits e GROUP BY 2, 3",  # noqa: S608  # nosec B608 - constants, placeholders
        list(days),
    )


def _listed(window: Window) -> Statement:
    """The documents of the window with their signatures, each with its place, from 1."""
    condition, condition_values = _allowed(window)
    order, order_values = _order(window)
    titles = f" JOIN {ROWS} d ON d.id = e.doc_id" if window.sort == "title" else ""
    return (
        "SELECT row_number() OVER () AS place, doc_id, signature_id, 0::bigint FROM ("  # noqa: S608  # nosec B608 - constants, placeholders
        f"SELECT e.doc_id, e.signature_id FROM fits e{titles} WHERE {condition}"
        f" ORDER BY {order}, e.doc_id LIMIT %s OFFSET %s) listed",
        [*condition_values, *order_values, window.count, window.first],
    )


def _order(window: Window) -> Statement:
    """Scores are rounded: the same sum in another order may differ in its last digits, and a page would shift."""
    if window.sort == "newest":
        return "e.day DESC", []
    if window.sort == "title":
        return 'd.a_title COLLATE "C"', []
    over, values = over_sql(window)
    if not window.favoured:
        return f"round(e.score * {over} * 1e9) DESC", values
    favoured = "CASE WHEN e.signature_id = ANY(%s) THEN 1.5::float8 ELSE 1.0 END"
    return f"round(e.score * {over} * {favoured} * 1e9) DESC", [*values, sorted(window.favoured)]


def _allowed(window: Window) -> Statement:
    """The condition that a document may stand in the window."""
    conditions = ["true"]
    values: list[Any] = []
    if window.allowed is not None:
        conditions.append("e.signature_id = ANY(%s::bigint[])")
        values.append(sorted(window.allowed))
    if window.buckets is not None:
        bucket, days = bucket_sql(window.days)
        conditions.append(f"{bucket} = ANY(%s::int[])")
        values += [*days, sorted(window.buckets)]
    return " AND ".join(conditions), values
