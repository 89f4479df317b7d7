"""One result as a line on the page."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise

from portal.core.site_context import LANGUAGE_NAMES
from search.models import Readers
from search.results import Result
from search.signatures import known
from search.sources import labels_of

PICTOGRAMS = {
    "guide": "book",
    "story": "talk",
    "page": "map",
    "city": "skyline",
    "opportunity": "hand",
    "job": "case",
    "grant": "coin",
}
"""Kind → what is drawn beside a result that flies no flag."""
OTHER_PICTOGRAM = "link"


@dataclass(frozen=True)
class Row:
    """A result with what stands around it. `flag_of` is the city whose flag leads the line, None: a pictogram does.

    `sign` says what it is: its format where it has one ("Playbook"), else its kind. `language` and `language_name` are
    empty for what is in the reader's own language.
    """

    result: Result
    sign: str | Promise
    pictogram: str
    flag_of: Any = None
    language: str = ""
    language_name: str = ""
    is_over: bool = False
    has_members_part: bool = False

    @property
    def date(self) -> datetime.date | None:
        """When it was written, or takes place."""
        return self.result.doc.date

    @property
    def kind(self) -> str:
        """The name of its kind; signs have their colors by it."""
        return self.result.doc.kind


def rows_of(results: Iterable[Result], *, language: str, here: int | None = None) -> list[Row]:
    """The results as lines for a reader of `language`. On a city's own site its own flag says nothing new."""
    signatures, formats = known(), labels_of("format")
    signs = {pk: formats.get(facets.format, "") for pk, facets in signatures.items()}
    return [_row(result, signs.get(result.doc.signature_id) or result.kind, language, here) for result in results]


def _row(result: Result, sign: str | Promise, language: str, here: int | None) -> Row:
    doc = result.doc
    elsewhere = doc.language if doc.language != language else ""
    return Row(
        result=result,
        sign=sign,
        pictogram=PICTOGRAMS.get(doc.kind, OTHER_PICTOGRAM),
        flag_of=doc.city if doc.city_id and doc.city_id != here else None,
        language=elsewhere,
        language_name=LANGUAGE_NAMES.get(elsewhere, elsewhere),
        is_over=doc.ends_at is not None and doc.ends_at <= timezone.now(),
        has_members_part=doc.readers != Readers.ALL,
    )
