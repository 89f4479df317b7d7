"""Where in the page tree somebody works for a city."""

from dataclasses import dataclass
from typing import Any

from wagtail.models import Page
from wagtail.permissions import policy_registry

from city_sites.models import CityHomePage

_WORK = {"add_page", "change_page", "publish_page"}


@dataclass(frozen=True)
class Home:
    """A city's home in one language, as far as menus need it."""

    pk: int
    city_id: int
    path: str
    language: str


def homes_of(city_ids: list[int]) -> list[Home]:
    """The homes of these cities in every language, English first. One query."""
    rows = CityHomePage.objects.filter(city__in=city_ids).order_by("path")
    return [Home(*row) for row in rows.values_list("pk", "city_id", "path", "locale__language_code")]


def work_places(user: Any, home: Home) -> list[Page]:
    """The topmost pages of this home's tree on which the person holds rights. No query beyond that of their rights."""
    rights = policy_registry.get_by_type(Page).get_cached_permissions_for_user(user)
    pages = {right.page.path: right.page for right in rights if right.permission.codename in _WORK}
    inside = sorted(path for path in pages if path.startswith(home.path))
    tops = [path for path in inside if not any(path != other and path.startswith(other) for other in inside)]
    return [pages[path] for path in tops]


def may_change(user: Any, home: Home) -> bool:
    """Whether the person may edit this home: its text, its look, its menu."""
    rights = policy_registry.get_by_type(Page).get_cached_permissions_for_user(user)
    return any(right.permission.codename == "change_page" and home.path.startswith(right.page.path) for right in rights)
