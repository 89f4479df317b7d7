"""An opportunity of a city by its clock; no page is needed to make shifts."""

import uuid

import pytest

from coalition.factories import CityFactory
from volunteering.models import Opportunity


@pytest.fixture
def opportunity_in(db):
    """Makes an opportunity in a city of a time zone."""

    def make(time_zone="America/Chicago"):
        city = CityFactory(time_zone=time_zone)
        return Opportunity.objects.create(family=uuid.uuid4().hex, city=city, title="Plant shade")

    return make


@pytest.fixture
def opportunity(opportunity_in):
    """One in Chicago's time zone."""
    return opportunity_in()
