"""A city's redirects as a list to read, search and take along."""

from typing import cast

from django.db.models import Q, QuerySet
from django.http import StreamingHttpResponse

from city_sites.models import CityRedirect
from city_sites.moving.places import SitePlaces
from coalition.exports import Columns, csv_response
from coalition.models import City


def redirects_of(city: City, words: str = "") -> QuerySet[CityRedirect]:
    """The city's redirects by old address, those that hold the words in an address or a page's title."""
    found = CityRedirect.objects.filter(city=city).select_related("page")
    if words := words.strip().replace("\0", ""):
        found = found.filter(
            Q(old_path__icontains=words) | Q(address__icontains=words) | Q(page__title__icontains=words)
            | Q(page__url_path__icontains=words)
        )  # fmt: skip
    return found


def redirects_csv(city: City) -> StreamingHttpResponse:
    """All redirects of the city as a file that can be brought in again."""
    places = SitePlaces(city)
    columns: Columns = [("old", lambda each: each.old_path), ("new", lambda each: leads_to(each, places))]
    rows = redirects_of(city).iterator(chunk_size=2000)
    return cast(StreamingHttpResponse, csv_response(f"{city.slug}-redirects", columns, rows))


def leads_to(redirect: CityRedirect, places: SitePlaces) -> str:
    """The page's path within the site with a slash at its end, or the address."""
    page = places.by_id.get(redirect.page_id or 0)
    return redirect.address if page is None else page.path.rstrip("/") + "/"
