"""Sending documents in portions, no faster than the server takes them."""

import json
import logging
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, cast

from elasticsearch import Elasticsearch

from search.engines.base import EngineUnavailable
from search.engines.elastic.limits import Deadline
from search.engines.elastic.line import Busy, Line, NoIndex, sane

logger = logging.getLogger(__name__)
MOST_ACTIONS = 500
MOST_BYTES = 4_000_000
ANSWERED = ["items.*._id", "items.*.status", "items.*.error.type", "items.*.error.reason"]


@dataclass(frozen=True)
class Action:
    """One document to write (`entry`) or to remove (none), and the version that decides which of two writes stays.

    Without a version it is done whatever the index holds.
    """

    doc_id: int
    version: int | None
    entry: dict[str, Any] | None = None

    def lines(self) -> str:
        """As the server reads it."""
        head: dict[str, Any] = {"_id": str(self.doc_id)}
        if self.version is not None:
            head |= {"version": self.version, "version_type": "external_gte"}
        if self.entry is None:
            return json.dumps({"delete": head}) + "\n"
        return json.dumps({"index": head}) + "\n" + json.dumps(self.entry) + "\n"


@dataclass
class Portion:
    """What became of some actions. `newer`: the index holds a newer version of these. `busy`: to be sent again."""

    newer: set[int] = field(default_factory=set)
    busy: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class Way:
    """Where and how to send: on this line, into this index or alias, before this deadline."""

    line: Line
    index: str
    deadline: Deadline
    is_alias: bool = True


def send(way: Way, actions: Iterable[Action], *, refresh: bool = True) -> set[int]:
    """Send all; the ids of which the index holds a newer version. What was sent is found when this returns.

    Raises EngineUnavailable at the first refusal; what was sent before it stays.
    """
    newer: set[int] = set()
    for portion, is_last in portions(actions):
        newer |= _send(way, portion, refresh=refresh and is_last)
    return newer


def portions(actions: Iterable[Action]) -> Iterator[tuple[dict[int, str], bool]]:
    """Actions as lines by id, in portions that are neither too many nor too large; and whether it is the last one."""
    portion: dict[int, str] = {}
    size = 0
    for action in actions:
        lines = action.lines()
        if portion and (len(portion) >= MOST_ACTIONS or size + len(lines) > MOST_BYTES):
            yield portion, False
            portion, size = {}, 0
        portion[action.doc_id] = lines
        size += len(lines)
    if portion:
        yield portion, True


def _send(way: Way, portion: dict[int, str], *, refresh: bool) -> set[int]:
    """Send one portion, and what the server was too busy for once more after a pause."""
    newer: set[int] = set()
    for wait in (*way.deadline.limits.waits, None):
        done = _try(way, portion, refresh=refresh)
        newer |= done.newer
        if not done.busy:
            return newer
        if wait is None:
            break
        portion = {doc_id: portion[doc_id] for doc_id in sorted(done.busy)}
        time.sleep(wait)
    raise Busy("Too busy to take more.")


def _try(way: Way, portion: dict[int, str], *, refresh: bool) -> Portion:
    """Send one portion once. All of it is busy when the server takes nothing now, and there is time to wait."""
    try:
        return way.line.ask(lambda client: _bulk(client, way, list(portion.values()), refresh=refresh), way.deadline)
    except Busy:
        if not way.deadline.limits.waits:
            raise
        return Portion(busy=set(portion))


def _bulk(client: Elasticsearch, way: Way, lines: list[str], *, refresh: bool) -> Portion:
    answer = client.bulk(
        index=way.index, operations=cast(Any, lines), refresh=refresh, require_alias=way.is_alias, filter_path=ANSWERED
    )
    done = Portion()
    for item in sane(answer.body, "items")["items"]:
        (kind, result), *_ = item.items()
        _note(done, kind, result)
    if done.busy and not way.deadline.limits.waits:
        raise Busy("Too busy to take more.")
    return done


def _note(done: Portion, kind: str, result: dict[str, Any]) -> None:
    """Sort one item of the answer."""
    status, error = result["status"], result.get("error", {})
    if status < 300 or (status == 404 and not error):  # removed, or it was not there
        return
    if status == 409:
        done.newer.add(int(result["_id"]))
    elif status == 429:
        done.busy.add(int(result["_id"]))
    elif status == 404:
        raise NoIndex("There is no index.")
    elif status >= 500:
        raise EngineUnavailable(f"Error {status} for a document.")
    else:
        # The next check finds that it is missing. Nothing that waits behind it is held up.
        logger.error("Elasticsearch refused to %s document %s: %s", kind, result["_id"], error)
