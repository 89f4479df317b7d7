"""In how many documents each word stands: counted when documents change, in the same way on SQLite and PostgreSQL."""

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise
from typing import Any

from django.db import connection, transaction
from django.db.models import F, QuerySet

from search.documents import FIELDS, Document
from search.models import Counted, Pair, SearchDoc, Stem, Totals, Word
from search.models.doc import Readers
from search.words.analysis import PLACEHOLDER, distinct_words, fold, stem, tokens
from search.words.known import forget
from search.words.numbers import EVERY_DOCUMENT, pair
from search.words.stopwords import stop_words

LENGTHS = tuple(f"l_{name}" for name in FIELDS)
_ROWS_AT_ONCE = 300
_LOCK = 0x5EA4C4
_UPSERTS = {
    Word: "INSERT INTO search_word (language, word, docs) VALUES {rows}"
    " ON CONFLICT (language, word) DO UPDATE SET docs = search_word.docs + excluded.docs",
    Stem: "INSERT INTO search_stem (stem, docs) VALUES {rows}"
    " ON CONFLICT (stem) DO UPDATE SET docs = search_stem.docs + excluded.docs",
    Pair: "INSERT INTO search_pair (pair, docs) VALUES {rows}"
    " ON CONFLICT (pair) DO UPDATE SET docs = search_pair.docs + excluded.docs",
}


def words_of(document: Document) -> str:
    """All words of the document without accents, each once, with spaces between them: what `SearchDoc.words` holds."""
    texts = (document.title, *document.headings, document.summary, *document.topic_words, document.body)
    return " ".join(sorted(set().union(*map(distinct_words, texts))))


def pairs_of(document: Document) -> str:
    """Words side by side in title, headings and summary: "a b" with a ≤ b, each once, with line ends between them.

    What `SearchDoc.pairs` holds. Function words are left out before.
    """
    without = stop_words(document.language) | {PLACEHOLDER}
    found: set[str] = set()
    for text in (document.title, *document.headings, document.summary):
        kept = [word for token in tokens(text) if (word := fold(token.raw)) not in without]
        found.update(pair(first, second) for first, second in pairwise(kept))
    return "\n".join(sorted(found))


@dataclass
class _Changes:
    """What is to be added to the numbers."""

    words: Counter[tuple[str, ...]] = field(default_factory=Counter)
    stems: Counter[tuple[str, ...]] = field(default_factory=Counter)
    pairs: Counter[tuple[str, ...]] = field(default_factory=Counter)
    docs: int = 0
    lengths: list[int] = field(default_factory=lambda: [0] * len(LENGTHS))

    def add(self, old: Counted | None, new: Counted | None) -> None:
        """Put `new` in the place of `old`: only what differs between them."""
        for counter, before, after in zip((self.words, self.stems, self.pairs), _keys(old), _keys(new), strict=True):
            counter.subtract(before - after)
            counter.update(after - before)
        for row, number in ((old, -1), (new, 1)):
            if row:
                self.docs += number
                for place, length in enumerate(row.lengths.split()):
                    self.lengths[place] += number * int(length)

    def write(self) -> None:
        """Add everything, in the order of the words, so that two who write wait for each other and never in a ring."""
        _add(Word, self.words)
        _add(Stem, self.stems)
        _add(Pair, self.pairs)
        totals = dict(zip(LENGTHS, self.lengths, strict=True), docs=self.docs)
        changed = {name: F(name) + number for name, number in totals.items()}
        if not Totals.objects.filter(pk=1).update(**changed, changed=time.time_ns()):
            Totals.objects.create(pk=1, **totals, changed=time.time_ns())


def count(doc_ids: Iterable[int]) -> None:
    """Bring the numbers up to date for these documents: take out what they had put in, put in what they hold now.

    For a document that is gone, only the former. Documents for members alone are not counted. In a transaction.
    """
    with transaction.atomic(savepoint=False):
        _lock()
        ids = iter(sorted(set(doc_ids)))
        while some := list(islice(ids, _ROWS_AT_ONCE)):
            _count(some)


