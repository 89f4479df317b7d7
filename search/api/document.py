"""The OpenAPI 3.1 document of the interface. A test holds the real answers against it."""

from typing import Any

from django.conf import settings

from search.api.schemas import SCHEMAS
from search.engines.base import MOST_RESULTS
from search.facets import DATES
from search.finding import MOST_ON_A_PAGE, MOST_TYPED, PAGE_SIZE, SORTS
from search.sources import kinds

VERSION = "1.0.0"
Json = dict[str, Any]


def document() -> Json:
    """The whole of it."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{settings.WAGTAIL_SITE_NAME}: search",
            "version": VERSION,
            "summary": "One search over guides, stories, cities and pages.",
            "description": (
                "Answers what a visitor finds; nothing that is for members alone. "
                "No key is needed and no cookie is read. Answers may be up to 90 seconds old."
            ),
        },
        "servers": [{"url": "/"}],
        "paths": {"/api/search/": {"get": _search()}, "/api/search/suggest/": {"get": _suggest()}},
        "components": {
            "schemas": SCHEMAS,
            "responses": {
                "WishError": _failure("What was asked for makes no sense; `error` says why."),
                "TooMany": {
                    **_failure("Asked too often from one address."),
                    "headers": {
                        "Retry-After": {
                            "description": "Seconds to wait.",
                            "schema": {"type": "integer", "minimum": 1},
                        }
                    },
                },
            },
        },
    }


def _search() -> Json:
    return {
        "operationId": "search",
        "summary": "Find by words, by filters, or both",
        "description": (
            f"The first {MOST_RESULTS:,} results can be paged through; `total` counts all. "
            "Without `q`, everything that fits the filters is listed, the newest first."
        ),
        "parameters": [
            _parameter("q", "Words. Quotes hold a phrase together, a minus before a word leaves it out.", _typed()),
            _several("kind", "Kinds of results.", {"type": "string", "enum": list(kinds())} if kinds() else None),
            _several("city", "Cities, by slug: `tulsa-ok`."),
            _several("topic", "Topics, by slug: `health`."),
            _several("lang", "Languages of results. The first is also that of the words and the answer.", _language()),
            _several("audience", "For whom a guide is mainly written."),
            _several("format", "Formats of guides."),
            _several("date", "When.", {"type": "string", "enum": list(DATES)}),
            _parameter("sort", "The order.", {"type": "string", "enum": list(SORTS), "default": SORTS[0]}),
            _parameter("exactly", "1: words are looked for as they are, not mended.", {"enum": ["0", "1"]}),
            _parameter("page", "Which page, from 1.", {"type": "integer", "minimum": 1, "default": 1}),
            _parameter(
                "page_size",
                "Results on a page.",
                {"type": "integer", "minimum": 1, "maximum": MOST_ON_A_PAGE, "default": PAGE_SIZE},
            ),
        ],
        "responses": _responses("What was found.", "SearchAnswer"),
    }


def _suggest() -> Json:
    return {
        "operationId": "suggest",
        "summary": "Titles that begin as what is typed",
        "description": "Each word of `q` is the beginning of a word of the title. At most eight, the best first.",
        "parameters": [
            _parameter("q", "What is typed so far; nothing is suggested before two letters.", _typed()),
            _parameter("city", "The slug of a city whose titles come first.", {"type": "string"}),
            _parameter("lang", "The language whose titles come first.", _language()),
        ],
        "responses": _responses("What is suggested.", "SuggestAnswer"),
    }


def _typed() -> Json:
    return {"type": "string", "maxLength": MOST_TYPED, "default": ""}


def _language() -> Json:
    return {"type": "string", "enum": [code for code, _name in settings.LANGUAGES]}


def _parameter(name: str, description: str, schema: Json) -> Json:
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}


def _several(name: str, description: str, items: Json | None = None) -> Json:
    more = " Several are parted by commas, or the parameter is repeated; any of them fits."
    schema = {"type": "array", "items": items or {"type": "string"}}
    return {**_parameter(name, description + more, schema), "style": "form", "explode": True}


def _responses(description: str, schema: str) -> Json:
    return {
        "200": {
            "description": description,
            "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}},
        },
        "400": {"$ref": "#/components/responses/WishError"},
        "429": {"$ref": "#/components/responses/TooMany"},
    }


def _failure(description: str) -> Json:
    return {
        "description": description,
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Failure"}}},
    }
