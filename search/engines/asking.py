"""A plan as an engine can use it: nothing in it but terms as they may stand in the index, whoever made the plan."""

from collections.abc import Iterable
from dataclasses import dataclass

from search.words.plan import Group, Plan, Stems


@dataclass(frozen=True)
class Asked:
    """What documents must hold: `least` of the groups (0 only beside phrases), every phrase, nothing excluded."""

    groups: tuple[Group, ...] = ()
    least: int = 0
    phrases: tuple[Group, ...] = ()
    excluded: tuple[Stems, ...] = ()

    @property
    def has_words(self) -> bool:
        """Whether there is anything to look for: with only something to leave out, all other documents fit."""
        return bool(self.groups or self.phrases)


def asked(plan: Plan) -> Asked | None:
    """What the plan asks for. None when nothing can fit: a phrase, or too many words, that no document can hold."""
    groups = [group for group in map(_cleaned, plan.groups) if group.alternatives]
    phrases = tuple(map(_cleaned, plan.phrases))
    least = max(plan.least, 1 if plan.groups and not plan.phrases else 0)
    if plan.is_empty or least > len(groups) or not all(phrase.alternatives for phrase in phrases):
        return None
    return Asked(tuple(groups), least, phrases, _clean(plan.excluded))


def _cleaned(group: Group) -> Group:
    return Group(_clean(group.alternatives), group.idf)


def _clean(alternatives: Iterable[Stems]) -> tuple[Stems, ...]:
    """Those made of terms alone, each once: quotes, operators and control characters are in no term."""
    return tuple(dict.fromkeys(stems for stems in alternatives if stems and all(map(_is_term, stems))))


def _is_term(stem: str) -> bool:
    return stem.isascii() and stem.isalnum()
