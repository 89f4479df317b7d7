"""The words of a query as they are looked for: which count, what they are mended to, in which language they are."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from search.words.analysis import Token, stem
from search.words.known import Known
from search.words.language import language_of
from search.words.mending import Choice, Mender
from search.words.numbers import WordDocs, languages
from search.words.parsing import Piece
from search.words.stopwords import OPERATORS, stop_words
from search.words.synonyms import synonyms


@dataclass(frozen=True)
class Said:
    """A word that is looked for; `more` will do as well. `shown` is it as a person reads it.

    `counts`: it says what somebody looks for. `is_next`: it stands right behind the one before.
    """

    word: str
    more: tuple[str, ...]
    shown: str
    counts: bool
    is_next: bool


@dataclass(frozen=True)
class _Spot:
    """A word where it was typed. `as_one`: the word with hyphens that it is a part of."""

    token: Token
    word: str
    as_one: str
    is_next: bool


class Wording:
    """What is looked for, of a query's words that stand neither in quotes nor behind a minus.

    `language` is the query's. `as_one` are its words with hyphens, without them. `mended` is what was typed with the
    mended words in it, empty when none was.
    """

    def __init__(self, typed: str, pieces: Sequence[Piece], *, interface: str, known: Known, exactly: bool) -> None:
        """Asks the database once; twice when no word is known; twice more when some are mended."""
        self.pieces = pieces
        self.docs = WordDocs(word for piece in pieces for word in (*piece.words, piece.joined) if word)
        self._interface = interface
        self._known = known
        self._spots = _spots(pieces)
        self._has_phrase = any(piece.is_phrase and not piece.is_excluded for piece in pieces)
        asked = [word for piece in pieces if not piece.is_excluded for word in piece.words]
        self.language = language_of(asked, interface=interface, docs=self.docs)
        self._choices = [Choice((spot.word,)) for spot in self._spots]
        if not exactly:
            self._mend()
        self.synonyms = synonyms(known.numbers.synonyms, self.language)
        self.said = self._as_said()
        joined = dict.fromkeys(spot.as_one for spot in self._spots if spot.as_one)
        self.as_one = [word for word in joined if self.docs.is_known(word)]
        self.mended = self._as_typed(typed)

    def _mend(self) -> None:
        counting = [place for place, spot in enumerate(self._spots) if not self._is_function_word(spot, spot.word)]
        words = [self._spots[place].word for place in counting]
        if not words:
            return
        is_last = self.pieces[-1].end == self._spots[counting[-1]].token.end
        leave, last = self._left(words), len(words) - 1 if is_last else None
        is_any_known = any(self.docs.is_known(word) for word in words)
        found = self._mender(words, languages() if not is_any_known else [self.language]).choices(
            leave=leave, last=last
        )
        lost = [place for place, choice in enumerate(found) if self._is_lost(choice) and words[place] not in leave]
        if lost and is_any_known:
            foreign = self._mender(words, languages()).choices(leave=leave, last=last, is_strict=True)
            for place in lost:
                found[place] = foreign[place]
        if lost or not is_any_known:
            words = [word for choice in found for word in (*choice.words, *choice.more)]
            self.docs.read(words)
            self.language = language_of(words, interface=self._interface, docs=self.docs)
        for place, choice in zip(counting, found, strict=True):
            self._choices[place] = choice

    def _mender(self, words: Sequence[str], looked_in: Sequence[str]) -> Mender:
        return Mender(words, docs=self.docs, languages=looked_in, known=self._known)

    def _is_lost(self, choice: Choice) -> bool:
        """Whether a word is left as it was typed though no document holds it."""
        return choice == Choice(choice.words) and not self.docs.is_known(choice.words[0])

    def _left(self, words: Sequence[str]) -> frozenset[str]:
        """Words that are right though no document holds them: those of synonyms, and parts of known ones."""
        stems = synonyms(self._known.numbers.synonyms, self.language).stems
        parts = {spot.word for spot in self._spots if spot.as_one and self.docs.is_known(spot.as_one)}
        return frozenset(word for word in words if word in parts or stem(word, self.language) in stems)

    def _is_function_word(self, spot: _Spot, word: str) -> bool:
        return word in stop_words(self.language) or spot.token.raw in OPERATORS

    def _as_said(self) -> list[Said]:
        """All words in their order. Function words count when there is nothing else."""
        found = []
        for spot, choice in zip(self._spots, self._choices, strict=True):
            more = (*choice.more, spot.as_one) if spot.as_one else choice.more
            for number, word in enumerate(choice.words):
                shown = word if choice.is_mended else spot.token.raw
                counts = not self._is_function_word(spot, word)
                found.append(Said(word, more, shown, counts, is_next=spot.is_next or number > 0))
        if self._has_phrase or any(each.counts for each in found):
            return found
        return [replace(each, counts=True) for each in found]

    def _as_typed(self, typed: str) -> str:
        """What was typed, with the mended words in it."""
        parts, place = [], 0
        for spot, choice in zip(self._spots, self._choices, strict=True):
            if choice.is_mended:
                parts += [typed[place : spot.token.start], " ".join(choice.words)]
                place = spot.token.end
        return "".join([*parts, typed[place:]]) if parts else ""


def _spots(pieces: Sequence[Piece]) -> list[_Spot]:
    found = []
    before: Piece | None = None
    for piece in pieces:
        is_plain = not (piece.is_phrase or piece.is_excluded)
        if is_plain:
            for number, (token, word) in enumerate(zip(piece.tokens, piece.words, strict=True)):
                is_next = number > 0 or (before is not None)
                found.append(_Spot(token, word, piece.joined, is_next))
        before = piece if is_plain else None
    return found
