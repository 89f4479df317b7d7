"""What the index holds: a document's analysed words and what orders and counts it. Its texts stay in the database."""

import hashlib
import json
from typing import Any

from search.documents import FIELDS
from search.engines.base import MOST_RESULTS
from search.engines.entries import microseconds
from search.words.analysis import ANALYSIS

TEXT = {"type": "text", "analyzer": "whitespace"}
LONGEST_SORT_KEY = 500

SETTINGS: dict[str, Any] = {
    "number_of_shards": 1,
    "auto_expand_replicas": "0-1",
    # Set, so that a search after a quiet half minute does not wait for a refresh.
    "refresh_interval": "1s",
    # A removal is remembered so long: a write that was under way all that time does not bring the document back.
    "gc_deletes": "10m",
    "max_result_window": MOST_RESULTS,
    "max_terms_count": 1_000_000,
    "similarity": {"default": {"type": "BM25", "k1": 2, "b": 0.5}},
}
MAPPINGS: dict[str, Any] = {
    "dynamic": "strict",
    "_source": {"enabled": False},
    "properties": {
        **{name: TEXT for name in FIELDS},
        "id": {"type": "long"},
        # Times are microseconds: a date would cut them to milliseconds.
        "version": {"type": "long"},
        "signature": {"type": "long"},
        "day": {"type": "integer"},
        "ends_at": {"type": "long"},
        "expires_at": {"type": "long"},
        "title_order": {"type": "keyword"},
    },
}
VERSION = hashlib.blake2b(json.dumps([SETTINGS, MAPPINGS, ANALYSIS]).encode(), digest_size=4).hexdigest()
"""Part of the index's name: an index that was made otherwise is not used, a new one is built."""

COLUMNS = (
    "pk", "indexed_at", "signature_id", "date", "ends_at", "expires_at",
    "a_title", "a_headings", "a_summary", "a_topics", "a_body",
)  # fmt: skip
"""What is read of a row, in the order `entry_of` wants it."""


def entry_of(row: tuple[Any, ...]) -> dict[str, Any]:
    """A row's `COLUMNS` as the index has them."""
    pk, indexed_at, signature, day, ends_at, expires_at, *texts = row
    entry = {
        **dict(zip(FIELDS, texts, strict=True)),
        "id": pk,
        "version": microseconds(indexed_at),
        "signature": signature,
        "title_order": texts[0].strip()[:LONGEST_SORT_KEY],
    }
    if day is not None:
        entry["day"] = day.toordinal()
    if ends_at is not None:
        entry["ends_at"] = microseconds(ends_at)
    if expires_at is not None:
        entry["expires_at"] = microseconds(expires_at)
    return entry
