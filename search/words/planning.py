"""From what somebody typed to a plan."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from search.words.analysis import stem
from search.words.known import now_known
from search.words.numbers import WordDocs, docs_of_stems, languages
from search.words.parsing import Piece, parse
from search.words.plan import Group, Plan, Stems
from search.words.weights import idf
from search.words.wording import Said, Wording


def plan_of(typed: str, *, language: str, exactly: bool = False) -> Plan:
    """What the query asks for. `language` is the interface's. `exactly` leaves the words as they were typed.

    Never raises for any text. At most 60 words are looked at.
    """
    pieces = parse(typed)
    if not pieces:
        return Plan(typed=typed, language=language, is_empty=bool(typed.strip()))
    known = now_known()
    wording = Wording(typed, pieces, interface=language, known=known, exactly=exactly)
    words = _Groups(wording)
    phrases = [_phrase(piece, wording.language) for piece in pieces if piece.is_phrase and not piece.is_excluded]
    docs_of = docs_of_stems(stem for group in (*words.groups, *phrases) for stems in group for stem in stems)
    weigh = _Weights(known.numbers.docs, docs_of)
    groups = tuple(weigh.group(alternatives) for alternatives in words.groups)
    held = sum(len(piece.words) for piece in pieces if piece.is_phrase and not piece.is_excluded)
    return Plan(
        typed=typed,
        language=wording.language,
        groups=groups,
        least=_least(words.words, held, sum(map(weigh.is_known, words.groups[: words.words]))),
        phrases=tuple(weigh.group(alternatives) for alternatives in phrases),
        excluded=_excluded(pieces),
        mended=wording.mended,
        understood=(*words.shown, *_shown(pieces)),
        pairs=tuple(words.pairs),
        docs=known.numbers.docs,
        averages=known.numbers.averages,
    )


class _Groups:
    """The groups of the words that count, each once; what means the same is put into those of its words.

    Behind those of the `words` typed stand words with hyphens as one: "buy-in" is rarer, and weighs more, than "buy".
    """

    def __init__(self, wording: Wording) -> None:
        self.groups: list[dict[Stems, None]] = []
        self.shown: list[str] = []
        self.pairs: dict[tuple[int, int], None] = {}
        self._docs, self._language = wording.docs, wording.language
        places = [self._place(said) if said.counts else None for said in wording.said]
        for (first, second), said in zip(pairwise(places), wording.said[1:], strict=False):
            if said.is_next and first is not None and second is not None and first != second:
                self.pairs[first, second] = None
        self.words = len(self.groups)
        for word in wording.as_one:
            self.groups.append({(found,): None for found in _stems(word, self._language, self._docs)})
        stems = [stem(said.word, wording.language) for said in wording.said]
        for start, end, others in wording.synonyms.found(stems):
            for place in places[start:end]:
                if place is not None:
                    self.groups[place].update(dict.fromkeys(others))

    def _place(self, said: Said) -> int:
        """The number of the word's group; a word that was said before belongs to the same."""
        alternatives: dict[Stems, None] = dict.fromkeys(
            (found,) for word in (said.word, *said.more) for found in _stems(word, self._language, self._docs)
        )
        first = next(iter(alternatives))
        for number, group in enumerate(self.groups):
            if next(iter(group)) == first:
                group.update(alternatives)
                return number
        self.groups.append(alternatives)
        self.shown.append(said.shown)
        return len(self.groups) - 1


class _Weights:
    """How much alternatives weigh, by the documents that hold the most frequent of them."""

    def __init__(self, docs: int, docs_of: dict[str, int]) -> None:
        self._docs = docs
        self._docs_of = docs_of

    def group(self, alternatives: Iterable[Stems]) -> Group:
        """The group with its weight."""
        found = tuple(alternatives)
        return Group(found, idf(self._docs, max(map(self._held, found))))

    def is_known(self, alternatives: Iterable[Stems]) -> bool:
        """Whether a document may hold any of them."""
        return any(map(self._held, alternatives))

    def _held(self, stems: Stems) -> int:
        """Documents that hold them; of a phrase, at most so many."""
        return min(self._docs_of.get(each, 0) for each in stems)


def _least(words: int, in_phrases: int, known: int) -> int:
    """How many of the words a document must hold: half, those in quotes counted. A word that none holds asks nothing
    of them, or three words of which one is known would find nothing."""
    half = -(-(words + in_phrases) // 2) - in_phrases
    least = min(half, known)
    return max(least, 0) if in_phrases else max(least, min(words, 1))


def _stems(word: str, language: str, docs: WordDocs) -> list[str]:
    """The word's stem; before it, as it is stemmed in other languages that hold it in more documents: "impuestos",
    typed where everything is in English, is found in Spanish guides."""
    here = docs.of(word, language)
    others = [other for other in languages() if other != language and docs.of(word, other) > here]
    return [stem(word, each) for each in (*others, language)]


def _in_each_language(words: Sequence[str], first: str) -> dict[Stems, None]:
    return dict.fromkeys(tuple(stem(word, each) for word in words) for each in (first, *languages()))


def _phrase(piece: Piece, language: str) -> dict[Stems, None]:
    return _in_each_language(piece.words, language)


def _excluded(pieces: Sequence[Piece]) -> tuple[Stems, ...]:
    """What stood behind a minus, as documents of any language hold it."""
    found: dict[Stems, None] = {}
    for piece in pieces:
        if piece.is_excluded:
            found.update(_in_each_language(piece.words, languages()[0]))
            if piece.joined:
                found.update(_in_each_language([piece.joined], languages()[0]))
    return tuple(found)


def _shown(pieces: Sequence[Piece]) -> list[str]:
    return [
        " ".join(token.raw for token in piece.tokens) for piece in pieces if piece.is_phrase and not piece.is_excluded
    ]
