"""What tests of volunteering across the floors stand on."""

import pytest

from city_sites.models import CitySectionPage
from volunteering import factories


@pytest.fixture
def section(tulsa_database, db):
    """Tulsa's English list of opportunities."""
    return CitySectionPage.objects.get(section="opportunities", locale__language_code="en")


@pytest.fixture
def page(section):
    """A published opportunity of Tulsa's."""
    return factories.opportunity(section)


@pytest.fixture
def shift(page):
    """Its shift in a week, with ten places."""
    return factories.shift(page)
