"""What kinds of things city sites list."""

from dataclasses import replace

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from city_sites.models import CityHomePage, CitySectionPage
from portal.core.listings import Listing, register_listing
from resources.listings import guides_of
from volunteering.finding.listings import opportunities_of


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
    """What is open on the site of `home`, the soonest first, with the way to the city's own list. Eight queries."""
    found = opportunities_of(home, limit=limit, offset=offset, request=request)
    if not isinstance(home, CityHomePage):
        return found
    sections = CitySectionPage.objects.child_of(home).live().filter(section=CitySectionPage.Section.OPPORTUNITIES)
    section = sections.first()
    return replace(found, more_url=(section.get_url(request) or "") if section else "")
