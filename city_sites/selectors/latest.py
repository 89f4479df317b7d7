"""What kinds of things city sites list."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Site

from city_sites.models import CityHomePage, CitySectionPage
from city_sites.signals import scope_of
from portal.core.listings import Listing, register_listing
from portal.core.versions import kept
from resources.listings import guides_of
from volunteering.finding.listings import opportunities_of

KEEP_SECONDS = 30


def announce_kinds() -> None:
    """Name what sections and "latest" lists may hold. The rooms that hold the things register how they are found."""
    register_listing(
        "opportunities",
        _("Opportunities"),
        open_opportunities,
        nothing=_("No opportunities are posted yet"),
        meanwhile=_("The city team is writing the first ones. You need not wait for them:"),
        more=_("All opportunities"),
    )
    register_listing(
        "guides",
        _("Guides"),
        guides_of,
        nothing=_("No guides are here yet"),
        meanwhile=_("A guide tells how neighbors did it elsewhere, step by step. Until the first one is here:"),
        more=_("All guides"),
    )
    register_listing(
        "jobs",
        _("Jobs"),
        nothing=_("No jobs are posted right now"),
        meanwhile=_("Paid work for service comes up a few times a year. Until then:"),
        more=_("All jobs"),
    )


def open_opportunities(home: Page, *, limit: int, offset: int = 0, request: HttpRequest | None = None) -> Listing:
    """What is open on the site of `home`, the soonest first, with the way to the city's own list. Eight queries.

    What a city's home shows of it is kept for KEEP_SECONDS at most: who signs up is told the truth by the form.
    """
    if not isinstance(home, CityHomePage):
        return opportunities_of(home, limit=limit, offset=offset, request=request)
    site = Site.find_for_request(request) if request else None
    key = f"city-open:{home.pk}:{site.pk if site else 0}:{limit}:{offset}"
    entries, more_url, total = kept(
        scope_of(home.city_id), key, lambda: _open(home, limit, offset, request), seconds=KEEP_SECONDS
    )
    return Listing(entries, more_url, count=lambda: total)


def _open(home: CityHomePage, limit: int, offset: int, request: HttpRequest | None) -> tuple[Any, str, int]:
    found = opportunities_of(home, limit=limit, offset=offset, request=request)
    sections = CitySectionPage.objects.child_of(home).live().filter(section=CitySectionPage.Section.OPPORTUNITIES)
    section = sections.first()
    return found.entries, (section.get_url(request) or "") if section else "", found.total
