"""Mending: what may stand for a word of the query that no document holds, or hardly any."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import log

from search.words.known import Known
from search.words.numbers import WordDocs, docs_of_pairs, pair
from search.words.vocabulary import COMMON, Vocabularies

MUCH_MORE_FREQUENT = 20
SHORTEST, LONGEST = 4, 30
MOST_COMPLETIONS = 12
MOST_MENDED = 8
"""Words of one query that are looked at: each takes a few milliseconds."""
_MOST_CANDIDATES = 20
_MOST_BESIDE = 5


@dataclass(frozen=True)
class Choice:
    """What is looked for instead of a word. `words` replace it; any of `more` will do as well.

    `is_mended`: it is another word than the one typed, and the reader is told so.
    """

    words: tuple[str, ...]
    more: tuple[str, ...] = ()
    is_mended: bool = False


@dataclass
class _Doubt:
    """A word that may not be meant as it stands. `near`: what may be meant, with edits; `ranks`: how likely that is."""

    near: dict[str, int]
    is_known: bool = False
    ranks: dict[str, float] = field(default_factory=dict)

    def choice(self, word: str) -> Choice:
        """The likeliest instead of the word; beside it where the word is known."""
        best = max(self.ranks, key=lambda candidate: (self.ranks[candidate], candidate))
        return Choice((word,), (best,)) if self.is_known else Choice((best,), (word,), is_mended=True)


class Mender:
    """Mends the words of one query: neighbours, without function words, in their order."""

    def __init__(self, words: Sequence[str], *, docs: WordDocs, languages: Sequence[str], known: Known) -> None:
        """`languages`: those that the words may be in."""
        self._words = words
        self._docs = docs
        self._languages = languages
        self._all_known = known
        self._is_strict = False
        self._most = max((docs.all_in(language) for language in languages), default=0)

    def choices(
        self, *, leave: frozenset[str] = frozenset(), last: int | None = None, is_strict: bool = False
    ) -> list[Choice]:
        """A choice for each word. Those of `leave` stay; `last` is the place of the one that may not be whole yet.

        `is_strict`: one edit and no more, for what may be in another language than the rest.
        """
        self._is_strict = is_strict
        doubtful = [
            place
            for place, word in enumerate(self._words)
            if word not in leave and self._is_doubtful(word, is_last=place == last)
        ]
        found = {place: self._look(self._words[place], is_last=place == last) for place in doubtful[:MOST_MENDED]}
        doubts = {place: doubt for place, doubt in found.items() if isinstance(doubt, _Doubt)}
        self._rank(doubts)
        done = {place: choice for place, choice in found.items() if isinstance(choice, Choice)}
        done.update((place, doubt.choice(self._words[place])) for place, doubt in doubts.items())
        return [done.get(place) or Choice((word,)) for place, word in enumerate(self._words)]

    @cached_property
    def _known(self) -> Vocabularies:
        """The frequent words; read when a word is in doubt."""
        return self._all_known.words_of(self._languages)

    def _held(self, word: str) -> int:
        return max((self._docs.of(word, language) for language in self._languages), default=0)

    def _is_doubtful(self, word: str, *, is_last: bool) -> bool:
        held = self._held(word)
        if len(word) > LONGEST or not word.isalpha():
            return False
        if held:
            return len(word) >= SHORTEST and held < COMMON and held * MUCH_MORE_FREQUENT <= self._most
        if self._docs.is_known(word):
            return False
        return len(word) >= (2 if is_last else SHORTEST)

    def _look(self, word: str, *, is_last: bool) -> Choice | _Doubt | None:
        """What is certain already, or what remains to be ranked; nothing when the word must stay as it is."""
        if held := self._held(word):
            often = MUCH_MORE_FREQUENT * held
            near = {
                found: edits for found, edits in self._near(word, 1).items() if self._known.frequency(found) >= often
            }
            return _Doubt(near, is_known=True) if near else None
        if is_last and (whole := self._known.completions(word, MOST_COMPLETIONS)):
            return Choice((word,), tuple(whole))
        if len(word) < SHORTEST:
            return None
        if near := self._near(word, 1):
            return _Doubt(near)
        if self._is_strict:
            return None
        if parts := self._known.split(word):
            return Choice(parts, (word,), is_mended=True)
        if near := self._near(word, _most_edits(word)):
            return _Doubt(near)
        return self._completed(word, is_last=is_last)

    def _near(self, word: str, edits: int) -> dict[str, int]:
        return {found: number for found, number in self._known.near(word, edits).items() if found != word}

    def _completed(self, word: str, *, is_last: bool) -> Choice | None:
        """The words that begin so; for the last word, those that begin nearly so."""
        beginning: str | None = word
        whole = self._known.completions(word, MOST_COMPLETIONS)
        if not whole and is_last and (beginning := self._known.near_beginning(word, _most_edits(word))):
            whole = self._known.completions(beginning, MOST_COMPLETIONS)
        return Choice((whole[0],), (*whole[1:], word), is_mended=True) if whole else None

    def _rank(self, doubts: dict[int, _Doubt]) -> None:
        """Frequent words, few edits, the same first letter, and those known to stand beside the neighbours."""
        for place, doubt in doubts.items():
            first = self._words[place][0]
            ranks = {
                word: log(self._known.frequency(word)) - 4 * edits - 3 * (word[0] != first)
                for word, edits in doubt.near.items()
            }
            best = sorted(ranks, key=lambda word: (-ranks[word], word))[:_MOST_CANDIDATES]
            doubt.ranks = {word: ranks[word] for word in best}
        beside = {place: self._beside(place, doubts) for place in doubts}
        asked = {pair(word, other) for place in doubts for word in doubts[place].ranks for other in beside[place]}
        held = docs_of_pairs(asked) if asked else {}
        for place, doubt in doubts.items():
            for word in doubt.ranks:
                doubt.ranks[word] += log(1 + sum(held.get(pair(word, other), 0) for other in beside[place]))

    def _beside(self, place: int, doubts: dict[int, _Doubt]) -> list[str]:
        """The neighbours of a word; of one in doubt, what it may be."""
        found: list[str] = []
        for other in (place - 1, place + 1):
            if other in doubts:
                found.extend(list(doubts[other].ranks)[:_MOST_BESIDE])
            elif 0 <= other < len(self._words):
                found.append(self._words[other])
        return found


def _most_edits(word: str) -> int:
    """More in longer words."""
    if len(word) < 6:
        return 1
    return 2 if len(word) < 9 else 3
