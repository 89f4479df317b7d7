"""Where guides stand on a city's site, and who may put one there."""

from typing import Any

from django.db.models import Q

from city_sites.models import CityHomePage, CitySectionPage
from coalition.models import City
from resources.models import GuidePage, GuideReferencePage


def guide_sections(city: City) -> dict[int, CitySectionPage]:
    """Number of a language → the city's list of guides in it, the language of its main home first. Three queries."""
    listed = CitySectionPage.objects.filter(section=CitySectionPage.Section.GUIDES).select_related("locale")
    main = CityHomePage.objects.filter(pk=city.home_page_id).values_list("locale_id", flat=True).first()
    sections = _below(listed, city)
    found: dict[int, CitySectionPage] = {}
    for section in sorted(sections, key=lambda section: section.locale_id != main):
        found.setdefault(section.locale_id, section)
    return found


def may_bring(user: Any, section: CitySectionPage) -> bool:
    """Whether the person may put guides into this list, as drafts at least. `None` is the portal itself."""
    return user is None or bool(section.permissions_for_user(user).can_add_subpage())


def may_publish(user: Any, section: CitySectionPage) -> bool:
    """Whether what they put there may be public at once."""
    return user is None or bool(section.permissions_for_user(user).can_publish_subpage())


def own_references(city: City) -> list[GuideReferencePage]:
    """The guides that the city follows, in every language, public or not. Two queries."""
    return _below(GuideReferencePage.objects.select_related("locale"), city)


def own_copies(city: City) -> list[GuidePage]:
    """The guides that the city copied from the library. Two queries."""
    return _below(GuidePage.objects.filter(origin__isnull=False).select_related("locale", "origin"), city)


def _below(pages: Any, city: City) -> list[Any]:
    below = Q(pk__in=[])
    for path in CityHomePage.objects.filter(city=city).values_list("path", flat=True):
        below |= Q(path__startswith=path)
    return list(pages.filter(below).order_by("path"))
