"""Opportunities as rows, without pages: what the list is worked out from."""

import datetime
import itertools
from zoneinfo import ZoneInfo

import pytest

from coalition.factories import CityFactory
from search.factories import document, indexed
from volunteering.models import Opportunity, Schedule, Shift, Timing
from volunteering.scheduling.planning import local_fields

ZONE = "America/Chicago"
NOW = datetime.datetime(2026, 11, 24, 18, tzinfo=datetime.UTC)  # a Tuesday noon in Tulsa
_numbers = itertools.count(1)


@pytest.fixture
def city(db):
    """A member city in the middle of Tulsa."""
    return CityFactory(name="Tulsa", state="OK", slug="tulsa-ok", member=True, latitude=36.15, longitude=-95.99)


@pytest.fixture
def add(city):
    """add(**facts): an opportunity of the city that visitors may find, without shifts."""

    def made(*, found=True, **facts):
        number = next(_numbers)
        facts.setdefault("city", city)
        row = Opportunity.objects.create(family=f"{number:032x}", title=f"Opportunity {number}", **facts)
        if found:
            indexed(document(kind="opportunity", family=row.family, title=row.title, city_id=row.city_id))
        return row

    return made


def at(day, hour=10, minute=0):
    """A time in December 2026 on Tulsa's clock."""
    return datetime.datetime(2026, 12, day, hour, minute, tzinfo=ZoneInfo(ZONE))


def shift(row, starts_at=None, *, kind=Timing.ONCE, hours=3, capacity=10, **fields):
    """A shift of it, as the planning writes it; without a time for what is agreed."""
    schedule = Schedule.objects.create(opportunity=row, kind=kind, time_zone=ZONE, capacity=capacity)
    ends_at = starts_at + datetime.timedelta(hours=hours) if starts_at else None
    fields.setdefault("closes_at", starts_at - datetime.timedelta(hours=2) if starts_at else None)
    return Shift.objects.create(
        opportunity=row, schedule=schedule, kind=kind, time_zone=ZONE, starts_at=starts_at, ends_at=ends_at,
        capacity=capacity, **local_fields(starts_at, ZONE), **fields,
    )  # fmt: skip
