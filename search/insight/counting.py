"""Counts what is looked for. Without an address, an account, a cookie or a time of day, and never in anybody's way."""

import datetime
import logging
import re
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from django.db import Error, IntegrityError, OperationalError, connection, transaction
from django.db.models import F
from django.utils import timezone

from search.models import QueryCount

logger = logging.getLogger(__name__)

MOST_LETTERS, MOST_WORDS = 80, 10
MOST_WAITING = 1000
"""Different searches that are held in memory while the database has no time; more are forgotten."""
PATIENCE_MS = 50
"""How long a search waits for somebody else's writing, at most."""
ZIP_CODE = re.compile(r"[0-9]{5}")
# Numbers are read as people write them: "918 555-0133" is one number of ten digits.
_NUMBER = re.compile(r"[0-9](?:[\s().+/-]*[0-9]){4,}")


class _Key(NamedTuple):
    day: datetime.date
    city_id: int | None
    language: str
    words: str
    is_found: bool


_waiting: Counter[_Key] = Counter()
_lock = threading.Lock()


def countable(words: str) -> str:
    """The search as it is counted, in small letters and with single spaces; "" for one that is not counted.

    What may name or reach a person is not: an @, an address of the web, a number of five digits or more (a ZIP code on
    its own is one that may be), more than ten words.
    """
    folded = " ".join(words.replace("\0", " ").casefold().split())
    if not folded or len(folded) > MOST_LETTERS or len(folded.split()) > MOST_WORDS:
        return ""
    if ZIP_CODE.fullmatch(folded):
        return folded
    digits = "".join(str(int(each)) if each.isdecimal() else each for each in folded)
    return "" if "@" in folded or "://" in folded or _NUMBER.search(digits) else folded


def note_search(*, words: str, city_id: int | None, language: str, total: int) -> None:
    """Count one search that a visitor typed. Call it for first pages only.

    Costs a statement or two. Never raises, and never waits: when the database is busy, the count stays in memory and is
    written with the next one.
    """
    counted = countable(words)
    if not counted:
        return
    key = _Key(timezone.localdate(), city_id, language, counted, total > 0)
    with _lock:
        if key in _waiting or len(_waiting) < MOST_WAITING:
            _waiting[key] += 1
    write_waiting()


def write_waiting() -> int:
    """Write what is held in memory; how many searches that were. 0 when the database has no time for it now."""
    with _lock:
        taken = Counter(_waiting)
        _waiting.clear()
    if not taken:
        return 0
    try:
        with _impatient(), transaction.atomic():
            for key in sorted(taken, key=repr):  # one order for all, so that no two wait for each other
                _add(key, taken[key])
    except OperationalError as error:
        logger.info("Searches are counted later: %s", error)
        with _lock:
            _waiting.update(taken)
        return 0
    except Error as error:  # such as a city that was deleted meanwhile: trying again would never help
        logger.warning("Searches were not counted: %s", error)
        return 0
    return taken.total()


def _add(key: _Key, number: int) -> None:
    row = QueryCount.objects.filter(**key._asdict())
    if row.update(count=F("count") + number):
        return
    try:
        with transaction.atomic():
            QueryCount.objects.create(**key._asdict(), count=number)
    except IntegrityError:  # somebody was quicker
        row.update(count=F("count") + number)


@contextmanager
def _impatient() -> Iterator[None]:
    """Gives up what is locked instead of waiting for it."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            # Nobody is hurt when the last counts are lost in a crash, and so nobody waits for the disk either.
            cursor.execute(f"SET LOCAL lock_timeout = {PATIENCE_MS}")
            cursor.execute("SET LOCAL synchronous_commit = off")
            yield
        return
    with connection.cursor() as cursor:
        before = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE_MS}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {before}")
