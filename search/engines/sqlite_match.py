"""A plan in the language of FTS5. Every term stands in double quotes: nothing in it is read as an operator."""

from collections.abc import Iterable, Sequence

from search.engines.asking import Asked
from search.words.plan import Group, Stems

MOST_LEAVES = 60
"""Terms in an expression that counts groups; with more of them, counting in Python is quicker."""


def words(asked: Asked) -> str:
    """What every fitting document matches, and what it is ranked by; how many groups it holds may be left open."""
    groups = _all(asked.groups) if is_all(asked) else _any(asked.groups)
    phrases = " AND ".join(group(phrase) for phrase in asked.phrases)
    if not phrases:
        wanted = groups
    elif not asked.groups:
        wanted = phrases
    elif asked.least == 0:
        wanted = f"{phrases} AND ({phrases} OR {groups})"
    else:
        wanted = f"{phrases} AND ({groups})"
    return f"({wanted}) NOT ({excluded(asked)})" if asked.excluded else wanted


def excluded(asked: Asked) -> str:
    """What no fitting document matches."""
    return _or(map(_quoted, asked.excluded))


def is_all(asked: Asked) -> bool:
    """Whether every group must be held."""
    return asked.least == len(asked.groups)


def threshold(asked: Asked) -> str | None:
    """What exactly those match that hold enough groups; empty when `words` says so; None when it would grow too long.

    The rarest groups come first: most documents are then dismissed by the first term.
    """
    if asked.least <= 1 or is_all(asked):
        return ""
    if _leaves(asked.least, [len(g.alternatives) for g in rarest_first(asked.groups)]) > MOST_LEAVES:
        return None
    return _at_least(asked.least, [group(g) for g in rarest_first(asked.groups)])


def rarest_first(groups: Iterable[Group]) -> list[Group]:
    """The groups by their weight, which falls as more documents hold them."""
    return sorted(groups, key=lambda g: -g.idf)


def group(wanted: Group) -> str:
    """Any alternative of the group."""
    parts = [_quoted(stems) for stems in wanted.alternatives]
    return parts[0] if len(parts) == 1 else f"({_or(parts)})"


def _at_least(least: int, groups: Sequence[str]) -> str:
    """An expression for "at least so many of these": the first and one fewer of the others, or the same without it."""
    if least == 1:
        return f"({_or(groups)})"
    if least == len(groups):
        return f"({' AND '.join(groups)})"
    first, *others = groups
    return f"(({first} AND {_at_least(least - 1, others)}) OR {_at_least(least, others)})"


def _leaves(least: int, sizes: Sequence[int]) -> int:
    """How many terms that expression has; stops counting when there are too many."""
    if least == 1 or least == len(sizes):
        return sum(sizes)
    leaves = sizes[0] + _leaves(least - 1, sizes[1:])
    return leaves if leaves > MOST_LEAVES else leaves + _leaves(least, sizes[1:])


def _any(groups: Iterable[Group]) -> str:
    return _or(_quoted(stems) for wanted in groups for stems in wanted.alternatives)


def _all(groups: Iterable[Group]) -> str:
    return " AND ".join(group(wanted) for wanted in groups)


def _or(parts: Iterable[str]) -> str:
    return " OR ".join(parts)


def _quoted(stems: Stems) -> str:
    """The terms, side by side and in this order."""
    return '"' + " ".join(stems).replace('"', "") + '"'
