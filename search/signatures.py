"""What documents say in every facet: written once for all that say the same, and kept in memory for every search."""

import hashlib
import json
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Max

from search.documents import Document
from search.models import Signature

FIELDS = ("kind", "city_id", "language", "siblings", "audience", "format", "topics", "readers", "is_local", "extra")


@dataclass(frozen=True, slots=True)
class Facets:
    """What a signature says, ready to be compared."""

    kind: str
    city_id: int | None
    language: str
    siblings: frozenset[str]
    audience: str
    format: str
    topics: frozenset[str]
    readers: str
    is_local: bool
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)


class Known(dict[int, Facets]):
    """Signatures by their key. What is worked out from them may be put into `kept`: it is forgotten when one comes."""

    def __init__(self, facets: Mapping[int, Facets] | Iterable[tuple[int, Facets]] = ()) -> None:
        super().__init__(facets)
        self.kept: dict[Any, Any] = {}


@dataclass
class _Read:
    """What this process has read, of which state of the table (number of rows, last key), and when it last looked."""

    state: tuple[int, int]
    facets: Known
    looked_at: float


FRESH_SECONDS = 1
"""So long nobody looks whether another process wrote new ones; those of this process are seen at once."""

_read: dict[str, _Read] = {}  # by the name of the database


def signature_of(document: Document) -> Signature:
    """The signature of what the document says; made when it is the first one to say it."""
    return signatures_of([document])[_key(_values(document))]


def signature_ids(documents: Iterable[Document]) -> list[int]:
    """The signatures' keys in the database, in the documents' order."""
    documents = list(documents)
    found = signatures_of(documents)
    return [found[_key(_values(document))].pk for document in documents]


def signatures_of(documents: Iterable[Document]) -> dict[str, Signature]:
    """All signatures that these documents need, by their keys, in one query; three when there are new ones."""
    wanted = {_key(values): values for values in map(_values, documents)}
    found = {row.key: row for row in Signature.objects.filter(key__in=wanted)}
    new = [Signature(key=key, **values) for key, values in sorted(wanted.items()) if key not in found]
    if new:
        # Somebody else may be writing the same one now: whoever comes second reads what the first one wrote.
        Signature.objects.bulk_create(new, ignore_conflicts=True)
        transaction.on_commit(_read.clear)
        found.update({row.key: row for row in Signature.objects.filter(key__in=[row.key for row in new])})
    return found


def known() -> Known:
    """All signatures by their key in the database. No query, or one a second, while nothing is new.

    Inside a transaction they are read each time and not kept: those that it made would stay here when it fails.
    """
    if connection.in_atomic_block:
        return _load()
    name, now = str(connection.settings_dict["NAME"]), time.monotonic()
    kept = _read.get(name)
    if kept is None or now - kept.looked_at > FRESH_SECONDS:
        kept = _read[name] = _looked(kept, now)
    return kept.facets


def _looked(kept: _Read | None, now: float) -> _Read:
    """What there is now: what was read before and what came behind it, or everything anew."""
    state = _state()
    if kept and kept.state == state:
        return _Read(state, kept.facets, now)
    facets = Known(kept.facets | _load(after=kept.state[1])) if kept else Known()
    if len(facets) != state[0]:  # the first time, or one with a lower key came later
        facets = _load()
    return _Read((len(facets), max(facets, default=0)), facets, now)


def _state() -> tuple[int, int]:
    row = Signature.objects.aggregate(rows=Count("pk"), last=Max("pk"))
    return row["rows"], row["last"] or 0


def _load(after: int = 0) -> Known:
    rows = Signature.objects.filter(pk__gt=after).values_list("pk", *FIELDS)
    return Known((pk, _facets(dict(zip(FIELDS, values, strict=True)))) for pk, *values in rows)


def _facets(values: dict[str, Any]) -> Facets:
    split = {name: frozenset(filter(None, values[name].split(","))) for name in ("siblings", "topics")}
    return Facets(**values | split | {"extra": json.loads(values["extra"]) if values["extra"] else {}})


def _values(document: Document) -> dict[str, Any]:
    """The fields of the document's signature."""
    return {
        "kind": document.kind,
        "city_id": document.city_id,
        "language": document.language,
        "siblings": ",".join(sorted(set(document.siblings) - {document.language})),
        "audience": document.audience,
        "format": document.format,
        "topics": _fitting(sorted(set(document.topics))),
        "readers": str(document.readers),
        "is_local": document.is_local,
        "extra": json.dumps(dict(document.extra), sort_keys=True, default=str) if document.extra else "",
    }


def _fitting(slugs: list[str], room: int = 500) -> str:
    """Slugs with commas; those that the column has no room for are left out, none is cut."""
    while len(text := ",".join(slugs)) > room:
        slugs = slugs[:-1]
    return text


def _key(values: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()
