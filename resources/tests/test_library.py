"""The library: filters that work together, their counts, the order, and what to do when nothing fits."""

import datetime

import pytest
from bs4 import BeautifulSoup
from wagtail.models import PageViewRestriction

from coalition.factories import CityFactory
from portal.core.models import Topic
from resources import factories
from resources.models import Access, GuidePage, GuideUse

pytestmark = pytest.mark.django_db

MOST_QUERIES = 15


@pytest.fixture
def library():
    return factories.library()


@pytest.fixture
def health():
    return Topic.objects.get(slug="health")


@pytest.fixture
def veterans():
    return Topic.objects.get(slug="veterans")


def soup_of(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def titles(client, url):
    return [link.text for link in soup_of(client, url).select("main .rows .row-title a")]


def counts(soup, facet):
    return {
        choice.input["value"]: int(choice.select_one(".count").text)
        for choice in soup.select(".choice")
        if choice.input["name"] == facet
    }


@pytest.fixture
def shelf(library, health, veterans):
    """Four guides: topics, audience and effort cross."""
    factories.guide(library, title="A", topics=[health], audience="schools", effort="day")
    factories.guide(library, title="B", topics=[health, veterans], audience="neighbors", effort="weeks")
    factories.guide(library, title="C", topics=[veterans], audience="schools", effort="weeks", format="case_study")
    factories.guide(library, title="D", audience="schools", effort="weeks")
    return library


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "ABCD"),
        ("topic=health", "AB"),
        ("topic=health&topic=veterans", "ABC"),
        ("topic=health&audience=schools", "A"),
        ("audience=schools&effort=weeks", "CD"),
        ("format=case_study", "C"),
        ("topic=&audience=+&effort=weeks", "BCD"),
        ("topic=health&audience=schools&effort=weeks", ""),
    ],
)
def test_filters_narrow_together_and_values_of_one_add_up(client, shelf, query, expected):
    assert titles(client, f"{shelf.url}?sort=title&{query}") == list(expected)


def test_counts_say_what_each_filter_would_leave_while_the_others_stay(client, shelf):
    soup = soup_of(client, f"{shelf.url}?topic=health&audience=schools")
    assert counts(soup, "topic") == {"health": 1, "veterans": 1}
    assert counts(soup, "audience") == {"schools": 1, "neighbors": 1}
    assert counts(soup, "effort") == {"day": 1, "weeks": 0}
    for facet, found in (("topic", {"health", "veterans"}), ("audience", {"schools", "neighbors"})):
        for value in found:
            other = "audience=schools" if facet == "topic" else "topic=health"
            assert len(titles(client, f"{shelf.url}?{other}&{facet}={value}")) == counts(soup, facet)[value]


def test_boxes_and_chips_show_what_was_asked_for(client, shelf):
    soup = soup_of(client, f"{shelf.url}?topic=health&audience=schools&sort=title")
    ticked = {box["value"] for box in soup.select("input[checked]")}
    assert ticked == {"health", "schools", "en"} - ({"en"} if not soup.select("input[name=language]") else set())
    chips = {chip.contents[0].strip(): chip["href"] for chip in soup.select(".library-chips a")}
    assert chips == {
        "Health": f"{shelf.url}?audience=schools&sort=title",
        "Schools": f"{shelf.url}?topic=health&sort=title",
    }
    assert soup.select_one("[role=status]").get_text(strip=True) == "Showing 1–1 of 1"


def test_part_of_a_topic_counts_for_the_topic(client, library, health):
    part = Topic.objects.create(slug="first-aid", name="First aid", parent=health)
    factories.guide(library, title="Bandages", topics=[part])
    assert titles(client, f"{library.url}?topic=health") == ["Bandages"]
    soup = soup_of(client, library.url)
    assert counts(soup, "topic") == {"health": 1}
    assert titles(client, f"{library.url}?topic=first-aid") == ["Bandages"]


def test_a_tag_narrows_the_list(client, library):
    factories.guide(library, title="Shade", tags=["Street trees"])
    factories.guide(library, title="Snow")
    soup = soup_of(client, f"{library.url}?tag=street-trees")
    assert [link.text for link in soup.select(".rows .row-title a")] == ["Shade"]
    assert soup.select_one(".library-chips a")["href"] == library.url
    assert soup.select_one("input[name=tag]")["value"] == "street-trees"  # the form keeps it


@pytest.mark.parametrize("query", ["topic=cats", "audience=cats", "effort=cats", "language=xx", "tag=cats", "format=é"])
def test_unknown_value_finds_nothing_and_is_not_for_search_engines(client, shelf, query):
    soup = soup_of(client, f"{shelf.url}?{query}")
    assert not soup.select(".rows")
    assert soup.select_one("meta[name=robots]")["content"] == "noindex"
    assert shelf.url in [link["href"] for link in soup.select(".empty a")]
    assert not soup_of(client, f"{shelf.url}?topic=health").select("meta[name=robots]")


@pytest.mark.parametrize("query", ["sort=cats", "page=99", "page=x", "page=-1", "topic=%00", "tag=%00", "x=1", "sort="])
def test_strange_addresses_are_answered(client, shelf, query):
    assert client.get(f"{shelf.url}?{query}").status_code == 200


