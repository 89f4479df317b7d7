"""The synonyms of staff, as stems: kept in the process until somebody changes them."""

import time
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from search.models import SynonymGroup, Totals
from search.words.analysis import PLACEHOLDER, terms
from search.words.numbers import languages
from search.words.plan import Stems

MOST_ALTERNATIVES = 20
_kept: tuple[int, dict[str, "Synonyms"]] | None = None


class Synonyms:
    """For queries in one language: words and phrases, and what means the same."""

    def __init__(self, language: str, groups: Iterable[tuple[str, list[str]]]) -> None:
        """`groups`: the language that each is for (empty: any), and its lines."""
        self._others: dict[Stems, dict[Stems, None]] = {}
        for group_language, lines in groups:
            if group_language in ("", language):
                self._add(language, [group_language] if group_language else [language, *languages()], lines)
        self._longest = max(map(len, self._others), default=0)
        self.stems = frozenset(stem for stems in self._others for stem in stems)
        """All that stand in them: words that staff wrote are not mistakes."""

    def found(self, stems: Sequence[str]) -> list[tuple[int, int, tuple[Stems, ...]]]:
        """Where words or phrases of a group stand in a query: from, to, and what means the same."""
        return [
            (start, end, tuple(self._others[tuple(stems[start:end])])[:MOST_ALTERNATIVES])
            for start in range(len(stems))
            for end in range(start + 1, min(start + self._longest, len(stems)) + 1)
            if tuple(stems[start:end]) in self._others
        ]

    def _add(self, language: str, stemmed_as: list[str], lines: list[str]) -> None:
        """In each line's place, all other lines; these stemmed as documents of each language are."""
        keys = [_stems(line, language) for line in lines]
        for place, key in enumerate(keys):
            others = (_stems(line, one) for line in lines[:place] + lines[place + 1 :] for one in stemmed_as)
            if key:
                self._others.setdefault(key, {}).update((other, None) for other in others if other and other != key)


def synonyms(changed: int, language: str) -> Synonyms:
    """Those for queries in the language; `changed` is the number that tells whether they were (`Totals.synonyms`)."""
    global _kept
    kept = _kept
    if kept is None or kept[0] != changed:
        kept = _kept = changed, _read()
    return kept[1].get(language) or Synonyms(language, [])


def _read() -> dict[str, Synonyms]:
    rows = SynonymGroup.objects.order_by("pk").values_list("language", "words")
    groups = [(language, words.splitlines()) for language, words in rows]
    return {language: Synonyms(language, groups) for language in languages()}


@receiver([post_save, post_delete], sender=SynonymGroup, dispatch_uid="search.words.synonyms")
def note_change(**_signal: Any) -> None:
    """Synonyms changed: the next query in any process reads them anew, once this transaction is done."""
    Totals.objects.update_or_create(pk=1, defaults={"synonyms": time.time_ns()})


def _stems(line: str, language: str) -> Stems:
    return tuple(term for term in terms(line, language) if term != PLACEHOLDER)
