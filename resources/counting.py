"""Counts what readers take: how often a day, and nothing about who."""

from typing import Any

from django.db.models import F
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from resources.models import DownloadCount

PDF = "pdf"
FILE = "file:"


def count_download(*, page: Any, what: str) -> None:
    """One more today. `what` is PDF, or FILE and the id of a toolkit's file."""
    row = {
        "guide_key": page.translation_key,
        "language": page.locale.language_code,
        "what": what,
        "day": timezone.localdate(),
    }
    if not _add_one(row):
        # Somebody else may be the first of the day at this moment: then their row stands, and both are counted in it.
        DownloadCount.objects.bulk_create([DownloadCount(**row, count=0)], ignore_conflicts=True)
        _add_one(row)


def _add_one(row: dict[str, Any]) -> bool:
    return bool(DownloadCount.objects.filter(**row).update(count=F("count") + 1))


def is_taken(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether an answer is a download: asked for by a person, whole, and not one that they have already.

    Looking at the headers, fetching ahead, further parts of the same file and “not modified” are none.
    """
    if request.method != "GET" or response.status_code != 200:
        return False
    purpose = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    if "prefetch" in purpose or "prerender" in purpose:
        return False
    asked = request.headers.get("Range", "")
    return not asked or asked.startswith("bytes=0-")
