"""Where the index and the rows differ, and putting that right."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

from elasticsearch import Elasticsearch

from search.engines.base import MOST_RESULTS
from search.engines.elastic import rows
from search.engines.elastic.bulk import Action, Way, send

ROUNDS = 5


def held(way: Way, ids: Collection[int] | None = None) -> dict[int, int]:
    """Document id → version, as the index has them now: of these documents, or of all."""
    way.line.ask(lambda client: client.indices.refresh(index=way.index), way.deadline)
    query: dict[str, Any] = {"match_all": {}} if ids is None else {"terms": {"id": sorted(ids)}}
    found: dict[int, int] = {}
    while True:
        page = way.line.ask(_page(way.index, query, max(found, default=-1)), way.deadline)
        found.update(page)
        if len(page) < MOST_RESULTS:
            return found


def _page(index: str, query: dict[str, Any], after: int) -> Any:
    body = {
        "query": query,
        "sort": [{"id": "asc"}],
        "search_after": [after],
        "size": MOST_RESULTS,
        "stored_fields": "_none_",
        "docvalue_fields": ["version"],
        "track_total_hits": False,
    }

    def act(client: Elasticsearch) -> dict[int, int]:
        answer = client.search(
            index=index,
            body=body,
            filter_path=["hits.hits.sort", "hits.hits.fields"],
            allow_partial_search_results=False,
        )
        hits = answer.body.get("hits", {}).get("hits", ())
        return {hit["sort"][0]: hit["fields"]["version"][0] for hit in hits}

    return act


def overtake(way: Way, ids: Collection[int]) -> None:
    """Put right documents of which the index says that it holds something newer.

    Mostly another process has told the same row already. Where it holds what no row says (the clock went back, the
    database is an older backup), the row is the truth.
    """
    if ids:
        has = held(way, ids)
        send(way, _corrections(ids, has))


def _corrections(ids: Collection[int], has: dict[int, int]) -> Iterator[Action]:
    for action in rows.as_rows_say(sorted(ids)):
        is_there = action.doc_id in has
        if is_there if action.entry is None else has.get(action.doc_id) != action.version:
            yield replace(action, version=None)


def level(way: Way) -> int:
    """Bring the index to what the rows say, also while they change; how many documents it had to send."""
    sent = 0
    for _ in range(ROUNDS):
        should, has = rows.versions(), held(way)
        wrong = {doc_id for doc_id in should.keys() | has.keys() if should.get(doc_id) != has.get(doc_id)}
        if not wrong:
            break
        sent += len(wrong)
        overtake(way, send(way, rows.as_rows_say(sorted(wrong))))
    return sent
