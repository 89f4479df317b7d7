"""The one interface of all engines."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, Protocol

from search.words.plan import Plan

Sort = Literal["relevance", "newest", "title"]
MOST_RESULTS = 10_000
"""Results past this one are not listed; they are counted."""

Counts = dict[tuple[int, int], int]
"""(signature, bucket of dates) → documents."""


@dataclass(frozen=True)
class Window:
    """Which of the fitting documents an engine is asked for.

    Only documents whose signature is in `allowed` and whose bucket of dates is in `buckets` may be named (None: any);
    those of `favoured` signatures come sooner (their score counts 1.5 times), those that are over at `now` later
    (half). What expired before `now` does not exist, and is not counted either.

    `days` are the borders between buckets, newest first: a document belongs to bucket 0 when its date is after days[0],
    to bucket 1 when after days[1], …, to the last, `len(days)`, when it is older than all, and to −1 without a date.

    Orders: "relevance" is the engine's own, best first; "newest" by date, those without one last; "title" by the
    analysed title. Ties in each by the document's id.
    """

    now: datetime.datetime
    allowed: frozenset[int] | None = None
    buckets: frozenset[int] | None = None
    favoured: frozenset[int] = frozenset()
    days: tuple[datetime.date, ...] = ()
    sort: Sort = "relevance"
    first: int = 0
    count: int = 100


@dataclass(frozen=True)
class Found:
    """What an engine found.

    `ids` are the documents (`SearchDoc.pk`) of the window. `counts` counts every document that fits the plan, also
    those that `allowed` or `buckets` keep out of the window: what each filter would leave is read from them.
    """

    ids: list[int]
    counts: Counts = field(default_factory=dict)


class EngineUnavailable(Exception):  # noqa: N818 - a state, not a mistake
    """The engine does not answer now: refused, too slow, in error. The database answers instead."""


class Engine(Protocol):
    """Finds documents by their words. `write` and `remove` run in the transaction that writes the `SearchDoc` rows.

    All of them may raise EngineUnavailable; engines in the database raise what the database raises.
    """

    name: str

    def find(self, plan: Plan, window: Window) -> Found:
        """What fits the plan, in the window's order."""
        ...

    def write(self, ids: Iterable[int]) -> None:
        """Take over these documents from `SearchDoc`, in place of what it has of them."""
        ...

    def remove(self, ids: Iterable[int]) -> None:
        """Forget these documents. What it does not know it leaves alone."""
        ...

    def clear(self) -> None:
        """Forget everything."""
        ...

    def versions(self) -> dict[int, str]:
        """Document id → a version that changes whenever the row does (`indexed_at` in microseconds, as text)."""
        ...
