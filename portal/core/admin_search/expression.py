"""A search query as SQLite's full text search reads it."""

from collections.abc import Sequence

from modelsearch.query import And, Boost, Not, Or, Phrase, PlainText, SearchQuery


def expression(query: SearchQuery, *, is_last_open: bool) -> tuple[str, bool]:
    """The FTS5 expression of a tidied query, and whether it says what is *not* wanted.

    FTS5 knows "a NOT b" but no "NOT b", so a negation is carried outwards until it stands beside something or around
    everything. `is_last_open`: the last word of a text may go on. Raises NotImplementedError for a fuzzy query.
    """
    if isinstance(query, PlainText):
        words = [_quoted(word) for word in query.query_string.split()]
        if is_last_open:
            words[-1] += "*"
        return _all_of(words) if query.operator == "and" else _any_of(words), False
    if isinstance(query, Phrase):
        return _quoted(query.query_string), False
    if isinstance(query, Boost):
        return expression(query.subquery, is_last_open=is_last_open)
    if isinstance(query, Not):
        inner, is_negated = expression(query.subquery, is_last_open=is_last_open)
        return inner, not is_negated
    if isinstance(query, And | Or):
        parts = [expression(part, is_last_open=is_last_open) for part in query.subqueries]
        wanted = [part for part, is_negated in parts if not is_negated]
        unwanted = [part for part, is_negated in parts if is_negated]
        return _both(wanted, unwanted) if isinstance(query, And) else _either(wanted, unwanted)
    raise NotImplementedError(f"`{type(query).__name__}` is not supported by the search in SQLite.")


def _both(wanted: Sequence[str], unwanted: Sequence[str]) -> tuple[str, bool]:
    """All that is wanted and none that is unwanted."""
    if not wanted:
        return _any_of(unwanted), True
    return (f"({_all_of(wanted)} NOT {_any_of(unwanted)})" if unwanted else _all_of(wanted)), False


def _either(wanted: Sequence[str], unwanted: Sequence[str]) -> tuple[str, bool]:
    """Any that is wanted, or the absence of any that is unwanted: not (all unwanted, without the wanted)."""
    if not unwanted:
        return _any_of(wanted), False
    return (f"({_all_of(unwanted)} NOT {_any_of(wanted)})" if wanted else _all_of(unwanted)), True


def _quoted(text: str) -> str:
    """The text as a string of FTS5, in which no character means anything."""
    return '"' + text.replace('"', '""') + '"'


def _all_of(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"({' AND '.join(parts)})"


def _any_of(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"({' OR '.join(parts)})"
