"""The order of what an engine found: one function for all engines, so that they answer the same.

How much of the query a document holds, and where (BM25F over five fields, as a share of the query's weight); how much
of its title the query accounts for; whether neighbouring words of the query stand side by side in its body; and
whether it is in the query's language. The numbers were measured on real guides: they lie on a plateau, leave them.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import lru_cache

from search.documents import FIELDS
from search.models import SearchDoc
from search.words.analysis import PLACEHOLDER, stem
from search.words.known import last_known, now_known
from search.words.plan import Plan, Stems
from search.words.stopwords import stop_words
from search.words.weights import idf

FIELD_WEIGHTS = {"title": 12.0, "headings": 3.0, "summary": 2.0, "topics": 2.0, "body": 1.0}
K1, B = 2.0, 0.5
FOCUS, PAIR, LANGUAGE = 0.15, 0.08, 0.2
FAVOURED, OVER = 0.15, 0.3
FEW = 3


def ranked(
    docs: Iterable[SearchDoc], plan: Plan, *, favoured: Collection[int] = (), over: Collection[int] = ()
) -> list[tuple[SearchDoc, float]]:
    """The documents with their scores, best first; ties by id.

    Reads the `a_` and `l_` fields only. `favoured` and `over` are ids of documents that come sooner, or later.
    """
    rows = list(docs)
    scoring = _Scoring(plan, rows)
    scored = [(row, scoring.score(row) + FAVOURED * (row.pk in favoured) - OVER * (row.pk in over)) for row in rows]
    scored.sort(key=lambda item: (-item[1], item[0].pk))
    return scored


class _Scoring:
    """Scores documents for one query."""

    def __init__(self, plan: Plan, rows: list[SearchDoc]) -> None:
        known = last_known() if plan.docs else now_known()
        averages = plan.averages or known.numbers.averages
        asked = (*plan.groups, *plan.phrases)
        self._language = plan.language
        self._docs = plan.docs or known.numbers.docs
        *self._short, self._body = (
            (f"a_{name}", f"l_{name}", FIELD_WEIGHTS[name], average)
            for name, average in zip(FIELDS, averages, strict=True)
        )
        self._groups = [([_padded(stems) for stems in group.alternatives], group.idf) for group in asked]
        self._weight = sum(group.idf for group in asked)
        self._pairs = [(first, second, asked[first].idf + asked[second].idf) for first, second in plan.pairs]
        every = dict.fromkeys(stems for group in asked for stems in group.alternatives)
        self._single = {stems[0] for stems in every if len(stems) == 1}
        self._phrases = [stems for stems in every if len(stems) > 1]
        self._count = _counter(every)
        titles = {term for row in rows for term in row.a_title.split()}
        self._stem_docs = known.stem_docs(sorted(titles))

    def score(self, row: SearchDoc) -> float:
        """What the document deserves, before it is favoured or over."""
        score = LANGUAGE if row.language == self._language else 0.0
        if not self._weight:
            return score
        in_body = self._count(row.a_body)
        body_boost = _boost(row, self._body)
        texts = [(getattr(row, field[0]), _boost(row, field)) for field in self._short]
        total = 0.0
        for needles, weight in self._groups:
            x = 0.0
            for needle in needles:
                x += body_boost * in_body.get(needle, 0)
                for text, boost in texts:
                    if needle in text:
                        x += boost * text.count(needle)
            total += weight * x / (K1 + x)
        pairs = self._side_by_side(row.a_body, in_body) if self._pairs else 0.0
        return score + total / self._weight + FOCUS * self._focus(row) + PAIR * pairs

    def _focus(self, row: SearchDoc) -> float:
        """How much of the title's weight the query names."""
        title = set(row.a_title.split()) - _function_stems(row.language)
        named = title & self._single
        for stems in self._phrases:
            if _padded(stems) in row.a_title:
                named |= title.intersection(stems)
        if not named:
            return 0.0
        return sum(map(self._idf, sorted(named))) / sum(map(self._idf, sorted(title)))

    def _idf(self, term: str) -> float:
        return idf(self._docs, self._stem_docs[term])

    def _side_by_side(self, body: str, in_body: Mapping[str, int]) -> float:
        """The weight of the neighbouring words of the query that stand so in the text, as a share of all of them."""
        found = 0.0
        for first, second, weight in self._pairs:
            sooner = [needle for needle in self._groups[first][0] if needle in in_body]
            later = [needle for needle in self._groups[second][0] if needle in in_body]
            if any(before + behind[1:] in body for before in sooner for behind in later):
                found += weight
        return found / sum(weight for _first, _second, weight in self._pairs)


def _boost(row: SearchDoc, field: tuple[str, str, float, float]) -> float:
    """What one occurrence counts in a field: less in one that is longer than others are."""
    _text, length, weight, average = field
    return weight / ((1 - B) + B * getattr(row, length) / average)


def _counter(every: Collection[Stems]) -> Callable[[str], Mapping[str, int]]:
    """Counts stems and phrases in a text: those that are there, each with spaces around.

    One expression for all is quicker than looking for each when there are more than a few.
    """
    few = [_padded(stems) for stems in every if len(stems) > 1 or len(every) <= FEW]
    many = [stems[0] for stems in every if len(stems) == 1] if len(every) > FEW else []
    expression = re.compile(rf" ({'|'.join(map(re.escape, many))})(?= )") if many else None

    def count(text: str) -> dict[str, int]:
        found = {needle: number for needle in few if (number := text.count(needle))}
        if expression:
            for stem_found, number in Counter(expression.findall(text)).items():
                found[f" {stem_found} "] = number
        return found

    return count


def _padded(stems: Stems) -> str:
    return f" {' '.join(stems)} "


@lru_cache
def _function_stems(language: str) -> frozenset[str]:
    """What of a title does not count."""
    return frozenset(stem(word, language) for word in stop_words(language)) | {PLACEHOLDER}
