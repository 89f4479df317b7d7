"""What a room tells the search about a thing, before its words are analysed."""

import datetime
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from search.models.doc import Readers

FIELDS = ("title", "headings", "summary", "topics", "body")
"""The texts of a document that are searched, as `SearchDoc` has them analysed (`a_title` …, `l_title` …)."""


@dataclass(frozen=True)
class Document:
    """One thing in one language, in plain text: no markup, no personal data, nothing that is not for its readers.

    `headings` are the titles of its parts, which the body leaves out. `topics` are slugs of `core.Topic`, with those
    that they are part of; `topic_words` the names of topics and tags, as searched text. Where a thing stands: `page_id`
    for a page, else `path` on the national host. `siblings`: the other languages it can be found in.
    """

    source: str
    object_id: int
    language: str
    kind: str
    title: str
    version: str
    family: str
    summary: str = ""
    headings: tuple[str, ...] = ()
    body: str = ""
    topic_words: tuple[str, ...] = ()
    page_id: int | None = None
    path: str = ""
    city_id: int | None = None
    topics: tuple[str, ...] = ()
    audience: str = ""
    format: str = ""
    siblings: tuple[str, ...] = ()
    readers: str = Readers.ALL
    is_local: bool = False
    source_id: str = ""
    date: datetime.date | None = None
    ends_at: datetime.datetime | None = None
    expires_at: datetime.datetime | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)
    shown: Mapping[str, Any] = field(default_factory=dict)

    def is_over(self) -> bool:
        """Whether it ended before now."""
        return self.ends_at is not None and self.ends_at <= timezone.now()


def family_of(translation_key: uuid.UUID) -> str:
    """The family of all translations of a page."""
    return translation_key.hex
