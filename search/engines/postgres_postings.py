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


def write_postings(ids: Sequence[int]) -> None:
    """Take the words of these documents over from their rows."""
    forget_postings(ids)
    averages = _averages()
    columns = [f"{kind}_{name}" for name in FIELDS for kind in "al"]
    documents: list[int] = []
    terms: list[str] = []
    weights: list[float] = []
    for pk, *fields in SearchDoc.objects.filter(pk__in=ids).values_list("pk", *columns):
        for term, weight in _weights(fields, averages):
            documents.append(pk)
            terms.append(term)
            weights.append(weight)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO search_posting (doc_id, term, x) SELECT * FROM unnest(%s::bigint[], %s::text[], %s::real[])",
            [documents, terms, weights],
        )


def forget_postings(ids: Sequence[int]) -> None:
    """Remove the words of these documents."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM search_posting WHERE doc_id IN ({marks(ids)})",  # noqa: S608  # nosec B608 - placeholders
            list(ids),
        )


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
