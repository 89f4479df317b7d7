"""Downloads by resource and month."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext as _

from resources.counting import FILE, PDF
from resources.models import DownloadCount, ResourcePage, ToolkitPage


@dataclass(frozen=True)
class DownloadLine:
    """How often one thing was taken in one month, in one language. `title` is empty for a page that was deleted."""

    month: datetime.date
    title: str
    language: str
    what: str
    count: int


def months() -> QuerySet:
    """The sums: a row for each month, resource, language and thing; the latest month first, in it the most taken."""
    named = DownloadCount.objects.order_by().annotate(month=TruncMonth("day"))
    sums = named.values("month", "guide_key", "language", "what").annotate(total=Sum("count"))
    return sums.order_by("-month", F("total").desc(), "guide_key", "language", "what")


def lines(rows: Iterable[dict[str, Any]]) -> list[DownloadLine]:
    """The rows with titles. Two queries, or three with files of toolkits among them."""
    rows = list(rows)
    keys = {row["guide_key"] for row in rows}
    found = ResourcePage.objects.filter(translation_key__in=keys).select_related("locale")
    titles = {(page.translation_key, page.locale.language_code): page.title for page in found}
    any_title = {key: title for (key, _language), title in titles.items()}
    files = _names_of_files({row["guide_key"] for row in rows if row["what"].startswith(FILE)})
    return [
        DownloadLine(
            row["month"],
            titles.get((row["guide_key"], row["language"]), any_title.get(row["guide_key"], "")),
            row["language"],
            "PDF" if row["what"] == PDF else files.get((row["language"], row["what"]), _("A file that was removed")),
            row["total"],
        )
        for row in rows
    ]


def _names_of_files(keys: set[uuid.UUID]) -> dict[tuple[str, str], str]:
    """(language, what was taken) → title. Translations share the ids of their blocks."""
    if not keys:
        return {}
    toolkits = ToolkitPage.objects.filter(translation_key__in=keys).select_related("locale")
    return {
        (toolkit.locale.language_code, f"{FILE}{child.id}"): child.value.shown_title
        for toolkit in toolkits
        for child in toolkit.tools
        if child.value.get("document")
    }
