"""What a result shows of its text, with the words that were looked for marked."""

import re
from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe

from search.models import SearchDoc
from search.words.analysis import RAW_WORD, WORD
from search.words.marking import Marks
from search.words.plan import Plan

PASSAGE_WORDS = 24
LEAD_IN = 60
"""Characters before the first word that fits: where a sentence begins among them, or the half of them."""
_SENTENCE_END = re.compile(r"[.!?]\s+|\n\s*")
_STEPS = [(step, re.compile(rf"(?>(?>[\W_]*)(?>{WORD})){{{step}}}")) for step in (256, 16, 1)]


def highlighted_title(doc: SearchDoc, plan: Plan) -> SafeString:
    """The title as HTML, the words that fit in <mark>."""
    return _marks(plan, doc.language).marked(doc.title)


def extract(doc: SearchDoc, plan: Plan, *, length: int = 220) -> SafeString:
    """The part of summary or body (of about `length` characters) that says most about the query, as HTML.

    The summary when it holds as much as any other part; cut between words, with … where something is left out.
    """
    marks = _marks(plan, doc.language)
    in_summary, place_in_summary = _best(marks, doc.a_summary)
    in_body, place_in_body = _best(marks, doc.a_body)
    if doc.summary and (in_summary >= in_body or not doc.body):
        return _cut(marks, doc.summary, place_in_summary, length)
    return _cut(marks, doc.body, place_in_body, length)


@lru_cache(maxsize=8)
def _marks(plan: Plan, language: str) -> Marks:
    return Marks(plan, language)


def _best(marks: Marks, analysed: str) -> tuple[float, int | None]:
    """How much of the query the best passage holds, and the number of its first word that fits."""
    fitting = list(marks.places(analysed).items())
    best, best_place = 0.0, None
    first, inside, held = 0, [0] * len(marks.weights), 0.0
    for place, group in fitting:
        inside[group] += 1
        if inside[group] == 1:
            held += marks.weights[group]
        while place - fitting[first][0] >= PASSAGE_WORDS:
            out = fitting[first][1]
            inside[out] -= 1
            if not inside[out]:
                held -= marks.weights[out]
            first += 1
        if held > best + 1e-9:
            best, best_place = held, fitting[first][0]
    return best, best_place


def _cut(marks: Marks, text: str, place: int | None, length: int) -> SafeString:
    """About so many characters of the text, from a little before its word of this number."""
    if len(text) <= length:
        return marks.marked(text.strip())
    start = 0
    if place is not None:
        found = _offset(text, place)
        start = _lead_in(text, marks.first_compound(text) if found is None else found)
    if start > len(text) - length:
        start = _next_word(text, len(text) - length)
    end = start + length
    if end < len(text):
        space = max(text.rfind(" ", start + length // 2, end), text.rfind("\n", start + length // 2, end))
        end = space if space > 0 else end
    before, behind = "… " if start else "", " …" if text[end:].strip() else ""
    return mark_safe(f"{before}{marks.marked(text, start, end).strip()}{behind}")  # `marked` has escaped it


def _offset(text: str, place: int) -> int | None:
    """Where the word of this number begins; None when there are not so many."""
    offset = 0
    for step, expression in _STEPS:
        while place >= step:
            skipped = expression.match(text, offset)
            if not skipped:
                return None
            offset, place = skipped.end(), place - step
    found = RAW_WORD.search(text, offset)
    return found.start() if found else None


def _lead_in(text: str, offset: int) -> int:
    """A place a little before this one: where its sentence begins, else between two words."""
    earliest = max(0, offset - LEAD_IN)
    if not earliest:
        return 0
    begins = [found.end() for found in _SENTENCE_END.finditer(text, earliest, offset)]
    return begins[-1] if begins else _next_word(text, offset - LEAD_IN // 2)


def _next_word(text: str, offset: int) -> int:
    """Where the next word begins behind a space, from here; here when none does soon."""
    space = re.compile(r"\s+").search(text, max(0, offset - 1), offset + LEAD_IN // 2)
    return space.end() if space else offset
