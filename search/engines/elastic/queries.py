"""From a plan and a window to one request: the matching documents in order, and the counts of all that fit."""

import datetime
from typing import Any

from search.documents import FIELDS
from search.engines.asking import asked
from search.engines.base import MOST_RESULTS, Window
from search.engines.entries import microseconds
from search.words.plan import Group, Plan, Stems

WEIGHTS = {"title": 12, "headings": 3, "summary": 2, "topics": 2, "body": 1}
WEIGHTED = [f"{name}^{WEIGHTS[name]}" for name in FIELDS]
OVER = 0.5
FAVOURED = 1.5
MOST_BUCKETS = 50_000
"""A server refuses to count into more than 65,536."""
Clause = dict[str, Any]


def request_of(plan: Plan, window: Window) -> dict[str, Any]:
    """The body of the request."""
    count = max(0, min(window.count, MOST_RESULTS - window.first))
    return {
        "query": _weighed(_fitting(plan, window.now), window),
        "post_filter": {"bool": {"filter": _shown(window)}},
        "aggs": counted(window.days),
        "sort": _order(window),
        "from": window.first if count else 0,
        "size": count,
        "stored_fields": "_none_",
        "track_total_hits": False,
    }


def counting_of(plan: Plan, window: Window, *, part: int, parts: int) -> dict[str, Any]:
    """The body of a request that only counts, one part of the signatures: for when they are too many for one answer."""
    aggregations = counted(window.days, include={"partition": part, "num_partitions": parts})
    return {"query": _fitting(plan, window.now), "aggs": aggregations, "size": 0, "track_total_hits": False}


def counted(days: tuple[datetime.date, ...], **options: Any) -> dict[str, Any]:
    """Aggregations: documents by bucket of dates, and in each by signature."""
    size = MOST_BUCKETS // (len(days) + 2)
    signatures = {"by": {"terms": {"field": "signature", "size": size, **options}}}
    ranges = [{"key": str(bucket), **limits} for bucket, limits in enumerate(_ranges(days))]
    return {
        "dated": {"range": {"field": "day", "ranges": ranges}, "aggs": signatures},
        "undated": {"missing": {"field": "day"}, "aggs": signatures},
    }


def _ranges(days: tuple[datetime.date, ...]) -> list[dict[str, int]]:
    """The first day of each bucket, and the first day past it."""
    firsts = [day.toordinal() + 1 for day in days] + [0]
    return [{"from": first} | ({"to": firsts[n - 1]} if n else {}) for n, first in enumerate(firsts)]


def _fitting(plan: Plan, now: datetime.datetime) -> Clause:
    """What fits the plan and has not expired."""
    wanted = asked(plan)
    if wanted is None:
        return {"match_none": {}}
    unwanted: list[Clause] = [{"range": {"expires_at": {"lte": microseconds(now)}}}]
    unwanted += [_stands(stems) for stems in wanted.excluded]
    clauses: dict[str, Any] = {"filter": [{"match_all": {}}], "must_not": unwanted}
    if not wanted.has_words:
        clauses["must"] = [{"match_all": {}}]  # a score that can be weighed: filters alone give none
    if wanted.phrases:
        clauses["must"] = [_held(phrase) for phrase in wanted.phrases]
    if wanted.groups:
        clauses["should"] = [_held(group) for group in wanted.groups]
        clauses["minimum_should_match"] = wanted.least
    return {"bool": clauses}


def _held(group: Group) -> Clause:
    """Any alternative stands somewhere. Single words weigh as one word that has several spellings, by BM25F."""
    words = " ".join(stems[0] for stems in group.alternatives if len(stems) == 1)
    clauses = [_combined(words)] if words else []
    clauses += [_stands(stems) for stems in group.alternatives if len(stems) > 1]
    return clauses[0] if len(clauses) == 1 else {"dis_max": {"queries": clauses}}


def _stands(stems: Stems) -> Clause:
    """The stem stands in any field, or all of them side by side in one."""
    if len(stems) == 1:
        return _combined(stems[0])
    return {"multi_match": {"query": " ".join(stems), "type": "phrase", "fields": WEIGHTED}}


def _combined(words: str) -> Clause:
    return {"combined_fields": {"query": words, "fields": WEIGHTED, "operator": "or"}}


def _weighed(query: Clause, window: Window) -> Clause:
    """Sooner what is favoured, later what is over."""
    if window.sort != "relevance":
        return query
    functions: list[Clause] = [{"filter": {"range": {"ends_at": {"lte": microseconds(window.now)}}}, "weight": OVER}]
    if window.favoured:
        functions.append({"filter": {"terms": {"signature": sorted(window.favoured)}}, "weight": FAVOURED})
    return {
        "function_score": {
            "query": query, "functions": functions, "score_mode": "multiply", "boost_mode": "multiply",
        }
    }  # fmt: skip


def _shown(window: Window) -> list[Clause]:
    """Filters of the window that the counts do not know."""
    filters: list[Clause] = []
    if window.allowed is not None:
        filters.append({"terms": {"signature": sorted(window.allowed)}})
    if window.buckets is not None:
        filters.append({"bool": {"should": _in_buckets(window), "minimum_should_match": 1}})
    return filters


def _in_buckets(window: Window) -> list[Clause]:
    ranges = _ranges(window.days)
    chosen: list[Clause] = [{"match_none": {}}]
    for bucket in sorted(window.buckets or ()):
        if bucket < 0:
            chosen.append({"bool": {"must_not": {"exists": {"field": "day"}}}})
        elif bucket < len(ranges):
            limits = ranges[bucket]
            ends = {"lt": limits["to"]} if "to" in limits else {}
            chosen.append({"range": {"day": {"gte": limits["from"], **ends}}})
    return chosen


def _order(window: Window) -> list[dict[str, Any]]:
    """Its last key is the document's id, always: it settles ties, and the answer is read from it."""
    orders: dict[str, dict[str, Any]] = {
        "relevance": {"_score": "desc"},
        "newest": {"day": {"order": "desc", "missing": "_last"}},
        "title": {"title_order": "asc"},
    }
    return [orders[window.sort], {"id": "asc"}]
