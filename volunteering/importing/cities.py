"""Which city's list a row belongs to: its own city's, or one of those that it is spread over as load."""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.conf import settings
from django.utils.translation import gettext as _
from wagtail.models import Page

from coalition.imports.source import UnreadableFileError
from coalition.models import City, CityZip
from volunteering.importing.rows import OpportunityRow
from volunteering.importing.source import RowError
from volunteering.models import OpportunityPage


@dataclass(frozen=True)
class Home:
    """A member city with a site: its list of opportunities, in the portal's first language, and its ZIP codes."""

    city: City
    section: Page
    zips: tuple[str, ...]

    @property
    def time_zone(self) -> str:
        """Of the city."""
        return self.city.time_zone or settings.TIME_ZONE


class Cities:
    """The cities that a list may be brought into."""

    def __init__(self, slugs: Iterable[str], *, spread: Sequence[str] = ()) -> None:
        """`slugs`: cities that rows name; `spread`: those that all other rows are spread over.

        Raises UnreadableFileError when one of `spread` is no member with a site.
        """
        self.homes = homes_of({*slugs, *spread} - {""})
        self.spread = list(dict.fromkeys(spread))
        if wrong := [slug for slug in self.spread if slug not in self.homes]:
            words = {"slugs": ", ".join(wrong)}
            raise UnreadableFileError(_("No member city with a site and a list of opportunities: %(slugs)s.") % words)

    def of(self, row: OpportunityRow) -> tuple[Home, OpportunityRow]:
        """The home of a row, and the row as it stands there. Raises RowError for a row that belongs nowhere.

        A row that is spread gets a ZIP code of its new city in place of the address that lies elsewhere. The same id
        goes to the same city each time.
        """
        if row.city_slug in self.homes:
            return self.homes[row.city_slug], row
        if not self.spread:
            raise RowError(row.line, row.text, _no_city(row))
        number = zlib.crc32(row.id.encode())
        home = self.homes[self.spread[number % len(self.spread)]]
        zip_code = home.zips[number // len(self.spread) % len(home.zips)] if home.zips else ""
        return home, replace(row, address="", zip=zip_code, latitude=None, longitude=None)

    def is_spread(self, row: OpportunityRow) -> bool:
        """Whether the row stands in a city that is not its own."""
        return row.city_slug not in self.homes


def homes_of(slugs: Iterable[str]) -> dict[str, Home]:
    """The member cities among these that have a site with a list of opportunities, by slug. Three queries a city."""
    members = City.objects.filter(slug__in=slugs, status=City.Status.MEMBER, home_page__isnull=False)
    found = {}
    for city in members.select_related("home_page"):
        section = _section_below(city.home_page)
        if section is not None:
            zips = tuple(CityZip.objects.filter(city=city).order_by("zip").values_list("zip", flat=True))
            found[city.slug] = Home(city, section, zips)
    return found


def _section_below(home: Page | None) -> Page | None:
    for model in OpportunityPage.allowed_parent_page_models():
        pages = model.objects.descendant_of(home).filter(locale__language_code=settings.LANGUAGE_CODE)
        for page in pages.select_related("locale").order_by("path"):
            if getattr(page, "holds_opportunities", False):
                return page
    return None


def _no_city(row: OpportunityRow) -> str:
    if row.city_slug:
        words = {"city": row.city_slug}
        return _("%(city)s is no member city with a site. To bring it in as load, name cities with --city.") % words
    return _("It names no city (city_slug). To bring it in as load, name cities with --city.")
