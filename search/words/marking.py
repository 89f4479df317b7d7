"""Which words of a text fit a query, and that text as HTML with those words marked."""

import re
from collections.abc import Iterator, Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search.words.analysis import COMPOUND, HYPHENS, LONGEST_TERM, Token, fold, joined, stem, term, tokens
from search.words.plan import Plan

_HYPHEN = re.compile(rf"[{''.join(sorted(HYPHENS))}](?=\w)")


class Marks:
    """The words of a query, as they stand in texts of one language."""

    def __init__(self, plan: Plan, language: str) -> None:
        """From the plan's groups and phrases."""
        self._language = language
        asked = (*plan.groups, *plan.phrases)
        self.weights = tuple(group.idf for group in asked)
        """Of each group, those in quotes last."""
        self._single = {
            stems[0]: number for number, group in enumerate(asked) for stems in group.alternatives if len(stems) == 1
        }
        self._expression = re.compile(rf" ({'|'.join(map(re.escape, self._single))})(?= )")
        self._phrases = [
            (stems, number) for number, group in enumerate(asked) for stems in group.alternatives if len(stems) > 1
        ]

    def places(self, analysed: str) -> dict[int, int]:
        """Which terms of an analysed text fit: their numbers, in order, and the group that each is of."""
        places, before, number = {}, 0, -1
        for found in self._expression.finditer(analysed) if self._single else ():
            number += analysed.count(" ", before, found.start() + 1)
            before = found.start() + 1
            places[number] = self._single[found[1]]
        for stems, group in self._phrases:
            for number in _numbers(analysed, f" {' '.join(stems)} "):
                places.update(dict.fromkeys(range(number, number + len(stems)), group))
        return dict(sorted(places.items())) if self._phrases else places

    def first_compound(self, text: str) -> int:
        """Where the first word with hyphens begins that fits as one word; 0 when there is none."""
        for hyphen in _HYPHEN.finditer(text):
            begin = max(text.rfind(space, 0, hyphen.start()) for space in " \n\t") + 1
            found = COMPOUND.search(text, begin, hyphen.end() + LONGEST_TERM)
            if found and any(stem(word, self._language) in self._single for word in joined(found[0])):
                return found.start()
        return 0

    def marked(self, text: str, start: int = 0, end: int | None = None) -> SafeString:
        """A part of the text as HTML, the words that fit in <mark>; spaces and line ends are one space."""
        end = len(text) if end is None else end
        words = list(tokens(text, start, end))
        terms = [term(word.raw, self._language) for word in words]
        fitting = self.places(f" {' '.join(terms)} ")
        parts, place = [], start
        for first, last in self._runs(text, words, fitting):
            parts.append(_plain(text[place : first.start]))
            parts.append(f"<mark>{escape(text[first.start : last.end])}</mark>")
            place = last.end
        return mark_safe("".join(parts) + _plain(text[place:end]))  # each part is escaped

    def _runs(self, text: str, words: Sequence[Token], fitting: dict[int, int]) -> Iterator[tuple[Token, Token]]:
        """The first and the last word of what is marked: mostly the same; not for "e-mail", which fits as one."""
        place = 0
        while place < len(words):
            last = self._end_of_compound(text, words, place)
            if last > place or place in fitting:
                yield words[place], words[last]
            place = last + 1

    def _end_of_compound(self, text: str, words: Sequence[Token], place: int) -> int:
        """Where the word with hyphens that begins here ends, when it fits as one word; else here."""
        last = place
        while last + 1 < len(words) and text[words[last].end : words[last + 1].start] in HYPHENS:
            last += 1
        if last == place:
            return place
        as_one = "".join(fold(word.raw) for word in words[place : last + 1])
        return last if stem(as_one, self._language) in self._single else place


def _numbers(analysed: str, phrase: str) -> Iterator[int]:
    """The numbers of the terms with which the phrase begins, wherever it stands."""
    place = analysed.find(phrase)
    while place >= 0:
        yield analysed.count(" ", 0, place)
        place = analysed.find(phrase, place + 1)


def _plain(text: str) -> str:
    """A part of a text as HTML, in one line."""
    head = " " if text[:1].isspace() else ""
    tail = " " if text[-1:].isspace() and text.strip() else ""
    return escape(f"{head}{' '.join(text.split())}{tail}")
