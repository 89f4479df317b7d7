"""The engine that asks Elasticsearch."""

import time
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from elasticsearch import Elasticsearch

from search.engines.base import Counts, Found, Window
from search.engines.elastic import indexes, queries, rows
from search.engines.elastic.answers import PARTS_OF_ANSWER, counts_of, ids_of, is_cut_short
from search.engines.elastic.bulk import Action, Way, send
from search.engines.elastic.differences import held, overtake
from search.engines.elastic.limits import LOOKING, SEARCHING, WORKING, Deadline, Limits
from search.engines.elastic.line import Line, NoIndex, Server, sane
from search.engines.elastic.rebuilding import Progress, rebuild
from search.words.plan import Plan

LOOK_EVERY = 10.0
"""Seconds for which it is believed that the index is there, of this version and not red."""


class ElasticEngine:
    """Finds documents on an Elasticsearch server. One for each process and URL; safe among threads.

    Everything it does may raise EngineUnavailable: within `limits` when it is asked to find, at once while a breaker
    is open, and NoIndex until `clear` or `rebuild` has made an index.
    """

    name = "elasticsearch"

    def __init__(self, url: str, alias: str = "", limits: Limits = SEARCHING) -> None:
        self.limits = limits
        self._alias = alias
        self._server = Server(url)
        self.searching = Line(self._server, "searching")
        self.writing = Line(self._server, "writing")
        self._looked: dict[str, float] = {}

    @property
    def alias(self) -> str:
        """The name on the server behind which the index stands."""
        return self._alias or settings.SEARCH_INDEX

    def find(self, plan: Plan, window: Window) -> Found:
        """What fits the plan, in the window's order; one request."""
        if plan.is_empty:
            return Found([], {})
        deadline = Deadline(self.limits)
        self._look(self.searching, deadline)
        answer = self._search(queries.request_of(plan, window), deadline)
        counts = self._count(plan, window, deadline) if is_cut_short(answer) else counts_of(answer)
        return Found(ids_of(answer), counts)

    def write(self, ids: Iterable[int]) -> None:
        """Take over these documents from their rows."""
        way = self._way(WORKING)
        overtake(way, send(way, rows.writing(sorted(set(ids)))))

    def remove(self, ids: Iterable[int]) -> None:
        """Forget these documents."""
        way = self._way(WORKING)
        newer = send(way, rows.removing(sorted(set(ids))))
        send(way, [Action(doc_id, None) for doc_id in sorted(newer)])

    def take(self, ids: Iterable[int], limits: Limits = WORKING) -> None:
        """Make these documents what their rows say: written, or gone."""
        way = self._way(limits)
        overtake(way, send(way, rows.as_rows_say(sorted(set(ids)))))

    def clear(self) -> None:
        """Forget everything: an empty index, also where there was none."""
        indexes.swap(self.writing, self.alias, indexes.create(self.writing, self.alias))
        self.look_again()

    def rebuild(self, progress: Progress | None = None) -> int:
        """Make the index anew from the rows while the old one answers; how many documents."""
        sent = rebuild(self.writing, self.alias, progress)
        self.look_again()
        return sent

    def versions(self) -> dict[int, str]:
        """Document id → version of all it holds."""
        return {doc_id: str(version) for doc_id, version in held(self._way(WORKING)).items()}

    def is_built(self) -> bool:
        """Whether there is an index that this code can use."""
        self.look_again()
        try:
            self._look(self.writing, Deadline(LOOKING))
        except NoIndex:
            return False
        return True

    def look_again(self) -> None:
        """Have the next request see whether the index is still there and well."""
        self._looked.clear()

    def drop(self) -> None:
        """Take the index away from the server."""
        names = self.writing.ask(lambda client: indexes.behind(client, self.alias), Deadline(WORKING))
        indexes.delete(self.writing, names)
        self.look_again()

    def close(self) -> None:
        """Hang up."""
        self._server.close()

    def _way(self, limits: Limits) -> Way:
        deadline = Deadline(limits)
        self._look(self.writing, Deadline(LOOKING) if limits is WORKING else deadline)
        return Way(self.writing, self.alias, deadline)

    def _look(self, line: Line, deadline: Deadline) -> None:
        """See to it, now and then, that the index can be used."""
        alias = self.alias
        if time.monotonic() < self._looked.get(alias, 0):
            return
        line.ask(indexes.look(alias), deadline)
        self._looked[alias] = time.monotonic() + LOOK_EVERY

    def _search(self, body: dict[str, Any], deadline: Deadline) -> dict[str, Any]:
        def act(client: Elasticsearch) -> dict[str, Any]:
            answer = client.search(
                index=self.alias, body=body, filter_path=PARTS_OF_ANSWER, allow_partial_search_results=False
            )
            return sane(answer.body, "aggregations")

        try:
            return self.searching.ask(act, deadline)
        except NoIndex:
            self.look_again()
            raise

    def _count(self, plan: Plan, window: Window, deadline: Deadline) -> Counts:
        """Count signatures that are too many for one answer, in so many parts that each has room."""
        parts = 8
        while True:
            counts: Counts = {}
            for part in range(parts):
                answer = self._search(queries.counting_of(plan, window, part=part, parts=parts), deadline)
                if is_cut_short(answer):
                    break
                counts.update(counts_of(answer))
            else:
                return counts
            parts *= 2
