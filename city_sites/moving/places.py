"""Which addresses belong to one city's site: on its own host, and below the national one."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import F
from wagtail.models import Site

from city_sites.models import CityHost
from city_sites.moving.addresses import folded, plain_host, tidy_path
from city_sites.selectors.sites import HOME_DEPTH, pages_of
from coalition.models import City


@dataclass(frozen=True)
class PlacedPage:
    """A page of the site and its path there: "/" for the home, "/about", "/es/about"; never with a slash at the end."""

    pk: int
    path: str
    title: str
    live: bool
    language: str
    is_home: bool


def language_prefix(code: str) -> str:
    """What stands before the paths of a language: nothing for the first one."""
    return "" if code == settings.LANGUAGE_CODE else f"/{code}"


class SitePlaces:
    """The pages of one city's site by their address. Three queries, whatever is asked of it."""

    def __init__(self, city: City) -> None:
        self.city = city

    @cached_property
    def own_hosts(self) -> set[str]:
        """Host names that are the city's, or are to be."""
        hosts = CityHost.objects.filter(city=self.city).exclude(status=CityHost.Status.RETIRED)
        return {plain_host(name) for name in hosts.values_list("hostname", flat=True)}

    @cached_property
    def national_hosts(self) -> set[str]:
        """Host names on which the sites of all cities stand, each below its own path."""
        names = Site.objects.filter(city_host=None).values_list("hostname", flat=True)
        return {plain_host(name) for name in names} - self.own_hosts

    @cached_property
    def _rows(self) -> list[dict[str, Any]]:
        found = pages_of(self.city).order_by("path").annotate(code=F("locale__language_code"))
        rows = found.values("pk", "url_path", "title", "live", "depth", "code")
        return sorted(rows, key=lambda row: row["code"] != settings.LANGUAGE_CODE)

    @cached_property
    def _homes(self) -> dict[str, str]:
        """Language code → where its home stands in Wagtail's addresses, as in "/home/cities/tulsa-ok/"."""
        return {row["code"]: row["url_path"] for row in self._rows if row["depth"] == HOME_DEPTH}

    @cached_property
    def pages(self) -> list[PlacedPage]:
        """All pages of the site, in the order of the tree; those of the first language come first."""
        return [
            PlacedPage(
                pk=row["pk"],
                path=self._path(row["code"], row["url_path"]),
                title=row["title"],
                live=row["live"],
                language=row["code"],
                is_home=row["depth"] == HOME_DEPTH,
            )
            for row in self._rows
        ]

    def _path(self, code: str, url_path: str) -> str:
        return tidy_path(f"{language_prefix(code)}/{url_path.removeprefix(self._homes[code])}")

    @cached_property
    def by_path(self) -> dict[str, PlacedPage]:
        """The pages by their path."""
        return {page.path: page for page in self.pages}

    @cached_property
    def by_id(self) -> dict[int, PlacedPage]:
        """The pages by their number."""
        return {page.pk: page for page in self.pages}

    @cached_property
    def _by_folded(self) -> dict[str, PlacedPage]:
        return {folded(page.path): page for page in reversed(self.pages)}

    def page_at(self, path: str) -> PlacedPage | None:
        """The page at a path of the site, its capitals as they are or not."""
        return self.by_path.get(path) or self._by_folded.get(folded(path))

    def path_of(self, url: str) -> str | None:
        """The path within the site that a full address (tidy, without query) leads to; None outside of the site."""
        parts = urlsplit(url)
        host = plain_host(parts.netloc)
        if host in self.own_hosts:
            return self.below_national(tidy_path(parts.path)) or tidy_path(parts.path)
        return self.below_national(tidy_path(parts.path)) if host in self.national_hosts else None

    def below_national(self, path: str) -> str | None:
        """The path within the site that a path on the national host leads to; None when it leads elsewhere."""
        for code, url_path in self._homes.items():
            prefix = language_prefix(code)
            root = tidy_path(prefix + url_path[url_path.index("/", 1) :])  # as in /es/cities/tulsa-ok
            if path == root or path.startswith(f"{root}/"):
                return tidy_path(prefix + path[len(root) :])
        return None
