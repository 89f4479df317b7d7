"""How often somebody may try a secret, without letting strangers lock the owner out.

A try takes a place: there are TRIES of them for each account and for each network address, and each comes free SECONDS
after it was taken. A right answer gives its places back, so only wrong ones count. A browser that signed in to the
account before carries a device cookie and has places of its own, so that nobody else can take them ("device cookies",
OWASP). Places are taken with `cache.add`, which one caller wins: many tries at once do not get past the limit.
"""

import math
import time
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import ngettext

from portal.accounts.devices import device_of
from portal.core.throttle import client_address

TRIES = 5
SECONDS = 60


class TooManyTriesError(ValidationError):
    """No place was free. The message says how long to wait."""

    def __init__(self, wait: int) -> None:
        words = ngettext(
            "Too many tries. Wait %(seconds)s second, then try again.",
            "Too many tries. Wait %(seconds)s seconds, then try again.",
            wait,
        )
        super().__init__(words % {"seconds": wait}, code="throttled")
        self.wait = wait


@dataclass(frozen=True)
class Try:
    """The places that one try holds."""

    places: tuple[str, ...]

    def forgive(self) -> None:
        """The answer was right: give the places back."""
        cache.delete_many(self.places)


def take_try(request: HttpRequest, scope: str, account: Any) -> Try:
    """Take the places for one try at `account` (an address as typed). Raises TooManyTriesError."""
    name = str(account).strip().lower()
    device = device_of(request, name)
    if device:
        holders = [f"{scope}:device:{name}:{device}"]
    else:
        address = client_address(request)  # empty where the server knows none: that would be everybody's
        holders = [f"{scope}:account:{name}", *([f"{scope}:address:{address}"] if address else [])]
    taken: list[str] = []
    for holder in holders:
        place, wait = _take_place(_hidden(holder))
        if not place:
            cache.delete_many(taken)
            raise TooManyTriesError(wait)
        taken.append(place)
    return Try(tuple(taken))


def _take_place(holder: str) -> tuple[str, int]:
    """A free place of this holder; when there is none, the seconds until one comes free."""
    places = [f"{holder}:{number}" for number in range(TRIES)]
    now = time.time()
    for place in places:
        if cache.add(place, now + SECONDS, SECONDS):
            return place, 0
    soonest = min(cache.get_many(places).values(), default=now)
    return "", max(1, math.ceil(soonest - now))


def _hidden(holder: str) -> str:
    """A key that cannot be turned back into an address without the secret key."""
    return "try:" + salted_hmac("portal.accounts.limits", holder, algorithm="sha256").hexdigest()[:40]
