"""The bar above a guide for people of a city's team: what their city can do with it, and what it has done."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from city_sites.adopting.places import own_copies, own_references
from coalition.models import City
from coalition.permissions import Act, cities_of, may
from portal.core.enclaves import home_over
from resources.models import GuidePage, GuideUse

MOST_CITIES = 3


@dataclass(frozen=True)
class Strip:
    """One city's line of the bar; an address is empty where there is nothing to do."""

    city: City
    edit_url: str = ""
    follow_url: str = ""
    copy_url: str = ""
    used_url: str = ""
    is_used: bool = False


def guide_bar(page: Any, request: HttpRequest) -> SafeString:
    """For a guide of the library and a city's team; empty for all others. Few queries for each of the cities."""
    if not isinstance(page, GuidePage) or not page.pk or home_over(page) is not None:
        return SafeString("")
    cities = list(cities_of(request.user).order_by("name", "state")[:MOST_CITIES])
    strips = [_strip(page, city, request.user) for city in cities]
    strips = [strip for strip in strips if strip.edit_url or strip.follow_url or strip.used_url]
    if not strips:
        return SafeString("")
    return render_to_string("city_sites/adopting/bar.html", {"strips": strips}, request=request)


def _strip(page: GuidePage, city: City, user: Any) -> Strip:
    key = page.translation_key
    pages: list[Any] = [each for each in own_copies(city) if each.origin.source_key == key]
    pages += [each for each in own_references(city) if each.source_key == key]
    bring = reverse("city_sites_adopting:bring", args=[city.pk, page.pk])
    can_bring = bool(may(user, Act.ADOPT, city))
    return Strip(
        city=city,
        edit_url=reverse("wagtailadmin_pages:edit", args=[pages[0].pk]) if pages and can_bring else "",
        follow_url=f"{bring}?way=follow" if can_bring and not pages else "",
        copy_url=f"{bring}?way=copy" if can_bring and not pages else "",
        used_url=reverse("city_sites_adopting:used", args=[city.pk, page.pk]) if may(user, Act.PUBLISH, city) else "",
        is_used=GuideUse.objects.filter(city=city, guide_key=key).exists(),
    )
