"""Addresses of a replaced site, written one way only, so that what a visitor asks for can be compared with them."""

import re
import unicodedata
from urllib.parse import SplitResult, parse_qsl, quote, unquote_to_bytes, urlencode, urlsplit

from django.utils.translation import gettext as _

LONGEST = 500
LONGEST_QUERY = 2000  # of a request; longer ones are nobody's bookmark

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
# "www.example.org", "example.org/about"; not "index.php/about".
_BARE_HOST = re.compile(
    r"(?:www\.[^/\s]+|[\w-]+(?:\.[\w-]+)*\.(?!(?:aspx?|cfm|cgi|html?|jsp|php\d?|pl)/)[\w-]+(?::\d+)?(?=/))",
    re.IGNORECASE,
)


class AddressError(ValueError):
    """The address cannot be used. `str()` of it says why."""


def old_address(text: str) -> tuple[str, str]:
    """(host, path) of a replaced site's address, given as a path or in full; the host is empty for a path.

    The path is decoded, without a slash at its end, and keeps its query. Raises AddressError.
    """
    parts = split(text)
    if parts.scheme and parts.scheme.lower() not in ("http", "https"):
        raise AddressError(_("The old address is not a web address: it starts with “%s:”.") % parts.scheme[:20])
    path = tidy_path(parts.path or "/")
    if {".", ".."} & set(path.split("/")):
        raise AddressError(_("The old address holds “..”, which no browser asks for."))
    if parts.query:
        path += f"?{tidy_query(parts.query)}"
    if len(path) > LONGEST:
        raise AddressError(_("The old address is longer than %(most)d letters.") % {"most": LONGEST})
    return plain_host(parts.netloc), path


def split(text: str) -> SplitResult:
    """The parts of an address that somebody typed: with or without https://, with or without a slash before it.

    Raises AddressError.
    """
    text = text.strip()
    if not text:
        raise AddressError(_("The address is empty."))
    if _CONTROL.search(text):
        raise AddressError(_("The address holds a letter that cannot be seen."))
    if _BARE_HOST.match(text):
        text = f"//{text}"
    elif not text.startswith("/") and not _SCHEME.match(text):
        text = f"/{text}"
    try:
        return urlsplit(text)
    except ValueError as error:
        raise AddressError(_("This is not a web address.")) from error


def tidy_path(path: str) -> str:
    """Decoded, composed, with one slash at the start and none at the end. "?", "#" and "%" stay written as codes."""
    data = unquote_to_bytes(path)
    try:
        text = data.decode()
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")  # what older servers wrote
    text = unicodedata.normalize("NFC", text)
    for sign in "%?#":
        text = text.replace(sign, quote(sign))
    if _CONTROL.search(text):
        raise AddressError(_("The address holds a letter that cannot be seen."))
    return "/" + re.sub(r"/{2,}", "/", text).strip("/")


def tidy_query(query: str) -> str:
    """The query with its parts in order of the alphabet."""
    return urlencode(sorted(parse_qsl(query, keep_blank_values=True)))


def folded(path: str) -> str:
    """The path as it is looked up: whatever its capitals."""
    return path.lower()


def plain_host(netloc: str) -> str:
    """The host in small letters, without port, user and "www."."""
    return netloc.rpartition("@")[2].partition(":")[0].lower().removeprefix("www.")


def asked_for(path: str, query: str) -> list[str]:
    """What a request for this decoded path may mean, likeliest first: with its query, then without."""
    try:
        found = [tidy_path(path)]
    except AddressError:
        return []
    if query and len(query) <= LONGEST_QUERY:
        found.insert(0, f"{found[0]}?{tidy_query(query)}")
    return [each for each in found if len(each) <= LONGEST]
