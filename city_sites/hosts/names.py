"""Which host names a city may ask for. Pure rules: nothing is looked up."""

import ipaddress
import re
from collections.abc import Iterable
from urllib.parse import urlsplit

import idna
from django.utils.translation import gettext as _

MOST_LETTERS = 253  # RFC 1035, as it is written
NEVER = ("arpa", "internal", "local", "localdomain", "lan", "home", "corp", "onion")
NOT_IN_PUBLIC = ("example", "invalid", "localhost", "test")  # RFC 2606 and RFC 6761: for documents and trials
STAFF_LABELS = frozenset(
    {
        "account", "accounts", "admin", "api", "app", "assets", "auth", "autoconfig", "autodiscover", "blog", "cdn",
        "db", "dev", "dns", "docs", "email", "ftp", "git", "help", "imap", "internal", "login", "mail", "media", "mx",
        "ns", "ns1", "ns2", "office", "pop", "portal", "preview", "root", "smtp", "sso", "staff", "staging", "static",
        "status", "support", "test", "vpn", "web", "webmail", "www",
    }
)  # fmt: skip
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")


class HostNameError(Exception):
    """A name that a city cannot have. `str()` of it says what to do, for the person who typed it."""


def normalized(typed: str) -> str:
    """The name as computers write it: small letters, other scripts as punycode. Raises HostNameError."""
    name = typed.strip().lower().removesuffix(".")
    _refuse_what_is_no_name(name)
    try:
        name = idna.encode(name, uts46=True).decode("ascii").removesuffix(".")
    except idna.IDNAError as error:
        raise HostNameError(_wrong_letters(name)) from error
    last = name.rpartition(".")[2]
    if _NUMBER.fullmatch(last):
        raise HostNameError(_("Write a name, not a number: as in volunteer.example.gov."))
    if "." not in name:
        raise HostNameError(
            _("The name needs at least two parts with a dot between them, as in volunteer.example.gov.")
        )
    return name


def refuse_reserved(name: str, *, national: Iterable[str], is_public: bool) -> None:
    """Raises HostNameError for names that are nobody's, and for those that are the coalition's own.

    `national` are the portal's own names. `is_public` is False where names for trials may be used.
    """
    top = name.rpartition(".")[2]
    if top in NEVER or (is_public and top in NOT_IN_PUBLIC):
        text = _("Names that end in .%(end)s do not work on the internet. Ask for a name under your city’s own domain.")
        raise HostNameError(text % {"end": top})
    for own in national:
        if _is_same_or_below(name, own) or _is_same_or_below(own, name) or _is_for_staff(name, own):
            text = _(
                "%(name)s belongs to the coalition’s own address. Ask for a name under your city’s own domain, as in "
                "volunteer.example.gov."
            )
            raise HostNameError(text % {"name": name})


def _refuse_what_is_no_name(name: str) -> None:
    if not name:
        raise HostNameError(_("Type the name you want, as in volunteer.example.gov."))
    if "*" in name:
        raise HostNameError(_("Write out one name. A star for many names does not work here."))
    if _is_address(name):
        raise HostNameError(_("Write a name, not a number: as in volunteer.example.gov."))
    if re.search(r"[/:?#@\\\s]", name):
        raise HostNameError(_only_the_name(name))
    if "_" in name:
        raise HostNameError(_("A host name has no underscore. Use a hyphen instead."))
    if ".." in name or name.startswith("."):
        raise HostNameError(_("There is a dot too many. Write it as in volunteer.example.gov."))
    if len(name) > MOST_LETTERS:
        raise HostNameError(_("This name is too long. A host name has at most 253 letters."))


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


def _only_the_name(typed: str) -> str:
    """Says what of it would have been the name."""
    try:
        found = urlsplit(typed if "//" in typed else f"//{typed}").hostname or ""
    except ValueError:
        found = ""
    if "." in found and not re.search(r"\s", found):
        text = _("Write only the name, without http:// in front and without anything behind it: %(name)s")
        return text % {"name": found}
    return _("Write only the name, without http:// in front, spaces, or anything behind it.")


def _wrong_letters(name: str) -> str:
    if any(len(label) > 63 for label in name.split(".")):
        return _("One part of this name is too long. Between two dots there are at most 63 letters.")
    return _("Some letters in this name cannot stand in a host name. Use letters, digits, hyphens and dots.")


def _is_same_or_below(name: str, other: str) -> bool:
    return name == other or name.endswith(f".{other}")


def _is_for_staff(name: str, own: str) -> bool:
    """Whether the name is one like "mail" beside the portal's own ("portal.example.org")."""
    label, _dot, domain = name.partition(".")
    return label in STAFF_LABELS and "." in domain and domain == own.partition(".")[2]
