"""What somebody typed, made fit for a database: nothing in it can break a query, and constants are folded away."""

import re
from collections.abc import Iterable
from typing import Any

from modelsearch.query import (
    MATCH_ALL,
    MATCH_NONE,
    And,
    Boost,
    Fuzzy,
    MatchAll,
    Not,
    Or,
    Phrase,
    PlainText,
    SearchQuery,
)

MOST_WORDS = 100  # both databases refuse a query of thousands
LONGEST_WORD = 500  # PostgreSQL refuses words of 2,047 bytes; a character takes at most four
_UNSPEAKABLE = re.compile("[\x00\ud800-\udfff]")  # NUL and lone surrogates, which no database takes as text


class TidyQueries:
    """A mixin for search backends: queries arrive tidied."""

    def _search(self, query_compiler_class: type, query: Any, model_or_queryset: Any, **kwargs: Any) -> Any:
        """Search for what is left of the query; an empty one finds nothing, as in any backend."""
        query = tidy_words(query) if isinstance(query, str) else tidied(query)
        return super()._search(query_compiler_class, query, model_or_queryset, **kwargs)  # type: ignore[misc]


def tidy_text(text: str) -> str:
    """The words of the text, at most a hundred; empty when none of them has more than a dash."""
    words = [word[:LONGEST_WORD] for word in _UNSPEAKABLE.sub(" ", text).split()[:MOST_WORDS]]
    return " ".join(words) if any(word.strip("-") for word in words) else ""


def tidy_words(text: str) -> str:
    """The same with each word once. The last stays where it is: it may go on."""
    *others, last = tidy_text(text).split() or [""]
    return " ".join([*dict.fromkeys(others), last])


def tidied(query: SearchQuery | None) -> SearchQuery | None:
    """The same query with tidy texts. "Everything" and "nothing" are left only as the whole of it, never inside."""
    if isinstance(query, PlainText):
        text = tidy_words(query.query_string)
        return PlainText(text, operator=query.operator, boost=query.boost) if text else MATCH_NONE
    if isinstance(query, Phrase):
        text = tidy_text(query.query_string)
        return Phrase(text) if text else MATCH_NONE
    if isinstance(query, Fuzzy):
        text = tidy_text(query.query_string)
        return Fuzzy(text, operator=query.operator, unaccent=query.unaccent) if text else MATCH_NONE
    if isinstance(query, Boost):
        inner = tidied(query.subquery)
        return inner if _is_constant(inner) else Boost(inner, query.boost)
    if isinstance(query, Not):
        inner = tidied(query.subquery)
        return inner.subquery if isinstance(inner, Not) else Not(inner)
    if isinstance(query, And):
        return _joined(And, query.subqueries, neutral=is_everything, winner=is_nothing) or MATCH_ALL
    if isinstance(query, Or):
        return _joined(Or, query.subqueries, neutral=is_nothing, winner=is_everything) or MATCH_NONE
    return query


def is_everything(query: SearchQuery | None) -> bool:
    """Whether this finds every object."""
    return isinstance(query, MatchAll)


def is_nothing(query: SearchQuery | None) -> bool:
    """Whether this finds no object."""
    return isinstance(query, Not) and is_everything(query.subquery)


def _is_constant(query: SearchQuery | None) -> bool:
    return is_everything(query) or is_nothing(query)


def _joined(kind: type, parts: Iterable[SearchQuery], *, neutral: Any, winner: Any) -> SearchQuery | None:
    """The parts joined again; the winning constant if it is among them; None when nothing is left of them."""
    found = [tidied(part) for part in parts]
    for part in found:
        if winner(part):
            return part
    left = [part for part in found if not neutral(part)]
    if len(left) == 1:
        return left[0]
    return kind(left) if left else None
