"""The shapes of answers, as JSON Schema 2020-12."""

from typing import Any

from search.facets import FACETS

Json = dict[str, Any]


def _object(properties: Json) -> Json:
    """An object with exactly these properties, all of them always there."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _text(description: str, **more: Any) -> Json:
    return {"type": "string", "description": description, **more}


def _maybe(description: str) -> Json:
    return {"type": ["string", "null"], "description": description}


COUNT: Json = {"type": "integer", "minimum": 0}

RESULT = _object(
    {
        "id": _text("Its name, which stays: `guide-12`, `city-3-es`."),
        "kind": _text("What it is: `guide`, `city`, `story`, `page`."),
        "title": _text("Plain text."),
        "url": _text("Where it is to be read.", format="uri"),
        "city": _maybe("The slug of the city it belongs to; null for what is everybody’s."),
        "language": _text("The code of its language."),
        "summary": _text("Plain text; may be empty."),
        "highlight": _text("The part that says most about the words, as HTML: text and `<mark>`, no other element."),
        "score": {"type": "number", "description": "The higher, the better it fits. Comparable in one answer only."},
        "source_id": _maybe("For what was imported, the id of the row it came from."),
    }
)
FACET = {
    "type": "array",
    "description": "How many results each value would leave, all other filters on.",
    "items": _object(
        {
            "value": _text("What the parameter takes."),
            "label": _text("Its name, in the language of the answer."),
            "count": COUNT,
        }
    ),
}

SCHEMAS: Json = {
    "SearchAnswer": _object(
        {
            "total": {**COUNT, "description": "All results, also those that are not on this page."},
            "page": {"type": "integer", "minimum": 1},
            "results": {"type": "array", "items": {"$ref": "#/components/schemas/Result"}},
            "facets": _object({name: {"$ref": "#/components/schemas/Facet"} for name in FACETS}),
            "suggestion": _maybe("What was looked for in place of misspelt words; null when nothing was mended."),
        }
    ),
    "Result": RESULT,
    "Facet": FACET,
    "SuggestAnswer": _object(
        {"suggestions": {"type": "array", "items": {"$ref": "#/components/schemas/Suggestion"}, "maxItems": 8}}
    ),
    "Suggestion": _object(
        {
            "title": _text("Plain text."),
            "url": _text("Where it is to be read; may be relative to the host that was asked.", format="uri-reference"),
            "kind": _text("What it is: `guide`, `city`, `story`, `page`."),
            "kind_label": _text("The name of that kind, in the language of the answer."),
            "city": _maybe("The slug of the city it belongs to."),
        }
    ),
    "Failure": _object({"error": _text("Why, in a sentence for a person.")}),
}
