"""A new index beside the old one, which answers until the new one is whole."""

from collections.abc import Callable, Iterator

from search.engines.base import EngineUnavailable
from search.engines.elastic import indexes, rows
from search.engines.elastic.bulk import Action, Way, send
from search.engines.elastic.differences import level
from search.engines.elastic.limits import WORKING, Deadline
from search.engines.elastic.line import Line
from search.engines.elastic.mapping import SETTINGS
from search.models import SearchDoc

Progress = Callable[[int, int], None]
"""Called with how many documents are sent and how many there are."""


def rebuild(line: Line, alias: str, progress: Progress | None = None) -> int:
    """Make a new index from all rows and let it answer in place of the old one; how many documents were sent.

    What changes meanwhile is told to the old one: after the swap the two are compared once more.
    """
    name = indexes.create(line, alias, is_filled_next=True)
    try:
        sent = _fill(Way(line, name, Deadline(WORKING), is_alias=False), progress)
    except BaseException:
        _drop(line, name)
        raise
    indexes.swap(line, alias, name)
    level(Way(line, alias, Deadline(WORKING)))
    indexes.delete(line, indexes.left_overs(line, alias))
    return sent


def _fill(way: Way, progress: Progress | None) -> int:
    total = SearchDoc.objects.count()
    sent = 0

    def told() -> Iterator[Action]:
        nonlocal sent
        for action in rows.writing_all():
            yield action
            sent += 1
            if progress and (sent % rows.AT_A_TIME == 0 or sent == total):
                progress(sent, total)

    send(way, told(), refresh=False)
    way.line.ask(
        lambda client: client.indices.put_settings(
            index=way.index, settings={"refresh_interval": SETTINGS["refresh_interval"]}
        ),
        way.deadline,
    )
    level(way)
    return sent


def _drop(line: Line, name: str) -> None:
    """Take a half-made index away, if the server can be asked at all."""
    try:
        indexes.delete(line, [name])
    except EngineUnavailable:
        return  # one of the next rebuilds finds it