def _count(ids: Sequence[int]) -> None:
    before = Counted.objects.in_bulk(ids)
    now = {row.doc_id: row for row in _as_counted(SearchDoc.objects.filter(pk__in=ids))}
    gone = [row for pk, row in before.items() if pk not in now]
    new = [row for pk, row in now.items() if pk not in before or _content(row) != _content(before[pk])]
    if not (gone or new):
        return
    changes = _Changes()
    for row in gone:
        changes.add(row, None)
    for row in new:
        changes.add(before.get(row.doc_id), row)
    changes.write()
    if gone:
        _delete(Counted.objects.filter(pk__in=[row.doc_id for row in gone]))
    Counted.objects.bulk_create(
        new, update_conflicts=True, unique_fields=["doc_id"], update_fields=["language", "words", "pairs", "lengths"]
    )
    forget()


def recount() -> None:
    """Count everything anew, from all documents, and put the result in place of what was there, in one transaction."""
    with transaction.atomic():
        _lock()
        for model in (Word, Stem, Pair, Counted):
            _delete(model.objects.all())
        Totals.objects.filter(pk=1).update(**dict.fromkeys((*LENGTHS, "docs"), 0))
        changes = _Changes()
        rows = _as_counted(SearchDoc.objects.order_by("pk"))
        while some := list(islice(rows, _ROWS_AT_ONCE)):
            for row in some:
                changes.add(None, row)
            Counted.objects.bulk_create(some)
        changes.write()
        forget()


def _as_counted(docs: QuerySet[SearchDoc]) -> Iterator[Counted]:
    """What these documents put into the numbers."""
    names = ("pk", "language", "words", "pairs", *LENGTHS)
    for pk, language, words, pairs, *lengths in (
        docs.exclude(readers=Readers.MEMBERS).values_list(*names).iterator(chunk_size=_ROWS_AT_ONCE)
    ):
        yield Counted(
            doc_id=pk, language=language, words=words, pairs=pairs, lengths=" ".join(str(number) for number in lengths)
        )


def _keys(counted: Counted | None) -> tuple[set[tuple[str, ...]], ...]:
    """The words, stems and pairs of a document."""
    if counted is None:
        return set(), set(), set()
    words, language = counted.words.split(), counted.language
    return (
        {(language, word) for word in (EVERY_DOCUMENT, *words)},
        {(found,) for found in {stem(word, language) for word in words}},
        {(each,) for each in counted.pairs.split("\n") if each},
    )


def _content(row: Counted) -> tuple[str, str, str, str]:
    return row.language, row.words, row.pairs, row.lengths


def _add(model: type[Word] | type[Stem] | type[Pair], numbers: Mapping[tuple[str, ...], int]) -> None:
    """Add these numbers to a table; what stands in no document any more leaves it."""
    changed = sorted((key, number) for key, number in numbers.items() if number)
    with connection.cursor() as cursor:
        for start in range(0, len(changed), _ROWS_AT_ONCE):
            rows: list[tuple[Any, ...]] = [(*key, number) for key, number in changed[start : start + _ROWS_AT_ONCE]]
            places = ", ".join([f"({', '.join(['%s'] * len(rows[0]))})"] * len(rows))
            cursor.execute(_UPSERTS[model].format(rows=places), [value for row in rows for value in row])
    less = [key[-1] for key, number in changed if number < 0]
    for start in range(0, len(less), _ROWS_AT_ONCE):
        some = less[start : start + _ROWS_AT_ONCE]
        _delete(model.objects.filter(**{f"{model._meta.model_name}__in": some}, docs__lte=0))


def _delete(rows: QuerySet[Any]) -> None:
    """Without reading them first, as Django does for whoever listens to every model: nothing refers to these."""
    rows._raw_delete(rows.db)


def _lock() -> None:
    """On PostgreSQL one counts at a time; SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
