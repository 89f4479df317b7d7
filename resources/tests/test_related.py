"""Which resources go with which."""

import pytest
from django.test import RequestFactory
from wagtail.models import PageViewRestriction

from coalition.factories import CityFactory
from portal.core.models import Topic
from resources import factories
from resources.models import GuideUse
from resources.related import related_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def library():
    return factories.library()


@pytest.fixture
def topics():
    return list(Topic.objects.all()[:3])


def titles(page):
    return [entry.title for entry in related_to(page, RequestFactory().get("/"))]


def use(city, guide):
    GuideUse.objects.create(city=city, guide_key=guide.translation_key, year=2026)


def test_topics_weigh_more_than_tags_and_cities(library, topics):
    page = factories.guide(library, "This", topics=topics[:2], tags=["heat", "roofs", "paint"])
    factories.guide(library, "Two topics", topics=topics[:2])
    factories.guide(library, "A topic and a tag", topics=topics[:1], tags=["heat"])
    used = factories.guide(library, "Same city")
    factories.guide(library, "Nothing", topics=topics[2:], tags=["snow"])
    city = CityFactory(member=True)
    use(city, page)
    use(city, used)
    use(CityFactory(member=True), used)
    assert titles(page) == ["Two topics", "A topic and a tag", "Same city"]


def test_four_at_most_the_newer_first_among_equals(library, topics):
    page = factories.guide(library, "This", topics=topics[:1])
    for year in range(2020, 2026):
        factories.guide(library, f"From {year}", topics=topics[:1], updated_on=f"{year}-05-04")
    assert titles(page) == ["From 2025", "From 2024", "From 2023", "From 2022"]


def test_never_itself_never_a_draft_never_private_never_another_language(library, topics):
    factories.in_spanish(library)
    page = factories.guide(library, "This", topics=topics)
    factories.in_spanish(page)
    factories.guide(library, "Draft", topics=topics).unpublish()
    private = factories.guide(library, "Private", topics=topics)
    PageViewRestriction.objects.create(page=private, restriction_type="password", password="x")
    hidden = factories.guide(library, "Hidden use")
    city = CityFactory(member=True)
    use(city, page)
    GuideUse.objects.create(city=city, guide_key=hidden.translation_key, year=2026, is_shown=False)
    assert titles(page) == []


def test_three_queries_at_most(library, topics, django_assert_max_num_queries):
    page = factories.guide(library, "This", topics=topics, tags=["heat"])
    for number in range(5):
        factories.guide(library, f"Other {number}", topics=topics, tags=["heat"])
    request = RequestFactory().get("/")
    related_to(page, request)
    with django_assert_max_num_queries(3):
        assert len(related_to(page, request)) == 4


def test_shown_under_the_guide(client, library, topics):
    page = factories.guide(library, "This", topics=topics)
    other = factories.guide(library, "Other", topics=topics)
    text = client.get(page.url).content.decode()
    assert "Goes well with this" in text
    assert f'href="{other.get_url()}"' in text
