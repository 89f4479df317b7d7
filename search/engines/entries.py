"""The narrow rows of the database's engines, `search_entry`: what decides beside the words, in numbers.

Numbers, and none of them empty, because each search compares thousands of them: days count from the year 1, 0 is no
day; times are microseconds since 1970, the end of time is never.
"""

import datetime
from collections.abc import Iterable, Sequence

from django.db import connection

from search.engines.base import Window
from search.models import SearchDoc

NEVER = 2**62
AT_ONCE = 500
"""Documents that one statement writes or removes."""

_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
_MICROSECOND = datetime.timedelta(microseconds=1)


def microseconds(moment: datetime.datetime | None) -> int:
    """The moment as a number; never when there is none."""
    return NEVER if moment is None else (moment - _EPOCH) // _MICROSECOND


def chunks(ids: Iterable[int]) -> Iterable[list[int]]:
    """The ids, each once, in parts that one statement takes."""
    unique = sorted(set(ids))
    return (unique[start : start + AT_ONCE] for start in range(0, len(unique), AT_ONCE))


def write_entries(ids: Sequence[int]) -> None:
    """Take these documents over from their rows."""
    forget_entries(ids)
    rows = SearchDoc.objects.filter(pk__in=ids).values_list(
        "pk", "signature_id", "date", "ends_at", "expires_at", "indexed_at"
    )
    values = [
        (pk, signature, day.toordinal() if day else 0, *map(microseconds, (ends, expires, indexed)))
        for pk, signature, day, ends, expires, indexed in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO search_entry (doc_id, signature_id, day, ends_at, expires_at, version)"
            " VALUES (%s, %s, %s, %s, %s, %s)",
            values,
        )


def forget_entries(ids: Sequence[int]) -> None:
    """Remove the rows of these documents."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM search_entry WHERE doc_id IN ({marks(ids)})", list(ids))  # noqa: S608  # nosec B608 - constants, placeholders


def entry_versions() -> dict[int, str]:
    """Document id → the version that was taken over."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT doc_id, version FROM search_entry")
        return {pk: str(version) for pk, version in cursor.fetchall()}


def marks(values: Sequence[object]) -> str:
    """As many placeholders as there are values; never none, which would be no SQL."""
    return ", ".join(["%s"] * len(values)) or "NULL"


def bucket_sql(days: Sequence[datetime.date]) -> tuple[str, list[int]]:
    """An expression that tells the bucket of `e.day`, and its values."""
    cases = "".join(f" WHEN e.day > %s THEN {number}" for number in range(len(days)))
    return f"CASE WHEN e.day = 0 THEN -1{cases} ELSE {len(days)} END", [day.toordinal() for day in days]


def over_sql(window: Window) -> tuple[str, list[int]]:
    """A factor for the score: half for what is over."""
    return "CASE WHEN e.ends_at <= %s THEN CAST(0.5 AS double precision) ELSE 1.0 END", [microseconds(window.now)]
