"""Numbers that grow when something changes, so that what was kept under an old one is never shown again.

Kept in the shared cache: a change in one process counts in all of them.
"""

import time
from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.db import transaction

PREFIX = "version:"
KEEP_SECONDS = 7 * 24 * 60 * 60


def version(scope: str) -> int:
    """The number of `scope` now. A scope that the cache has forgotten starts anew, above any number it ever had."""
    found = cache.get(PREFIX + scope)
    return _renew(scope) if found is None else found


def kept(scope: str, key: str, make: Callable[[], Any], *, seconds: int) -> Any:
    """What `make` gives, kept under `key` for `seconds` at most and until the version of `scope` is raised.

    One look into the cache when it is there. The number is read before `make` runs: a change meanwhile outdates it.
    """
    found = cache.get_many([PREFIX + scope, key])
    entry = found.get(key)
    if entry is not None and entry[0] == found.get(PREFIX + scope):
        return entry[1]
    number = version(scope)
    value = make()
    cache.set(key, (number, value), seconds)
    return value


def raise_version(scope: str) -> None:
    """Whatever was kept for `scope` is outdated: now, and again when the transaction is done.

    The first raise counts for the rest of this transaction; the second for what others read and kept meanwhile.
    """
    _renew(scope)
    transaction.on_commit(lambda: _renew(scope))


def _renew(scope: str) -> int:
    number = time.time_ns()
    cache.set(PREFIX + scope, number, KEEP_SECONDS)
    return number