def test_nothing_found_says_which_wish_to_leave_out(client, shelf):
    soup = soup_of(client, f"{shelf.url}?topic=health&audience=schools&effort=weeks")
    ways = {link["href"]: link.parent.get_text(" ", strip=True) for link in soup.select(".empty li a")}
    assert ways[f"{shelf.url}?audience=schools&effort=weeks"].endswith(": 2 fit")
    assert ways[f"{shelf.url}?topic=health&effort=weeks"].endswith(": 1 fits")
    for url in ways:
        assert client.get(url).status_code == 200


def test_order_newest_by_title_and_most_used(client, library):
    old = factories.guide(library, title="Árboles", updated_on=datetime.date(2024, 1, 1))
    factories.guide(library, title="zebra", updated_on=datetime.date(2025, 1, 1))
    factories.guide(library, title="Boats", updated_on=datetime.date(2026, 1, 1))
    for _ in range(2):
        GuideUse.objects.create(city=CityFactory(member=True), guide_key=old.translation_key, year=2026)
    assert titles(client, library.url) == ["Boats", "zebra", "Árboles"]
    assert titles(client, f"{library.url}?sort=title") == ["Árboles", "Boats", "zebra"]
    assert titles(client, f"{library.url}?sort=used") == ["Árboles", "Boats", "zebra"]
    assert "Used by 2 cities" in soup_of(client, library.url).main.get_text(" ", strip=True)


def test_uses_that_are_hidden_or_of_cities_that_left_do_not_count(client, library):
    guide = factories.guide(library)
    GuideUse.objects.create(city=CityFactory(member=True), guide_key=guide.translation_key, year=2026, is_shown=False)
    GuideUse.objects.create(city=CityFactory(), guide_key=guide.translation_key, year=2026)
    assert "Used by" not in soup_of(client, library.url).main.get_text(" ", strip=True)


def test_readers_see_their_language_and_may_ask_for_others(client, library):
    guide = factories.guide(library, title="Shade")
    factories.guide(library, title="Snow")
    spanish = factories.in_spanish(library)
    translated = factories.in_spanish(guide)
    translated.title = "Sombra"
    translated.save_revision().publish()
    assert titles(client, f"{library.url}?sort=title") == ["Shade", "Snow"]
    assert titles(client, spanish.url) == ["Sombra"]
    soup = soup_of(client, f"{library.url}?language=all&sort=title")
    assert [(row.a.text, row.get("lang")) for row in soup.select(".rows .row-body")] == [
        ("Shade", None),
        ("Snow", None),
        ("Sombra", "es"),
    ]
    assert counts(soup, "language") == {"en": 2, "es": 1, "all": 3}
    assert titles(client, f"{library.url}?language=es") == ["Sombra"]
    assert titles(client, f"{spanish.url}?language=en&sort=title") == ["Shade", "Snow"]


def test_language_is_no_filter_while_there_is_only_one(client, library):
    factories.guide(library)
    assert not soup_of(client, library.url).select("input[name=language][value=es]")


def test_drafts_and_private_ones_are_nowhere(client, library):
    factories.guide(library, title="Seen")
    GuidePage.objects.get(pk=factories.guide(library, title="Draft").pk).unpublish()
    private = factories.guide(library, title="Private", audience="recruits")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    soup = soup_of(client, library.url)
    assert [link.text for link in soup.select(".rows .row-title a")] == ["Seen"]
    assert counts(soup, "audience") == {"city_team": 1}


def test_members_only_is_said_in_words(client, library):
    factories.guide(library, title="Closed", access=Access.MEMBERS)
    factories.guide(library, title="Open")
    rows = {row.a.text: row.get_text(" ", strip=True) for row in soup_of(client, library.url).select(".rows .row-body")}
    assert "Members only" in rows["Closed"]
    assert "Members only" not in rows["Open"]


def test_twelve_on_a_page_and_the_filters_stay(client, library, health):
    for number in range(14):
        factories.guide(library, title=f"Guide {number:02}", topics=[health])
    soup = soup_of(client, f"{library.url}?topic=health&sort=title&page=2")
    assert [link.text for link in soup.select(".rows .row-title a")] == ["Guide 12", "Guide 13"]
    assert soup.select_one("[role=status]").get_text(strip=True) == "Showing 13–14 of 14"
    assert soup.select_one(".pages a[rel=prev]")["href"] == "?topic=health&sort=title"
    assert "page" not in soup.select_one(".library-chips a")["href"]  # a filter less begins at the first page


def test_an_empty_library_says_so(client, library):
    soup = soup_of(client, library.url)
    assert "still being written" in soup.main.text
    assert not soup.select(".choice")


@pytest.mark.parametrize("count", [2, 14])
def test_two_filters_cost_the_same_however_much_there_is(client, library, health, count, django_assert_max_num_queries):
    for number in range(count):
        factories.guide(library, title=f"Guide {number}", topics=[health], tags=["pilot"])
    url = f"{library.url}?topic=health&audience=city_team&tag=pilot&sort=used&language=all"
    client.get(url)
    with django_assert_max_num_queries(MOST_QUERIES):
        response = client.get(url)
    assert len(BeautifulSoup(response.content, "html.parser").select(".rows .row-title")) == min(count, 12)
