"""What a process knows of the counted words, for as long as that is good enough."""

import time
from collections.abc import Sequence

from search.words.numbers import Numbers, docs_of_stems, numbers
from search.words.vocabulary import Vocabularies, Vocabulary, vocabularies

OLD_SECONDS = 30


class Known:
    """What was read at one time, and is used until it is old and something was counted since."""

    def __init__(self, now: Numbers) -> None:
        """Reads nothing yet."""
        self.numbers = now
        self.changed = now.changed
        self.since = time.monotonic()
        self._vocabularies: dict[str, Vocabulary] | None = None
        self._stem_docs: dict[str, int] = {}

    def words_of(self, languages: Sequence[str]) -> Vocabularies:
        """The frequent words of these languages; those of all are read in one go."""
        if self._vocabularies is None:
            self._vocabularies = vocabularies()
        return Vocabularies(self._vocabularies[one] for one in languages if one in self._vocabularies)

    def stem_docs(self, stems: Sequence[str]) -> dict[str, int]:
        """In how many documents these stems stand, as far as a few seconds ago: those read before are not asked for."""
        if missing := [stem for stem in stems if stem not in self._stem_docs]:
            read = docs_of_stems(missing)
            self._stem_docs.update((stem, read.get(stem, 0)) for stem in missing)
        return self._stem_docs


_known: Known | None = None


def now_known() -> Known:
    """What is known, with the numbers as they are now: one query, and one more for the words when they are needed."""
    global _known
    read, before = numbers(), _known
    is_old = before is not None and time.monotonic() - before.since > OLD_SECONDS
    if before is None or not read.docs or (is_old and before.changed != read.changed):
        before = _known = Known(read)
    before.numbers = read
    return before


def last_known() -> Known:
    """What was known last, without asking the database, where this process knows anything."""
    return _known or now_known()


def forget() -> None:
    """What this process knows is old: it has counted something itself."""
    global _known
    _known = None
