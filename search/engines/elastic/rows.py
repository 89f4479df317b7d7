"""What the rows say the index should hold."""

import time
from collections.abc import Iterable, Iterator, Sequence

from search.engines.elastic.bulk import Action
from search.engines.elastic.mapping import COLUMNS, entry_of
from search.engines.entries import microseconds
from search.models import SearchDoc

AT_A_TIME = 500


def writing(ids: Sequence[int]) -> Iterator[Action]:
    """To write those of these documents that have a row."""
    for start in range(0, len(ids), AT_A_TIME):
        rows = SearchDoc.objects.filter(pk__in=ids[start : start + AT_A_TIME])
        for row in rows.values_list(*COLUMNS):
            entry = entry_of(row)
            yield Action(row[0], entry["version"], entry)


def writing_all() -> Iterator[Action]:
    """To write every document, in the order of their ids."""
    last = 0
    while True:
        rows = list(SearchDoc.objects.filter(pk__gt=last).order_by("pk").values_list(*COLUMNS)[:AT_A_TIME])
        for row in rows:
            entry = entry_of(row)
            yield Action(row[0], entry["version"], entry)
        if len(rows) < AT_A_TIME:
            return
        last = rows[-1][0]


def removing(ids: Iterable[int]) -> Iterator[Action]:
    """To remove these documents, whatever was written of them before now."""
    now = time.time_ns() // 1000
    for doc_id in ids:
        yield Action(doc_id, now)


def as_rows_say(ids: Sequence[int]) -> Iterator[Action]:
    """To write those that have a row and remove the others."""
    found = set()
    for action in writing(ids):
        found.add(action.doc_id)
        yield action
    yield from removing(doc_id for doc_id in ids if doc_id not in found)


def versions() -> dict[int, int]:
    """Document id → version, of all rows."""
    return {pk: microseconds(at) for pk, at in SearchDoc.objects.values_list("pk", "indexed_at").iterator()}
