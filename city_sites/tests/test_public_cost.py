"""What the pages of a city's site cost in queries, whatever they list."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from city_sites.tests.visiting import publish
from home.factories import story
from home.models import StoryPage
from portal.core.tests.bodies import make_image

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MOST_QUERIES = 15


def asked_for(client, url):
    """Queries of a page that nobody has kept, the theme and the site's root paths apart from nothing."""
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


@pytest.mark.parametrize("count", [1, 25])
def test_home_stays_within_the_ceiling_whatever_it_lists(client, tulsa, stories, count):
    for number in range(count):
        story(stories, title=f"Story {number}", city=tulsa.city)
    publish(tulsa, hero_image=make_image(), logo=make_image())
    assert asked_for(client, tulsa.url) <= MOST_QUERIES


def test_home_costs_the_same_with_one_story_and_with_twenty(client, tulsa, stories):
    for number in range(7):
        story(stories, title=f"Story {number}")
    few = asked_for(client, tulsa.url)
    for number in range(13):
        story(stories, title=f"More {number}")
    assert asked_for(client, tulsa.url) == few


def test_every_page_of_a_site_stays_within_the_ceiling(client, tulsa, topics):
    pages = [*tulsa.get_children().live().specific(), *StoryPage.objects.live()]
    costs = {page.title: asked_for(client, page.url) for page in pages}
    assert max(costs.values()) <= MOST_QUERIES, costs


def test_page_with_nothing_kept_stays_within_the_ceiling(client, tulsa, topics):
    """The first visitor after a change: menu, footer and theme are put together anew."""
    page = StoryPage.objects.get(title="Trees")
    client.get(page.url)
    publish(tulsa, notice_text="Ice tonight.")
    with CaptureQueriesContext(connection) as queries:
        client.get(page.url)
    assert len(queries) <= MOST_QUERIES + 6, len(queries)


def test_national_home_stays_within_the_ceiling(client, tulsa, stories):
    story(stories, title="Only in Tulsa", city=tulsa.city)
    assert asked_for(client, "/") <= MOST_QUERIES
