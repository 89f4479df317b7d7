"""Which names of cities are at work, and which lead on to the name that has replaced them."""

from django.db.models import Q

from city_sites.models import CityHost
from coalition.models import City

Status = CityHost.Status


def own_hosts() -> dict[str, str]:
    """Name → root address that took its place, empty for a name at work. One query; for portal.core.hosts.

    A name that a city once used leads on for as long as the city has another one at work.
    """
    used = CityHost.objects.filter(
        Q(status=Status.ACTIVE, site__isnull=False) | Q(status=Status.RETIRED, activated_at__isnull=False)
    ).select_related("site")
    sites = {host.city_id: host.site for host in used if host.status == Status.ACTIVE and host.site}
    names = {host.hostname: sites[host.city_id].root_url for host in used if host.city_id in sites}
    names.update({site.hostname: "" for site in sites.values()})
    return names


def active_host(city: City) -> CityHost | None:
    """The city's host at work, None when its address is a path on the national host."""
    return CityHost.objects.filter(city=city, status=Status.ACTIVE, site__isnull=False).select_related("site").first()


def open_request(city: City) -> CityHost | None:
    """The name that the city has asked for and that is not at work yet."""
    return CityHost.objects.filter(city=city, status=Status.REQUESTED).select_related("requested_by").first()


def earlier_hosts(city: City) -> list[CityHost]:
    """Names that the city used before and that lead on now, the last one first."""
    return list(CityHost.objects.filter(city=city, status=Status.RETIRED, activated_at__isnull=False))
