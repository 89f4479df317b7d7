"""A city with a site, its list of stories, and stories with topics."""

import pytest

from city_sites.factories import city_site
from home.factories import story
from home.models import IndexPage
from portal.core.models import Topic


@pytest.fixture(autouse=True)
def _on_a_portal(portal_database):
    """Every test of city sites starts with a portal that was set up."""


@pytest.fixture
def tulsa(db, tulsa_database):
    """The home of a member city whose site was just provisioned."""
    return city_site("Tulsa", "OK")


@pytest.fixture
def stories(tulsa):
    """Where the city's stories stand."""
    return IndexPage.objects.descendant_of(tulsa).get()


@pytest.fixture
def topics(stories):
    """The list, with four stories: about health, heat (a part of it), parks, and nothing."""
    Topic.objects.all().delete()
    health = Topic.objects.create(slug="health", name="Health", name_es="Salud", position=1)
    heat = Topic.objects.create(slug="heat", name="Heat", name_es="Calor", parent=health)
    parks = Topic.objects.create(slug="parks", name="Parks", name_es="Parques", position=2)
    for title, tagged in (("Fans", [heat]), ("Clinic", [health, heat]), ("Trees", [parks, heat]), ("Untagged", [])):
        page = story(stories, title=title)
        page.topics.set(tagged)
        page.save_revision().publish()
    return stories
