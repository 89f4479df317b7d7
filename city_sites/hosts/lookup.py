"""Where a host name points, asked of the real DNS."""

import ipaddress
import socket
import threading
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Site

SECONDS = 5
LOOPBACK = "localhost"


class NoAnswerError(Exception):
    """DNS gave no answer. `str()` of it says so in words."""


@dataclass(frozen=True)
class LookUp:
    """What a look-up found beside what was expected; `outcome` says it in words."""

    found: tuple[str, ...]
    expected: tuple[str, ...]
    is_here: bool
    outcome: str


def look_up(hostname: str) -> LookUp:
    """Whether the name points to the portal and nowhere else. Takes at most some ten seconds; never raises."""
    try:
        expected = portal_addresses()
    except NoAnswerError:
        text = _("We do not know the portal’s own address, so we cannot compare. Staff: set PORTAL_ADDRESSES.")
        return LookUp((), (), False, text)
    try:
        found = addresses_of(hostname)
    except NoAnswerError as error:
        return LookUp((), expected, False, str(error))
    strange = [address for address in found if address not in expected]
    return LookUp(found, expected, not strange, _in_words(hostname, found, strange, expected))


def portal_addresses() -> tuple[str, ...]:
    """The addresses of PORTAL_ADDRESSES, else of the national site's host name. Raises NoAnswerError for none."""
    names = settings.PORTAL_ADDRESSES
    if not names:
        names = list(Site.objects.filter(is_default_site=True).values_list("hostname", flat=True))
    found: set[str] = set()
    for name in names:
        try:
            found.update(addresses_of(name))
        except NoAnswerError:
            continue
    if not found:
        raise NoAnswerError
    return tuple(sorted(found))


def addresses_of(name: str) -> tuple[str, ...]:
    """All addresses of the name, IPv4 and IPv6. An address is its own. Raises NoAnswerError within SECONDS."""
    try:
        return (str(ipaddress.ip_address(name.strip("[]"))),)
    except ValueError:
        pass
    answers = _ask_in_time(_as_absolute(name))
    if answers is None:
        raise NoAnswerError(_("DNS did not answer in time. Try again in a minute."))
    if not answers:
        text = _("DNS does not know %(name)s yet. A new entry can take some hours to be known everywhere.")
        raise NoAnswerError(text % {"name": name})
    return tuple(sorted(answers))


def _as_absolute(name: str) -> str:
    """Without the dot at the end, the server's own domain may be tried behind the name. RFC 6761: localhost is here."""
    if name == LOOPBACK or name.endswith(f".{LOOPBACK}"):
        return LOOPBACK
    return f"{name}." if "." in name else name


def _ask_in_time(name: str) -> set[str] | None:
    """The answers, empty for a name that is not known, None when time is up: the resolver cannot be interrupted."""
    answers: list[set[str]] = []

    def ask() -> None:
        try:
            entries = socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            answers.append(set())
        else:
            answers.append({str(ipaddress.ip_address(str(entry[4][0]).partition("%")[0])) for entry in entries})

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(SECONDS)
    return answers[0] if answers else None


def _in_words(hostname: str, found: tuple[str, ...], strange: list[str], expected: tuple[str, ...]) -> str:
    words = {
        "name": hostname,
        "found": ", ".join(found),
        "strange": ", ".join(strange),
        "expected": ", ".join(expected),
        "count": len(strange),
    }
    if not strange:
        return _("%(name)s points here (%(found)s).") % words
    if len(strange) == len(found):
        return _("%(name)s points to %(found)s. It should point to %(expected)s.") % words
    return (
        ngettext(
            "%(name)s points here, but also to %(strange)s, so some visitors would end up elsewhere. "
            "Take that entry out of DNS.",
            "%(name)s points here, but also to %(strange)s, so some visitors would end up elsewhere. "
            "Take those entries out of DNS.",
            len(strange),
        )
        % words
    )
