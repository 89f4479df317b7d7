"""In how many documents words stand now, read from the tables."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from search.documents import FIELDS
from search.models import Pair, Stem, Totals, Word

EVERY_DOCUMENT = ""
"""A word that stands in every document: its number is that of the documents in a language."""
_WORDS_AT_ONCE = 900


@dataclass(frozen=True)
class Numbers:
    """How many documents there are, and how long their fields are on average (in the order of `FIELDS`)."""

    docs: int = 0
    averages: tuple[float, ...] = (1.0,) * len(FIELDS)
    changed: int = 0
    synonyms: int = 0


def numbers() -> Numbers:
    """As they are now: one query."""
    totals = Totals.objects.filter(pk=1).first()
    if totals is None:
        return Numbers()
    docs = max(totals.docs, 0)
    lengths = [getattr(totals, f"l_{name}") for name in FIELDS]
    averages = tuple(max(length, 1) / max(docs, 1) for length in lengths)
    return Numbers(docs=docs, averages=averages, changed=totals.changed, synonyms=totals.synonyms)


def pair(first: str, second: str) -> str:
    """Two words side by side, in either order."""
    return f"{first} {second}" if first <= second else f"{second} {first}"


def languages() -> list[str]:
    """Those that documents are in."""
    return [code for code, _name in settings.LANGUAGES]


class WordDocs:
    """In how many documents of each language some words stand."""

    def __init__(self, words: Iterable[str]) -> None:
        """Reads them."""
        self._docs: dict[tuple[str, str], int] = {}
        self.read(words)

    def read(self, words: Iterable[str]) -> None:
        """Read these, too: one query for up to 900."""
        asked = sorted({*words, EVERY_DOCUMENT})
        for start in range(0, len(asked), _WORDS_AT_ONCE):
            some = Word.objects.filter(language__in=languages(), word__in=asked[start : start + _WORDS_AT_ONCE])
            for language, word, docs in some.values_list("language", "word", "docs"):
                self._docs[language, word] = docs

    def of(self, word: str, language: str) -> int:
        """Documents in the language that hold the word."""
        return self._docs.get((language, word), 0)

    def all_in(self, language: str) -> int:
        """Documents in the language."""
        return self.of(EVERY_DOCUMENT, language)

    def is_known(self, word: str) -> bool:
        """Whether any document holds it."""
        return any(self.of(word, language) for language in languages())


def docs_of_stems(stems: Iterable[str]) -> dict[str, int]:
    """In how many documents each stem stands, in any language; without those that stand in none."""
    return _docs_of(Stem.objects.all(), "stem", stems)


def docs_of_pairs(pairs: Iterable[str]) -> dict[str, int]:
    """In how many documents each of these pairs of words stands side by side in title, headings or summary."""
    return _docs_of(Pair.objects.all(), "pair", pairs)


def _docs_of(rows: QuerySet[Any], name: str, keys: Iterable[str]) -> dict[str, int]:
    asked = sorted(set(keys))
    found: dict[str, int] = {}
    for start in range(0, len(asked), _WORDS_AT_ONCE):
        some = rows.filter(**{f"{name}__in": asked[start : start + _WORDS_AT_ONCE]})
        found.update(some.values_list(name, "docs"))
    return found
