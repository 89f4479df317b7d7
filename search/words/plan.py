"""What a query asks for, in the words of the index: the same for every engine."""

from dataclasses import dataclass

Stems = tuple[str, ...]
"""Stems that stand side by side, in this order: ("regist",), ("chief", "servic", "offic")."""


@dataclass(frozen=True)
class Group:
    """One word of the query and what may stand for it: other spellings, synonyms, completions.

    `alternatives` holds single stems and phrases; the first is the word itself, or what it was mended to. `idf` is the
    weight of the group: ln(1 + (N − df + ½)/(df + ½)), df the largest of its alternatives'.
    """

    alternatives: tuple[Stems, ...]
    idf: float


@dataclass(frozen=True)
class Plan:
    """A query, understood. A document fits when it holds at least `least` of the `groups`, every one of the `phrases`
    (what stood in quotes), and none of `excluded`. A group is held when any of its alternatives stands in any field; a
    phrase when its stems stand side by side in one field. A plan without all three asks for everything.

    `typed` is what was typed; `mended` the query that was looked for instead, empty when nothing was changed.
    `understood` are the words that count, as a person reads them. `pairs` are neighbouring groups (by index) as they
    stood in the query.
    """

    typed: str = ""
    language: str = "en"
    groups: tuple[Group, ...] = ()
    least: int = 0
    phrases: tuple[Group, ...] = ()
    excluded: tuple[Stems, ...] = ()
    mended: str = ""
    understood: tuple[str, ...] = ()
    pairs: tuple[tuple[int, int], ...] = ()
    is_empty: bool = False
    """Something was typed, but no word of it can be looked for ("&&", "¿?"): nothing fits."""
    docs: int = 0
    """Number of documents when it was made, for weights; 0 when it was not made from a query."""
    averages: tuple[float, ...] = ()
    """Average lengths of title, headings, summary, topics, body then."""

    @property
    def asks_all(self) -> bool:
        """Whether every document fits."""
        return not (self.groups or self.phrases or self.excluded or self.is_empty)
