"""Where a search is asked: on the national site, or on the site of one city."""

from dataclasses import dataclass

from django.core.validators import slug_re
from django.http import HttpRequest

from portal.core.site_context import SiteContext
from search.addresses import Here
from search.box import SITE


@dataclass(frozen=True)
class Place:
    """What stands around the search, and whose site it is; `city` is None on the national one."""

    site: SiteContext
    city: Here | None = None
    has_own_host: bool = False

    @property
    def city_id(self) -> int | None:
        """The city's key."""
        return self.city.pk if self.city else None


def place_of(request: HttpRequest) -> Place:
    """Where this is asked. A city without a host name of its own is named in the address.

    Tells whoever draws the page's surroundings in `request.site_of_city`. No query besides theirs.
    """
    has_own_host = hasattr(request, "own_host")
    if not has_own_host:
        named = request.GET.get(SITE, "")
        request.site_of_city = named if slug_re.match(named) else ""  # type: ignore[attr-defined]
    site = SiteContext(request)
    slug = site.links.get("search_city") if site.city_id else None
    city = Here(site.city_id, slug, site.bearer.name) if slug else None
    return Place(site, city, has_own_host)
