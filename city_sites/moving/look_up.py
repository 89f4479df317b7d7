"""Which redirect a request for a missing address means."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.encoding import iri_to_uri
from wagtail.models import Site

from city_sites.models import CityHost, CityRedirect
from city_sites.moving.addresses import asked_for, folded
from city_sites.moving.places import language_prefix
from city_sites.selectors.sites import HOME_DEPTH
from coalition.models import City


def new_address(request: HttpRequest) -> str:
    """Where the city's redirect for this address leads; empty when there is none. One query in a city's area."""
    site = Site.find_for_request(request)
    if site is None or "\0" in request.path:  # no city has such an address, and PostgreSQL takes none with a NUL
        return ""
    if site.root_page.depth == HOME_DEPTH:
        city = {"city__hosts__site": site, "city__hosts__status": CityHost.Status.ACTIVE}
        paths = [request.path]
    else:
        slug, paths = _below_cities(request.path)
        city = {"city__home_page__slug": slug}
        if not slug:
            return ""
    query = request.META.get("QUERY_STRING", "")
    meant = [each for path in paths for each in asked_for(path, query) if "\0" not in each]
    found = CityRedirect.objects.filter(
        folded__in={folded(each) for each in meant}, city__status=City.Status.MEMBER, **city
    ).select_related("page__locale")
    best = min(found, key=lambda redirect: _rank(redirect, meant), default=None)
    return _address(best, query) if best else ""


def _below_cities(path: str) -> tuple[str, list[str]]:
    """The slug of the city in a path on the national host, and what its rest may mean on the city's site."""
    for code, _name in settings.LANGUAGES:
        prefix = language_prefix(code)
        start = f"{prefix}/cities/"
        if path.startswith(start):
            slug, _slash, rest = path.removeprefix(start).partition("/")
            return slug, [f"{prefix}/{rest}", f"/{rest}"] if prefix else [f"/{rest}"]
    return "", []


def _rank(redirect: CityRedirect, meant: list[str]) -> tuple[int, bool]:
    """Likeliest reading first; within it, the redirect with the very same capitals."""
    readings = [folded(each) for each in meant]
    return readings.index(redirect.folded), redirect.old_path not in meant


def _address(redirect: CityRedirect, query: str) -> str:
    address = redirect.address
    if redirect.page is not None:
        address = (redirect.page.full_url or "") if redirect.page.live else ""
    if address and query and "?" not in address + redirect.old_path:
        address, _hash, fragment = address.partition("#")
        return iri_to_uri(f"{address}?{query}{_hash}{fragment}")
    return address
