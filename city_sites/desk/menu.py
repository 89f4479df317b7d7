"""The admin's menu for city people: their site, their files, their tools, and nothing else."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.search import SearchArea
from wagtail.models import Page

from city_sites.desk.cities import desk_cities
from city_sites.desk.places import Home, homes_of, may_change, work_places
from city_sites.desk.tools import tools_for
from coalition.models import City

ALLOWED_ITEMS = {"images", "documents"}
"""Wagtail's own entries that city people keep. What is not named here goes, whoever registers it."""
ALLOWED_SEARCHES = {"pages", "images", "documents"}


def keep_allowed(items: list[MenuItem]) -> None:
    """Take everything out of the main menu that is not named above."""
    items[:] = [item for item in items if item.name in ALLOWED_ITEMS]


def keep_searches(areas: list[SearchArea]) -> None:
    """The same for what can be searched."""
    areas[:] = [area for area in areas if area.name in ALLOWED_SEARCHES]


def site_menus(request: HttpRequest) -> list[MenuItem]:
    """One menu for each of the person's cities. Two queries for a request, however many cities there are."""
    cities = desk_cities(request)
    return [
        SubmenuMenuItem(
            _("My site") if len(cities) == 1 else str(city),
            Menu(items=site_entries(request, city)),
            name=f"site-{city.pk}",
            icon_name="site",
            order=10 + position,
        )
        for position, city in enumerate(cities)
    ]


def site_entries(request: HttpRequest, city: City) -> list[MenuItem]:
    """What the person may open of one of their cities: its home and look, its pages, its tools."""
    return list(_entries(request.user, city, [home for home in _homes(request) if home.city_id == city.pk]))


def _homes(request: HttpRequest) -> list[Home]:
    known: list[Home] | None = getattr(request, "_desk_homes", None)
    if known is None:
        known = homes_of([city.pk for city in desk_cities(request)])
        request._desk_homes = known  # type: ignore[attr-defined]
    return known


def _entries(user: Any, city: City, homes: list[Home]) -> Iterator[MenuItem]:
    main = next((home for home in homes if home.pk == city.home_page_id), None)
    if main and may_change(user, main):
        url = reverse("wagtailadmin_pages:edit", args=[main.pk])
        yield MenuItem(_("Look and home page"), url, name=f"look-{city.pk}", icon_name="home", order=10)
    for home in homes:
        places = work_places(user, home)
        for number, page in enumerate(places):
            url = reverse("wagtailadmin_explore", args=[page.pk])
            name = f"pages-{city.pk}-{page.pk}"
            label = _pages_label(home, page, is_only=len(places) == 1)
            yield MenuItem(label, url, name=name, icon_name="folder-open-inverse", order=20 + number)
    for tool in tools_for(user, city):
        name = f"{tool.url_name.replace(':', '-').replace('_', '-')}-{city.pk}"
        yield MenuItem(tool.label, tool.url, name=name, icon_name=tool.icon, order=100 + tool.order)


def _pages_label(home: Home, page: Page, *, is_only: bool) -> str:
    if not is_only:
        return page.title
    return _("Pages in Spanish") if home.language == "es" else _("Pages")
