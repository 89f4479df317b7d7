"""Pages among what is suggested."""

import pytest

from home.factories import national_home, stories_index, story
from search.api.responses import process_cache
from search.indexing.settling import settle
from search.suggesting import suggestions

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_kept(portal_database):
    process_cache().clear()


def test_a_page_is_suggested_with_its_address(client):
    parent = stories_index(national_home())
    page = story(parent, title="Lanterns at dusk")
    settle()
    answer = client.get("/api/search/suggest/", {"q": "lanterns"}).json()
    assert [(each["title"], each["url"]) for each in answer["suggestions"]] == [("Lanterns at dusk", page.url)]
    page.unpublish()
    settle()
    assert suggestions("lanterns", language="en") == []


def test_addresses_of_pages_cost_no_query_each(rf, django_assert_max_num_queries):
    parent = stories_index(national_home())
    for number in range(8):
        story(parent, title=f"Lantern {number}")
    settle()
    request = rf.get("/")
    suggestions("lantern", language="en", request=request)
    with django_assert_max_num_queries(6):
        assert len(suggestions("lantern", language="en", request=rf.get("/"))) == 8
