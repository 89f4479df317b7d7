"""The next open opportunities, for lists on other pages: a city's home, the national home."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Page

from portal.core.listings import Entry, Listing
from volunteering.finding.matching import Scope, matches
from volunteering.finding.rows import Lines, Row


def opportunities_of(home: Page, *, limit: int, offset: int = 0, request: HttpRequest | None = None) -> Listing:
    """What is open on the site of `home`, the soonest first, full ones last; of all cities for the national home.

    Seven queries at most, however many there are. The way to all of it leads to the national list.
    """
    city = getattr(home, "city_id", None)
    with override(home.locale.language_code):
        found = matches(Scope(city), ()).ordered("best")
        lines = Lines(request).of(found[offset : offset + limit], ())
        entries = tuple(_entry(line, is_national=city is None) for line in lines)
        return Listing(entries, reverse("volunteering:list"), count=lambda: len(found))


def _entry(line: Row, *, is_national: bool) -> Entry:
    facts = (line.hours, line.where, line.places, line.language_name if line.language else "")
    return Entry(
        title=line.title,
        url=line.url,
        summary=line.summary,
        date=line.marker.day,
        city=line.city if is_national else None,
        facts=tuple(fact for fact in facts if fact),
    )
