"""The words of a language, for what somebody may have meant by a word that is none."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from heapq import nlargest

from django.db.models import Q
from rapidfuzz import process
from rapidfuzz.distance import OSA

from search.models import Word
from search.words.numbers import EVERY_DOCUMENT
from search.words.stopwords import stop_words

MANY_DOCUMENTS = 100
"""From so many documents in a language on, a word of one document may well be a mistake itself."""
COMMON = 3
"""A word in so many of them is what was meant."""


class Vocabulary:
    """The words of one language that are frequent enough to be what somebody meant, with their numbers of documents."""

    def __init__(self, language: str, docs: dict[str, int], *, everything: int = 0) -> None:
        """Arranges them by length and by spelling. `everything`: documents in the language."""
        self.docs = docs
        self._common = COMMON if everything >= MANY_DOCUMENTS else 1
        self._sorted = sorted(word for word in docs if word not in stop_words(language))
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for word in sorted(docs):
            self._by_length[len(word)].append(word)

    def near(self, word: str, edits: int) -> dict[str, int]:
        """Words at most so many edits away (a swap of two letters is one), with their edits."""
        found: dict[str, int] = {}
        for length in range(max(1, len(word) - edits), len(word) + edits + 1):
            choices = self._by_length.get(length, [])
            near = process.extract(word, choices, scorer=OSA.distance, score_cutoff=edits, limit=None)
            found.update((candidate, int(distance)) for candidate, distance, _place in near)
        return found

    def completions(self, beginning: str, at_most: int) -> list[str]:
        """Words that begin so, the most frequent first."""
        found = []
        for place in range(bisect_left(self._sorted, beginning), len(self._sorted)):
            word = self._sorted[place]
            if not word.startswith(beginning):
                break
            found.append(word)
        return nlargest(at_most, found, key=lambda word: (self.docs[word], word))

    def near_beginnings(self, beginning: str, edits: int) -> dict[str, int]:
        """Beginnings of words, as long as this one, that are at most so many edits away from it."""
        choices = sorted({word[: len(beginning)] for word in self._sorted if len(word) > len(beginning)})
        near = process.extract(beginning, choices, scorer=OSA.distance, score_cutoff=edits, limit=None)
        return {found: int(distance) for found, distance, _place in near}

    def split(self, word: str) -> tuple[str, str] | None:
        """Two common words that were written as one, the pair whose rarer word is the most frequent."""
        parts = [(word[:place], word[place:]) for place in range(2, len(word) - 1)]
        common = [both for both in parts if min(self.docs.get(part, 0) for part in both) >= self._common]
        return max(common, key=lambda both: min(self.docs[part] for part in both), default=None)


class Vocabularies:
    """The words of several languages, as of one."""

    def __init__(self, vocabularies: Iterable[Vocabulary]) -> None:
        """Of these."""
        self._all = list(vocabularies)

    def frequency(self, word: str) -> int:
        """Documents that hold it, in the language that has the most of them."""
        return max((each.docs.get(word, 0) for each in self._all), default=0)

    def near(self, word: str, edits: int) -> dict[str, int]:
        """Words at most so many edits away, with their edits."""
        return {candidate: found for each in self._all for candidate, found in each.near(word, edits).items()}

    def completions(self, beginning: str, at_most: int) -> list[str]:
        """Words that begin so, the most frequent first."""
        found = {word for each in self._all for word in each.completions(beginning, at_most)}
        return sorted(found, key=lambda word: (-self.frequency(word), word))[:at_most]

    def near_beginning(self, beginning: str, edits: int) -> str | None:
        """The beginning of words that is nearest to this one; sooner one with the same first letter."""
        near = [item for each in self._all for item in each.near_beginnings(beginning, edits).items()]
        ranked = ((found, (distance, found[0] != beginning[0], found)) for found, distance in near)
        return min(ranked, key=lambda item: item[1], default=(None, ()))[0]

    def split(self, word: str) -> tuple[str, str] | None:
        """Two common words of one language that were written as one."""
        return next((parts for each in self._all if (parts := each.split(word))), None)


def vocabularies() -> dict[str, Vocabulary]:
    """Those of all languages that documents are in: two queries."""
    counted = dict(Word.objects.filter(word=EVERY_DOCUMENT).values_list("language", "docs"))
    wanted = Q(pk__in=[])
    for language, docs in counted.items():
        wanted |= Q(language=language, docs__gte=2 if docs >= MANY_DOCUMENTS else 1)
    words: dict[str, dict[str, int]] = {language: {} for language in counted}
    rows = Word.objects.filter(wanted).exclude(word=EVERY_DOCUMENT)
    for language, word, docs in rows.values_list("language", "word", "docs").iterator():
        words[language][word] = docs
    return {language: Vocabulary(language, docs, everything=counted[language]) for language, docs in words.items()}
