"""What the server's answer says."""

from typing import Any

from search.engines.base import Counts

PARTS_OF_ANSWER = ["hits.hits.sort", "aggregations"]


def ids_of(answer: dict[str, Any]) -> list[int]:
    """The documents of the window, in order. Each hit's last sort key is its id."""
    return [hit["sort"][-1] for hit in answer.get("hits", {}).get("hits", ())]


def counts_of(answer: dict[str, Any]) -> Counts:
    """Documents by signature and bucket of dates."""
    counts: Counts = {}
    for bucket, signatures in _buckets(answer):
        for entry in signatures["buckets"]:
            counts[int(entry["key"]), bucket] = entry["doc_count"]
    return counts


def is_cut_short(answer: dict[str, Any]) -> bool:
    """Whether there are signatures that the answer had no room for."""
    return any(signatures["sum_other_doc_count"] for _, signatures in _buckets(answer))


def _buckets(answer: dict[str, Any]) -> list[tuple[int, dict[str, Any]]]:
    aggregations = answer["aggregations"]
    dated = [(int(entry["key"]), entry["by"]) for entry in aggregations["dated"]["buckets"]]
    return [*dated, (-1, aggregations["undated"]["by"])]
