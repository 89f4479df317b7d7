"""The pictures and documents that a city may take along: its own, and shared ones; never another city's."""

from django.db.models import QuerySet
from django.urls import Resolver404, resolve
from wagtail.models import Collection

from city_sites.models import CitySite
from coalition.models import City
from portal.media.models import PortalDocument, PortalImage


def own_collections(city: City) -> set[int]:
    """Ids of the city's collection and those below it."""
    path = CitySite.objects.filter(city=city).values_list("collection__path", flat=True).first()
    return set(Collection.objects.filter(path__startswith=path).values_list("pk", flat=True)) if path else set()


def usable_collections(city: City) -> set[int]:
    """Ids of all collections that are not another city's. Two queries."""
    others = CitySite.objects.exclude(city=city).exclude(collection=None).values_list("collection__path", flat=True)
    foreign = tuple(others)
    return {pk for pk, path in Collection.objects.values_list("pk", "path") if not path.startswith(foreign)}


def images_for(city: City) -> QuerySet[PortalImage]:
    """The images a page of the city may show."""
    return PortalImage.objects.filter(collection__in=usable_collections(city))


def documents_for(city: City) -> QuerySet[PortalDocument]:
    """The documents a page of the city may link to."""
    return PortalDocument.objects.filter(collection__in=usable_collections(city))


def document_number(path: str) -> int | None:
    """The number of the document that is downloaded from this path, None for any other path."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    return int(match.args[0]) if match.url_name == "wagtaildocs_serve" else None
