"""The demo's opportunities: what their files say besides words, and the times at which they take place."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Field
from django.utils import timezone

from city_sites.models import CityHomePage
from coalition.models import City
from portal.demo.services.words import CONTENT, names, read
from volunteering.models import InitiativePage, Opportunity, OpportunityPage, Schedule, Timing
from volunteering.models.fields import ChoiceListField
from volunteering.scheduling.planning import add_schedule

FOLDER = "opportunities"
NOT_FIELDS = {"owner", "times", "logs", "pending", "said"}
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass
class Kept:
    """An opportunity of the demo: its file's name and what it says, its English page, its Spanish one, its row."""

    key: str
    spec: dict[str, Any]
    page: OpportunityPage
    spanish: OpportunityPage | None
    row: Opportunity


def specs(city_slug: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """(file's name, what it says) of a city's opportunities and initiatives; the name is the page's address."""
    for name in names(f"{FOLDER}/{city_slug}"):
        yield name.rpartition("/")[2], {"kind": "OpportunityPage", **read(name)}


def is_words(field: Field, value: Any) -> bool:
    """Whether what a file says about a field is words, and not a number, a day or keys to choose from."""
    return isinstance(value, str | list) and not isinstance(field, ChoiceListField)


def cities() -> list[City]:
    """The cities that have opportunities in the demo."""
    return list(City.objects.filter(slug__in=[folder.name for folder in (CONTENT / FOLDER).iterdir()]).order_by("slug"))


def kept(city: City) -> list[Kept]:
    """A city's opportunities, their pages being there. Four queries."""
    home = CityHomePage.objects.get(city=city, locale__language_code="en")
    described = {key: spec for key, spec in specs(city.slug) if spec["kind"] == "OpportunityPage"}
    pages = {page.slug: page for page in OpportunityPage.objects.descendant_of(home).filter(slug__in=described)}
    keys = [page.translation_key for page in pages.values()]
    others = OpportunityPage.objects.filter(translation_key__in=keys, locale__language_code="es")
    spanish = {page.translation_key: page for page in others}
    rows = {row.family: row for row in Opportunity.objects.in_city(city)}
    return [
        Kept(key, spec, pages[key], spanish.get(pages[key].translation_key), rows[pages[key].family])
        for key, spec in described.items()
    ]


def initiatives(city: City) -> Iterator[tuple[InitiativePage, dict[str, Any]]]:
    """A city's initiatives in English, each with what its file says."""
    home = CityHomePage.objects.get(city=city, locale__language_code="en")
    for key, spec in specs(city.slug):
        if spec["kind"] == "InitiativePage":
            yield InitiativePage.objects.descendant_of(home).get(slug=key), spec


def plan(opportunity: Opportunity, time: dict[str, Any]) -> Schedule:
    """The schedule that an entry of `times` describes, with its shifts. Days are counted from today."""
    today = timezone.now().astimezone(ZoneInfo(opportunity.city.time_zone)).date()
    shared = {
        "opportunity": opportunity,
        "kind": Timing(time["kind"]),
        "capacity": time.get("capacity"),
        "waitlist_size": time["waitlist"],
        "note": time.get("note", ""),
    }
    if "day" not in time:
        return add_schedule(**shared)
    return add_schedule(
        **shared,
        starts_on=_next(time["day"], today, time["after"]),
        start_time=datetime.time.fromisoformat(time["time"]),
        minutes=time["minutes"],
        rrule=_rule(time) if time["kind"] == Timing.SERIES else "",
        ends_on=today + datetime.timedelta(days=time["until"]) if "until" in time else None,
        skipped=tuple(_next(time["day"], today, 7 * weeks) for weeks in time.get("skip", [])),
        cutoff_minutes=time.get("cutoff", 120),
    )


def _rule(time: dict[str, Any]) -> str:
    return time.get("rrule", f"FREQ=WEEKLY;BYDAY={time['day'][:2].upper()}")


def _next(day: str, today: datetime.date, after: int) -> datetime.date:
    """The first such day of the week that lies at least so many days after today; before it, if the number is below
    zero."""
    first = today + datetime.timedelta(days=after)
    return first + datetime.timedelta(days=(DAYS.index(day) - first.weekday()) % 7)
