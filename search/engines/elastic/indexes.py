"""The indexes on the server: their names, the alias that says which one answers, making and swapping."""

import re
import time
from typing import Any

from elasticsearch import Elasticsearch, NotFoundError

from search.engines.base import EngineUnavailable
from search.engines.elastic.limits import WORKING, Deadline
from search.engines.elastic.line import Line, NoIndex, sane
from search.engines.elastic.mapping import MAPPINGS, SETTINGS, VERSION

LEFT_OVER = 24 * 3600 * 1_000_000
"""Microseconds after which an index that no alias names was left behind by a rebuild that died."""


def new_name(alias: str) -> str:
    """A name that no index has yet: the alias, the version of the mapping, the time in microseconds."""
    return f"{alias}-{VERSION}-{time.time_ns() // 1000:020d}"


def is_ours(alias: str, name: str, *, version: str = "[0-9a-f]{8}") -> bool:
    """Whether an index has a name as `new_name` gives it, of this version or of any."""
    return re.fullmatch(rf"{re.escape(alias)}-{version}-\d{{20}}", name) is not None


def look(alias: str) -> Any:
    """An act that makes sure that the alias names an index of this version that is not red."""

    def act(client: Elasticsearch) -> None:
        # A missing index counts as red, and the server would wait for it.
        health = client.options(ignore_status=408).cluster.health(index=alias, level="indices", timeout="0s")
        state = sane(health.body, "status")
        indexes = state.get("indices") or {}
        if not indexes and health.meta.status == 408:
            raise NoIndex("There is no index yet: it has to be built.")
        if state["status"] == "red":
            raise EngineUnavailable("The index is red: a part of it is not there.")
        if not any(is_ours(alias, name, version=VERSION) for name in indexes):
            raise NoIndex("The index was made by another version of the portal: it has to be built anew.")

    return act


def create(line: Line, alias: str, *, is_filled_next: bool = False) -> str:
    """Make an empty index, which nothing asks yet; its name."""
    name = new_name(alias)
    settings = {**SETTINGS, "refresh_interval": "-1"} if is_filled_next else SETTINGS
    line.ask(lambda client: client.indices.create(index=name, settings=settings, mappings=MAPPINGS), Deadline(WORKING))
    return name


def swap(line: Line, alias: str, name: str) -> None:
    """Let this index answer from now on, and delete those that did, in one step."""

    def act(client: Elasticsearch) -> None:
        actions: list[dict[str, Any]] = [{"remove_index": {"index": old}} for old in behind(client, alias)]
        client.indices.update_aliases(actions=[*actions, {"add": {"index": name, "alias": alias}}])

    line.ask(act, Deadline(WORKING))


def behind(client: Elasticsearch, alias: str) -> list[str]:
    """Names of the indexes that the alias stands for."""
    try:
        return sorted(client.indices.get_alias(name=alias).body)
    except NotFoundError:
        return []


def delete(line: Line, names: list[str]) -> None:
    """Delete these indexes; those that are not there are no error."""
    if names:
        line.ask(lambda client: client.indices.delete(index=names, ignore_unavailable=True), Deadline(WORKING))


def left_overs(line: Line, alias: str) -> list[str]:
    """Indexes of this alias that a rebuild left behind, for a day or longer."""
    latest = time.time_ns() // 1000 - LEFT_OVER

    def act(client: Elasticsearch) -> list[str]:
        in_use = behind(client, alias)
        names = client.indices.get(index=f"{alias}-*", features="aliases").body
        return [name for name in names if is_ours(alias, name) and name not in in_use and int(name[-20:]) < latest]

    return line.ask(act, Deadline(WORKING))
