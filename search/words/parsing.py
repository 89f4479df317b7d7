"""What somebody typed, taken apart: words, phrases in quotes, what a minus keeps out. Nothing else has a meaning."""

import re
from dataclasses import dataclass

from search.words.analysis import COMPOUND, PLACEHOLDER, RAW_WORD, Token, fold, joined

MOST_WORDS = 60
MOST_CHARACTERS = 4_000
_OPENING, _CLOSING = '"“”„«', '"“”»'
_QUOTED = re.compile(rf"(?<!\w)[{_OPENING}]([^\"“”„«»]*)[{_CLOSING}](?!\w)")
_UNIT = re.compile(rf"{COMPOUND.pattern}|{RAW_WORD.pattern}")
_MINUS = "-−"


@dataclass(frozen=True)
class Piece:
    """A word, the words of one with hyphens, or a phrase; where it stands in what was typed.

    `words` are folded, `tokens` the same as they were typed. `joined`: the word with hyphens as one.
    """

    tokens: tuple[Token, ...]
    words: tuple[str, ...]
    joined: str = ""
    is_phrase: bool = False
    is_excluded: bool = False

    @property
    def start(self) -> int:
        """Where its first word begins."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Where its last word ends."""
        return self.tokens[-1].end


def parse(typed: str) -> list[Piece]:
    """The pieces in their order, of at most 60 words. Words in other scripts, and signs, are left out."""
    text = typed[:MOST_CHARACTERS]
    pieces: list[Piece] = []
    place = 0
    for quoted in _QUOTED.finditer(text):
        pieces.extend(_plain(text, place, quoted.start()))
        is_excluded = _is_minus(text, quoted.start() - 1)
        pieces.extend(_piece(text, quoted.start(1), quoted.end(1), is_phrase=True, is_excluded=is_excluded))
        place = quoted.end()
    pieces.extend(_plain(text, place, len(text)))
    return _first_words(pieces)


def _plain(text: str, start: int, end: int) -> list[Piece]:
    found = []
    for unit in _UNIT.finditer(text, start, end):
        found.extend(_piece(text, unit.start(), unit.end(), is_excluded=_is_minus(text, unit.start() - 1)))
    return found


def _piece(text: str, start: int, end: int, *, is_phrase: bool = False, is_excluded: bool = False) -> list[Piece]:
    tokens = tuple(
        token
        for token in (Token(found[0], found.start(), found.end()) for found in RAW_WORD.finditer(text, start, end))
        if fold(token.raw) != PLACEHOLDER
    )
    if not tokens:
        return []
    as_one = "" if is_phrase else "".join(joined(text[start:end])[:1])
    words = tuple(fold(token.raw) for token in tokens)
    return [Piece(tokens, words, joined=as_one, is_phrase=is_phrase, is_excluded=is_excluded)]


def _is_minus(text: str, place: int) -> bool:
    """Whether a minus stands here, with nothing or a space before it."""
    return place >= 0 and text[place] in _MINUS and (place == 0 or text[place - 1].isspace())


def _first_words(pieces: list[Piece]) -> list[Piece]:
    words = 0
    for number, piece in enumerate(pieces):
        words += len(piece.words)
        if words > MOST_WORDS:
            return pieces[:number] or [
                Piece(
                    piece.tokens[:MOST_WORDS], piece.words[:MOST_WORDS], is_phrase=True, is_excluded=piece.is_excluded
                )
            ]
    return pieces
