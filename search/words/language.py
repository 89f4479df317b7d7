"""Which of two languages a query is in."""

from collections.abc import Iterable
from math import log

from search.words.numbers import WordDocs
from search.words.stopwords import of_one_language_only, stop_words

ENGLISH, SPANISH = "en", "es"
INTERFACE, FUNCTION_WORD, ONLY_IN_ONE, MOST_OF_A_WORD = 2.0, 1.0, 4.0, 1.5
_RARE = 0.01


def language_of(words: Iterable[str], *, interface: str, docs: WordDocs) -> str:
    """The query's language, by its folded words and the interface's language. Measured: see the search recipe.

    A function word of one language says something, a word that only one language's documents hold says most (one
    English guide may hold a Spanish word, so it takes two), and any other its share in both.
    """
    if interface not in (ENGLISH, SPANISH):
        return interface
    score = INTERFACE if interface == SPANISH else -INTERFACE
    everything = {language: max(docs.all_in(language), 1) for language in (ENGLISH, SPANISH)}
    for word in words:
        if word in stop_words(ENGLISH) or word in stop_words(SPANISH):
            score += FUNCTION_WORD * (_is_only(word, SPANISH) - _is_only(word, ENGLISH))
        else:
            score += _weight(docs.of(word, ENGLISH), docs.of(word, SPANISH), everything)
    return SPANISH if score > 0 else ENGLISH


def _is_only(word: str, language: str) -> bool:
    return word in of_one_language_only(language)


def _weight(english: int, spanish: int, everything: dict[str, int]) -> float:
    """How much a word speaks for Spanish; below zero for English."""
    if not english and not spanish:
        return 0.0
    if not english and spanish > 1:
        return ONLY_IN_ONE
    if not spanish and english > 1:
        return -ONLY_IN_ONE
    share = log((spanish / everything[SPANISH] + _RARE) / (english / everything[ENGLISH] + _RARE))
    return max(-MOST_OF_A_WORD, min(MOST_OF_A_WORD, share))
