"""How often one person may do one thing, without keeping who it was."""

import hashlib
import hmac
import ipaddress
import time

from django.conf import settings
from django.core.cache import BaseCache, cache
from django.http import HttpRequest


def allow(scope: str, who: str, limit: int, seconds: int, *, counted_in: BaseCache | None = None) -> bool:
    """Whether `who` may do `scope` once more: at most `limit` times in each window of `seconds`.

    `counted_in`: another cache than the shared one, for limits that need not hold for all processes together.

    Exact also when many ask at once, on every cache: each permission is a slot of its own, taken by `cache.add`, which
    one caller wins (`incr` is a read and a write on the database cache). The counter only says where to start looking.
    """
    store = cache if counted_in is None else counted_in
    window, passed = divmod(time.time(), seconds)
    key = f"throttle:{scope}:{_hidden(who)}:{seconds}:{int(window)}"
    left = int(seconds - passed) + 1
    for slot in range(store.get(key, 0), limit):
        if store.add(f"{key}:{slot}", 1, left):
            store.set(key, slot + 1, left)
            return True
    return False


def _hidden(who: str) -> str:
    """A name for `who` that cannot be turned back into an address without the secret key."""
    return hmac.new(settings.SECRET_KEY.encode(), who.encode(), hashlib.sha256).hexdigest()[:32]


def client_address(request: HttpRequest) -> str:
    """The visitor's network address; an IPv6 one as its /64, since one household holds all of that.

    X-Forwarded-For is believed only behind our own proxy (SECURE_PROXY_SSL_HEADER is set), and of it only the last
    entry, which that proxy wrote; all others are the visitor's own words. Empty when the server knows no address.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
        address = forwarded or address
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return request.META.get("REMOTE_ADDR", "")
    if parsed.version == 6 and parsed.ipv4_mapped is None:
        return str(ipaddress.ip_network(f"{parsed}/64", strict=False))
    return str(getattr(parsed, "ipv4_mapped", None) or parsed)
