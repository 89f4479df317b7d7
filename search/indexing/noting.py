"""Noting what changed, in the transaction of the change; what was noted is indexed right after it."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial

from django.db import transaction

from search.indexing.settling import settle_soon
from search.models import Change
from search.sources import sources

ROWS = 500
"""Notes written by one statement."""

_gathering: ContextVar[dict[str, set[int]] | None] = ContextVar("search_notes", default=None)


def note(source: str, ids: Iterable[int]) -> None:
    """These objects of the source changed, appeared or went: make their documents anew once this transaction is done.

    A few are indexed at once after the commit, in this process; more, or what fails, by a task or the next time rule.
    What says something of them (their translations) is noted with them: so note what goes before it is gone.
    """
    wanted = set(ids)
    gathering = _gathering.get()
    if gathering is not None:
        gathering.setdefault(source, set()).update(wanted)
    elif wanted:
        _write({source: wanted})


@contextmanager
def gathered() -> Iterator[None]:
    """For acts that change many things: what is noted within the block is written at its end, in a few statements.

    The block stands inside of the act's transaction. Nothing is written when it raises.
    """
    if _gathering.get() is not None:
        yield
        return
    notes: dict[str, set[int]] = {}
    token = _gathering.set(notes)
    try:
        yield
    finally:
        _gathering.reset(token)
    if any(notes.values()):
        _write(notes)


def _write(notes: Mapping[str, set[int]]) -> None:
    known = sources()
    wide = {name: ids | known[name].relatives(ids) for name, ids in notes.items() if ids and name in known}
    if not wide:
        return
    rows = [Change(source=name, object_id=pk) for name, ids in wide.items() for pk in sorted(ids)]
    Change.objects.bulk_create(rows, batch_size=ROWS)
    transaction.on_commit(partial(settle_soon, wide), robust=True)
