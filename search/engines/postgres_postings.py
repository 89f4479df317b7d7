"""Words in PostgreSQL: one row for each term of each document, with what it weighs there."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.db import connection

from search.documents import FIELDS
from search.engines.entries import marks
from search.models import SearchDoc, Totals
from search.words.analysis import PLACEHOLDER

WEIGHTS = {"title": 12, "headings": 3, "summary": 2, "topics": 2, "body": 1}
"""How much a term counts in each field (design: the same in every engine)."""
FEW = 100
TYPICAL = {"title": 8, "headings": 40, "summary": 20, "topics": 6, "body": 500}
"""Average lengths until FEW documents are counted: the first ones must not weigh more than those that follow."""

SAME = 0.01
"""Weights that differ by less than this share are the same: no order of results hangs on it."""


def write_postings(ids: Sequence[int]) -> None:
    """Take the words of these documents over from their rows. Only what differs is written: mostly a few words of many.

    A weight within SAME of what it was stays: the average lengths move a little with every document.
    """
    before = _postings(ids)
    after = _weighed(ids)
    gone = [key for key, x in before.items() if not _is_same(x, after.get(key))]
    new = [(key, x) for key, x in after.items() if not _is_same(x, before.get(key))]
    with connection.cursor() as cursor:
        if gone:
            cursor.execute(
                "DELETE FROM search_posting p USING unnest(%s::bigint[], %s::text[]) AS gone (doc_id, term)"
                " WHERE p.doc_id = gone.doc_id AND p.term = gone.term",
                [[doc for doc, _term in gone], [term for _doc, term in gone]],
            )
        if new:
            cursor.execute(
                "INSERT INTO search_posting (doc_id, term, x)"
                " SELECT * FROM unnest(%s::bigint[], %s::text[], %s::real[])",
                [[doc for (doc, _term), _x in new], [term for (_doc, term), _x in new], [x for _key, x in new]],
            )


def forget_postings(ids: Sequence[int]) -> None:
    """Remove the words of these documents."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM search_posting WHERE doc_id IN ({marks(ids)})",  # noqa: S608  # nosec B608 - placeholders
            list(ids),
        )


def _postings(ids: Sequence[int]) -> dict[tuple[int, str], float]:
    """What is written of these documents: (document, term) → weight."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT doc_id, term, x FROM search_posting WHERE doc_id IN ({marks(ids)})",  # noqa: S608  # nosec B608
            list(ids),
        )
        return {(doc, term): x for doc, term, x in cursor.fetchall()}


def _weighed(ids: Sequence[int]) -> dict[tuple[int, str], float]:
    """The same as their rows say it now."""
    averages = _averages()
    columns = [f"{kind}_{name}" for name in FIELDS for kind in "al"]
    rows = SearchDoc.objects.filter(pk__in=ids).values_list("pk", *columns)
    return {(pk, term): weight for pk, *fields in rows for term, weight in _weights(fields, averages)}


def _is_same(weight: float, other: float | None) -> bool:
    return other is not None and abs(weight - other) <= SAME * weight


def _weights(fields: list[str | int], averages: list[float]) -> Iterator[tuple[str, float]]:
    """Each term of a document, and the sum of its weights over the fields: BM25F with b = ½, before its saturation."""
    found: defaultdict[str, float] = defaultdict(float)
    for name, text, length, average in zip(FIELDS, fields[::2], fields[1::2], averages, strict=True):
        one = WEIGHTS[name] / (0.5 + 0.5 * int(length) / average)
        for term in str(text).split():
            found[term] += one
    found.pop(PLACEHOLDER, None)
    return iter(found.items())


def _averages() -> list[float]:
    """The average length of each field now."""
    totals = Totals.objects.filter(pk=1).first()
    if totals is None or totals.docs < FEW:
        return [float(TYPICAL[name]) for name in FIELDS]
    return [max(getattr(totals, f"l_{name}"), 1) / totals.docs for name in FIELDS]
