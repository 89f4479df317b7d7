"""From what a room tells to the row that is searched."""

import datetime
import json
from typing import Any

from search.documents import FIELDS, Document
from search.models import SearchDoc
from search.words.analysis import LONGEST_TERM, analyse, folded_words
from search.words.lexicon import pairs_of, words_of

COPIED = (
    "source", "object_id", "language", "readers", "version", "family", "kind", "page_id", "path", "city_id",
    "source_id", "date", "ends_at", "expires_at", "summary", "body",
)  # fmt: skip
"""What stands in the row as it was told."""
QUIET = ("version", "family", "page_id", "path", "source_id", "shown")
"""What no engine knows: when nothing else changed, engines need not hear of it."""

Key = tuple[str, int, str, str]
"""Source, object, language, readers: which row a document has."""


def key_of(thing: Document | SearchDoc) -> Key:
    """Which row it is, or has."""
    return thing.source, thing.object_id, thing.language, str(thing.readers)


def row_values(document: Document, signature_id: int) -> dict[str, Any]:
    """All fields of the document's row but its key and when it was written."""
    values = {name: getattr(document, name) for name in COPIED}
    values |= {
        "readers": str(document.readers),
        "title": document.title[:255],
        "shown": json.loads(json.dumps(dict(document.shown), default=str)),  # as it is read again
        "signature_id": signature_id,
        "words": words_of(document),
        "pairs": pairs_of(document),
    }
    texts = {
        "title": document.title,
        "headings": "\n".join(document.headings),
        "summary": document.summary,
        "topics": "\n".join(document.topic_words),
        "body": document.body,
    }
    for name in FIELDS:
        values[f"a_{name}"], values[f"l_{name}"] = analyse(texts[name], document.language)
    return {name: _storable(value) for name, value in values.items()}


def title_words(document: Document) -> list[str]:
    """The words of the title, each once, for who types its beginning."""
    return sorted({word[:LONGEST_TERM] for word in folded_words(document.title)})


def next_moment(after: datetime.datetime, now: datetime.datetime) -> datetime.datetime:
    """Now; or just after `after`, should a clock have been set back: what is written later must look later."""
    return max(now, after + datetime.timedelta(microseconds=1))


def _storable(value: Any) -> Any:
    """PostgreSQL takes no NUL in a text."""
    return value.replace("\x00", " ") if isinstance(value, str) else value
