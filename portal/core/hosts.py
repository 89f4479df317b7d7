"""Which host names the portal answers under: the operator's list, and names that rooms above have made their own.

Django's own check is open (ALLOWED_HOSTS holds "*"), because names are added while the portal runs; HostMiddleware
asks here instead, and refuses every other name.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models.signals import post_delete, post_save
from django.http.request import validate_host
from django.urls import ResolverMatch
from wagtail.models import Site

from portal.core.versions import kept, raise_version

HOSTS = "hosts"
KEEP_SECONDS = 300

HostFinder = Callable[[], Mapping[str, str]]

_finders: list[HostFinder] = []
_everywhere = {"wagtail_serve", "wagtailcore_login", "wagtailcore_authenticate_with_password", "wagtaildocs_serve"}
_everywhere |= {"wagtaildocs_authenticate_with_password", "core"}
_national = {"core:dev_mail", "core:dev_mail_message"}


@dataclass(frozen=True)
class OwnHost:
    """A name that stands beside the portal's own. `leads_to` is the root address that has taken its place, if any."""

    name: str
    leads_to: str = ""


def register_own_hosts(finder: HostFinder) -> None:
    """Let `finder` add names: name → root address that took its place ("https://new.example.gov"), empty while it is
    at work itself. What it says is kept until `raise_hosts` is called."""
    if finder not in _finders:
        _finders.append(finder)


def register_on_every_host(*names: str) -> None:
    """Let views answer on every host, and not only on the portal's own: URL names ("search:page") or namespaces."""
    _everywhere.update(names)


def raise_hosts(**kwargs: Any) -> None:
    """What was known about names is outdated, in all processes. Also a receiver of signals."""
    raise_version(HOSTS)


def connect() -> None:
    """Follow what happens to sites; called when the app is ready."""
    for signal in (post_save, post_delete):
        signal.connect(raise_hosts, sender=Site, dispatch_uid="portal.core.hosts")


def is_listed(name: str) -> bool:
    """Whether the operator's list holds this very name. Asks nobody."""
    return validate_host(name, [host for host in settings.PORTAL_HOSTS if host != "*" and not host.startswith(".")])


def is_in_pattern(name: str) -> bool:
    """Whether an entry such as ".example.org" or "*" of the operator's list covers the name. Asks nobody."""
    return validate_host(name, settings.PORTAL_HOSTS)


def own_host(name: str) -> OwnHost | None:
    """The name as a room above made it its own, None when none did. One look into the cache."""
    leads_to = _known()[1].get(name)
    return None if leads_to is None else OwnHost(name, leads_to)


def portal_root() -> str:
    """Scheme and host of the national site ("https://portal.example.org"), empty before there is one."""
    return _known()[0]


def answers_everywhere(match: ResolverMatch, path: str) -> bool:
    """Whether this address is answered on every host: pages, files and what each site has of its own."""
    if match.view_name in _national:
        return False
    return match.view_name in _everywhere or match.namespace in _everywhere or path.startswith(settings.MEDIA_URL)


def _known() -> tuple[str, dict[str, str]]:
    return kept(HOSTS, "hosts:known", _find, seconds=KEEP_SECONDS)


def _find() -> tuple[str, dict[str, str]]:
    site = Site.objects.filter(is_default_site=True).first()
    names: dict[str, str] = {}
    for finder in _finders:
        names.update(finder())
    return (site.root_url if site else "", names)
