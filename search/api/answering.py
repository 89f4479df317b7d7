"""What is answered, as plain values for JSON. docs/api.md and the OpenAPI document tell what each means."""

from typing import Any

from portal.core.figures import Counts, fill
from search.facets import FACETS
from search.finding import Answer, Result
from search.suggesting import Suggestion

DIGITS = 4
"""Of a score, behind the point."""


def shaped(answer: Answer) -> dict[str, Any]:
    """The answer of a search."""
    counts = Counts()
    found = {facet.key: facet.options for facet in answer.facets}
    return {
        "total": answer.total,
        "page": answer.page,
        "results": [_result(each, counts) for each in answer.results],
        "facets": {
            key: [
                {"value": option.value, "label": str(option.label), "count": option.count}
                for option in found.get(key, ())
            ]
            for key in FACETS
        },
        "suggestion": answer.plan.mended or None,
    }


def _result(result: Result, counts: Counts) -> dict[str, Any]:
    doc = result.doc
    return {
        "id": doc.key,
        "kind": doc.kind,
        "title": fill(doc.title, counts),
        "url": result.full_url,
        "city": result.city_slug or None,
        "language": doc.language,
        "summary": result.summary,
        "highlight": str(result.extract),
        "score": round(result.score, DIGITS),
        "source_id": doc.source_id or None,
    }


def shaped_suggestion(suggestion: Suggestion) -> dict[str, Any]:
    """One line of what is suggested."""
    return {
        "title": suggestion.title,
        "url": suggestion.url,
        "kind": suggestion.kind,
        "kind_label": str(suggestion.kind_label),
        "city": suggestion.city or None,
    }
