"""Answers as a file."""

import uuid
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from coalition.exports import ROWS_A_CHUNK, Columns
from resources.feedback.selectors import pages_by_key
from resources.models import Feedback


def with_titles(answers: QuerySet[Feedback]) -> Iterator[tuple[Feedback, str]]:
    """Each answer with the title of its guide, empty for one that was deleted. One query for titles."""
    keys: set[uuid.UUID] = set(answers.order_by().values_list("guide_key", flat=True).distinct())
    titles = {key: page.title for key, page in pages_by_key(keys).items()}
    for given in answers.iterator(chunk_size=ROWS_A_CHUNK):
        yield given, titles.get(given.guide_key, "")


def answer_columns() -> Columns:
    """The columns; a row is an answer and a title."""

    def yes_or_no(value: bool) -> str:
        return _("Yes") if value else _("No")

    def of(name: str) -> Any:
        return lambda row: getattr(row[0], name)

    return [
        (_("Day"), of("day")),
        (_("Guide"), lambda row: row[1]),
        (_("Language"), of("language")),
        (_("Helpful"), lambda row: yes_or_no(row[0].is_helpful)),
        (_("Reason"), lambda row: str(row[0].get_reason_display())),
        (_("In their words"), of("text")),
        (_("Dealt with"), lambda row: yes_or_no(row[0].is_dealt_with) if row[0].text else ""),
    ]
