"""Text becomes terms: without accents, small, stemmed. What is indexed and what is typed go the same way.

One raw word is one term: term i of an analysed text is raw word i. Behind them stand, once more, the words with hyphens
as one ("e-mail" → "email"), so that either spelling finds the other. A word that has no letter or digit of [a-z0-9] in
it (another script) becomes "_", which no query asks for.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from threading import Lock
from typing import Any, NamedTuple

import snowballstemmer

ANALYSIS = 1
"""Raised when terms change: whatever was analysed before must be indexed anew."""
PLACEHOLDER = "_"
LONGEST_TERM = 60
STEMMERS = {"en": "english", "es": "spanish"}

_LETTER = r"[^\W_]"
_MARK = "\u0300-\u036f\u00ad\u200b-\u200d\u2060"  # accents on their own, soft hyphens, joiners without width
_APOSTROPHE = "'’‘ʼ＇`´"
WORD = rf"{_LETTER}[^\W_{_MARK}]*(?:[{_MARK}]+[^\W_]*|[{_APOSTROPHE}]{_LETTER}+)*"
"""A raw word: letters and digits of any script, with accents, and apostrophes inside."""
RAW_WORD = re.compile(WORD)
HYPHENS = frozenset("-‐‑")
COMPOUND = re.compile(rf"{WORD}(?:[-‐‑]{WORD})+")
"""Words joined by hyphens."""

_POSSESSIVE = re.compile(rf"[{_APOSTROPHE}]s$", re.IGNORECASE)
_OTHER = re.compile(r"[^a-z0-9]+")
_SPELLED_OUT = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i"})
_lock = Lock()


class Token(NamedTuple):
    """A raw word of a text, and where it stands."""

    raw: str
    start: int
    end: int


def tokens(text: str, start: int = 0, end: int | None = None) -> Iterator[Token]:
    """The raw words between two places of the text, in order."""
    for found in RAW_WORD.finditer(text, start, len(text) if end is None else end):
        yield Token(found[0], found.start(), found.end())


def fold(raw: str) -> str:
    """A raw word without accents, small, without ’s and apostrophes; "_" when nothing is left."""
    word = raw.casefold()
    if not (word.isascii() and word.isalnum()):
        word = unicodedata.normalize("NFKD", _POSSESSIVE.sub("", word)).casefold().translate(_SPELLED_OUT)
        word = _OTHER.sub("", word)
    return word[:LONGEST_TERM] or PLACEHOLDER


@lru_cache(maxsize=65_536)
def stem(word: str, language: str) -> str:
    """A folded word's stem in the language. Words with a digit, and those of languages without a stemmer, stay."""
    if language not in STEMMERS or not word.isalpha():
        return word
    with _lock:  # a stemmer keeps the word that it works on
        stemmed = _stemmer(language).stemWord(word)
    return _OTHER.sub("", unicodedata.normalize("NFKD", stemmed)) or word


@lru_cache
def _stemmer(language: str) -> Any:
    return snowballstemmer.stemmer(STEMMERS[language])


def term(raw: str, language: str) -> str:
    """The term of a raw word."""
    return stem(fold(raw), language)


def terms(text: str, language: str) -> list[str]:
    """The terms of the raw words, in order, and nothing else: term i is that of raw word i."""
    raws = RAW_WORD.findall(text)
    known = {raw: term(raw, language) for raw in set(raws)}
    return [known[raw] for raw in raws]


def joined(text: str) -> list[str]:
    """The words with hyphens of a text, each folded into one: "e-mail" → "email"."""
    if not any(hyphen in text for hyphen in HYPHENS):
        return []
    likely = " ".join(part for part in text.split() if not HYPHENS.isdisjoint(part))
    found = ("".join(map(fold, RAW_WORD.findall(compound))) for compound in COMPOUND.findall(likely))
    return [word[:LONGEST_TERM] for word in found if PLACEHOLDER not in word]


def distinct_words(text: str) -> set[str]:
    """All words of the text, folded, and those with hyphens as one; not those in other scripts."""
    return {*map(fold, set(RAW_WORD.findall(text))), *joined(text)} - {PLACEHOLDER}


def folded_words(text: str) -> list[str]:
    """All words of the text, folded, in order; behind them those with hyphens as one."""
    return [*map(fold, RAW_WORD.findall(text)), *joined(text)]


def analyse(text: str, language: str) -> tuple[str, int]:
    """The text's terms with single spaces before, between and after them (" regist vote "), and how many they are.

    An empty text gives ("", 0).
    """
    found = terms(text, language)
    found.extend(stem(word, language) for word in joined(text))
    return (f" {' '.join(found)} ", len(found)) if found else ("", 0)
