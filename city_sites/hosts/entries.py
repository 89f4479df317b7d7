"""What a city has to put into DNS, for the person who looks after its domain."""

import ipaddress
from dataclasses import dataclass

from django.conf import settings
from wagtail.models import Site


@dataclass(frozen=True)
class DnsEntry:
    """One entry: kind ("CNAME", "A", "AAAA"), the name it is for, and what it says."""

    kind: str
    name: str
    value: str


def dns_entries(hostname: str) -> tuple[list[DnsEntry], list[DnsEntry]]:
    """The entry to prefer (a CNAME) and those to use where a CNAME is not possible. No look-up; one query at most."""
    addresses = [entry for entry in settings.PORTAL_ADDRESSES if _kind(entry)]
    names = [entry for entry in settings.PORTAL_ADDRESSES if not _kind(entry)]
    if not names:
        names = list(Site.objects.filter(is_default_site=True).values_list("hostname", flat=True))
    return (
        [DnsEntry("CNAME", hostname, name) for name in names[:1]],
        [DnsEntry(_kind(address), hostname, address) for address in addresses],
    )


def _kind(entry: str) -> str:
    """ "A" or "AAAA" for an address, empty for a name."""
    try:
        return {4: "A", 6: "AAAA"}[ipaddress.ip_address(entry.strip("[]")).version]
    except ValueError:
        return ""
