"""What stands first in the demo's searches, and what people have looked for there."""

import datetime

from django.utils import timezone
from wagtail.models import Page

from city_sites.models import CityHomePage
from coalition.models import City
from portal.accounts.models import User
from portal.demo.services.words import read
from search.models import Promotion, QueryCount
from search.promoting.services import save_promotion

WEEKS = 8


def make_searches(*, by: User) -> None:
    """Pages that stand first, on the national site and on a city's, and counts of searches of some weeks."""
    told = read("searches")
    for position, promoted in enumerate(told["promoted"]):
        city = _city(promoted["site"])
        promotion = Promotion(
            city=city,
            page=_page(promoted["page"], city),
            queries="\n".join(promoted["queries"]),
            text=promoted["text"],
            position=position,
        )
        save_promotion(promotion=promotion, by=by)
    rows = [row for searches in told["searches"] for row in _counts(searches)]
    QueryCount.objects.bulk_create(rows)


def _city(slug: str) -> City | None:
    return City.objects.get(slug=slug) if slug else None


def _page(address: str, city: City | None) -> Page:
    """A page by its place in the tree; of a city's site, by its place under the English home."""
    if city is None:
        return Page.objects.get(url_path=address)
    home = CityHomePage.objects.get(city=city, locale__language_code="en")
    return Page.objects.get(url_path=f"{home.url_path}{address}/")


def _counts(searches: dict) -> list[QueryCount]:
    """Spread over the weeks, the last ones a little fuller."""
    today, city = timezone.localdate(), _city(searches["site"])
    rows = []
    for words, times in searches["times"].items():
        days = [
            today - datetime.timedelta(days=(number * number * 3 + len(words)) % (7 * WEEKS)) for number in range(times)
        ]
        rows += [
            QueryCount(
                day=day, city=city, language="en", words=words, is_found=searches["found"], count=days.count(day)
            )
            for day in set(days)
        ]
    return rows
