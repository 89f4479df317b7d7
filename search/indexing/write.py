"""The only place where documents are written and removed: rows, the database's engine, title words, what waits."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from search.documents import Document
from search.engines.choosing import database_engine
from search.engines.entries import chunks
from search.indexing.rows import QUIET, Key, key_of, next_moment, row_values, title_words
from search.models import Pending, SearchDoc, TitleWord
from search.models.doc import Readers
from search.signatures import signature_ids

AT_ONCE = 50
"""Documents that are written together."""
UNIQUE = ["source", "object_id", "language", "readers"]


def put(documents: Sequence[Document]) -> list[int]:
    """Write these documents, in place of those with the same source, object, language and readers; their ids.

    In one transaction: the rows, the engine of the database, the words of the titles, and a note for Elasticsearch when
    there is one. What is already written with the same content is not touched.
    """
    ids: list[int] = []
    with transaction.atomic():
        for start in range(0, len(documents), AT_ONCE):
            ids += _put(documents[start : start + AT_ONCE])
    return ids


def remove(ids: Iterable[int]) -> int:
    """Remove the documents with these ids everywhere; how many there were."""
    removed = 0
    with transaction.atomic():
        for some in chunks(ids):
            database_engine().remove(some)
            _delete(TitleWord.objects.filter(doc_id__in=some))
            there = list(SearchDoc.objects.filter(pk__in=some).values_list("pk", flat=True))
            _delete(SearchDoc.objects.filter(pk__in=there))
            removed += len(there)
            _note(there)
    return removed


def _put(documents: Sequence[Document]) -> list[int]:
    """Write so few documents that one statement takes them all. Of two for the same row the later one counts."""
    wanted = {key_of(document): document for document in documents}
    there = _rows(wanted.values())
    changed: dict[Key, SearchDoc] = {}
    quiet: list[SearchDoc] = []
    for (key, document), signature in zip(wanted.items(), signature_ids(wanted.values()), strict=True):
        values = row_values(document, signature)
        row = there.get(key)
        different = _different(row, values)
        if row is not None and different <= set(QUIET):
            quiet += [_set(row, values)] if different else []
        else:
            moment = timezone.now()
            fresh = SearchDoc(**values, indexed_at=next_moment(row.indexed_at, moment) if row else moment)
            changed[key] = fresh
    if quiet:
        SearchDoc.objects.bulk_update(quiet, QUIET)
    there |= _write(changed)
    _write_words({there[key].pk: wanted[key] for key in changed})
    written = [there[key].pk for key in changed]
    database_engine().write(written)
    _note(written)
    return [there[key_of(document)].pk for document in documents]


def _rows(documents: Iterable[Document]) -> dict[Key, SearchDoc]:
    """The rows there are of these documents."""
    documents = list(documents)
    rows = SearchDoc.objects.filter(
        source__in={document.source for document in documents}, object_id__in={doc.object_id for doc in documents}
    )
    return {key_of(row): row for row in rows}


def _different(row: SearchDoc | None, values: dict[str, Any]) -> set[str]:
    """Which fields of the row are not as they should be."""
    return {name for name, value in values.items() if row is None or getattr(row, name) != value}


def _set(row: SearchDoc, values: dict[str, Any]) -> SearchDoc:
    for name, value in values.items():
        setattr(row, name, value)
    return row


def _write(changed: dict[Key, SearchDoc]) -> dict[Key, SearchDoc]:
    """Write the rows, old and new, in one statement; should another process have been first, over what it wrote."""
    if not changed:
        return {}
    fields = [field.name for field in SearchDoc._meta.concrete_fields if not field.primary_key]
    rows = SearchDoc.objects.bulk_create(
        changed.values(),
        update_conflicts=True,
        unique_fields=UNIQUE,
        update_fields=[name for name in fields if name not in UNIQUE],
    )
    return {key_of(row): row for row in rows}


def _write_words(documents: dict[int, Document]) -> None:
    """The words of the titles, in place of those there were. What only members find is suggested to nobody."""
    if not documents:
        return
    _delete(TitleWord.objects.filter(doc_id__in=documents))
    TitleWord.objects.bulk_create(
        TitleWord(doc_id=pk, word=word)
        for pk, document in documents.items()
        if document.readers != Readers.MEMBERS
        for word in title_words(document)
    )


def _delete(rows: QuerySet[Any]) -> None:
    """Without reading them first, as Django does for whoever listens to every model: nothing refers to these."""
    rows._raw_delete(rows.db)


def _note(ids: Sequence[int]) -> None:
    """Have Elasticsearch told of these documents, when there is one."""
    if settings.SEARCH_URL:
        Pending.objects.bulk_create(Pending(doc_id=pk) for pk in ids)
