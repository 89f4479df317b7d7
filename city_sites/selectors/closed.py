"""Which city sites are closed: those of cities that are not members now. Their pages keep their state."""

from dataclasses import dataclass

from django.http import HttpRequest
from wagtail.models import Site

from city_sites.models import CityHomePage, CitySite
from coalition.models import City
from portal.core.versions import kept

CLOSED = "closed-cities"
"""The scope of what is kept here (portal.core.versions)."""
KEEP_SECONDS = 300


@dataclass(frozen=True)
class Closed:
    """Tree paths of the closed sites' homes in every language, and of their collections."""

    homes: tuple[str, ...]
    collections: tuple[str, ...]


def closed() -> Closed:
    """What is closed now. One look into the cache; two queries when a city, a home or a site has changed."""
    return kept(CLOSED, CLOSED, _find, seconds=KEEP_SECONDS)


def closed_paths() -> tuple[str, ...]:
    """The homes of closed sites by tree path; for portal.core.closed_trees."""
    return closed().homes


def closed_site_of(document_path: str) -> CitySite | None:
    """The closed site to whose files a collection with this tree path belongs. No query unless there is one."""
    path = next((each for each in closed().collections if document_path.startswith(each)), None)
    return CitySite.objects.select_related("city__home_page").filter(collection__path=path).first() if path else None


def is_on_closed_host(request: HttpRequest) -> bool:
    """Whether the request came to the host name of a city whose site is closed."""
    site = Site.find_for_request(request)
    return site is not None and not site.is_default_site and site.root_page.path in closed().homes


def _find() -> Closed:
    members = {"city__status": City.Status.MEMBER}
    homes = CityHomePage.objects.exclude(**members).values_list("path", flat=True)
    sites = CitySite.objects.exclude(**members).filter(collection__isnull=False)
    return Closed(tuple(homes), tuple(sites.values_list("collection__path", flat=True)))
