"""RSS of the library."""

import email.utils

import pytest
from bs4 import BeautifulSoup
from defusedxml import ElementTree
from wagtail.models import PageViewRestriction

from portal.core.models import Topic
from resources import factories
from resources.models import Access

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def library():
    return factories.library(summary="What works, step by step.")


@pytest.fixture
def health():
    return Topic.objects.get(slug="health")


def channel_of(client, url):
    response = client.get(url)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/rss+xml; charset=utf-8"
    root = ElementTree.fromstring(response.content)
    assert (root.tag, root.attrib["version"]) == ("rss", "2.0")
    return root.find("channel")


def titles(channel):
    return [item.findtext("title") for item in channel.findall("item")]


def test_feed_has_what_rss_asks_for(client, library, health):
    guide = factories.guide(library, "Cool & dry <roofs>", topics=[health])
    channel = channel_of(client, f"{library.url}feed/")
    assert channel.findtext("title") == "Guides"
    assert channel.findtext("description") == "What works, step by step."
    assert channel.findtext("link") == library.full_url
    assert channel.findtext("language") == "en"
    itself = channel.find(f"{ATOM}link")
    assert (itself.attrib["rel"], itself.attrib["href"]) == ("self", f"{library.full_url}feed/")
    item = channel.find("item")
    assert item.findtext("title") == "Cool & dry <roofs>"
    assert item.findtext("link") == guide.full_url
    assert item.findtext("description") == guide.summary
    assert item.findtext("category") == "Health"
    guid = item.find("guid")
    assert (guid.text, guid.attrib["isPermaLink"]) == (f"urn:uuid:{guide.translation_key}", "false")
    assert email.utils.parsedate_to_datetime(item.findtext("pubDate")) is not None


def test_newest_first_private_ones_and_drafts_left_out(client, library):
    for title in ("One", "Two", "Three", "Private", "Draft"):
        page = factories.guide(library, title)
        if title == "Private":
            PageViewRestriction.objects.create(page=page, restriction_type="password", password="x")
        if title == "Draft":
            page.unpublish()
    assert titles(channel_of(client, f"{library.url}feed/")) == ["Three", "Two", "One"]


def test_members_only_by_title_and_summary(client, library):
    factories.guide(library, "For members", access=Access.MEMBERS)
    text = client.get(f"{library.url}feed/").content.decode()
    assert "For members" in text
    assert "Walk the route" not in text


def test_a_topic_has_a_feed_with_its_parts(client, library, health):
    heat = Topic.objects.create(slug="heat", name="Heat", name_es="Calor", parent=health)
    factories.guide(library, "Clinic", topics=[health, heat])
    factories.guide(library, "Fans", topics=[heat])
    factories.guide(library, "Trees")
    channel = channel_of(client, f"{library.url}feed/health/")
    assert channel.findtext("title") == "Guides: Health"
    assert titles(channel) == ["Fans", "Clinic"]
    assert titles(channel_of(client, f"{library.url}feed/heat/")) == ["Fans", "Clinic"]
    assert client.get(f"{library.url}feed/no-such-topic/").status_code == 404


def test_each_language_has_its_own(client, library):
    spanish = factories.in_spanish(library)
    guide = factories.guide(library, "English only")
    both = factories.guide(library, "Both")
    factories.in_spanish(both)
    channel = channel_of(client, f"{spanish.url}feed/")
    assert channel.findtext("language") == "es"
    assert titles(channel) == ["Both"]
    assert titles(channel_of(client, f"{library.url}feed/")) == ["Both", guide.title]


def test_a_reader_who_has_it_all_gets_304(client, library):
    factories.guide(library)
    first = client.get(f"{library.url}feed/")
    again = client.get(f"{library.url}feed/", headers={"If-Modified-Since": first["Last-Modified"]})
    assert (again.status_code, again.content) == (304, b"")


def test_an_empty_feed_is_a_feed(client, library):
    assert titles(channel_of(client, f"{library.url}feed/")) == []


def test_costs_the_same_however_much_there_is(client, library, health, django_assert_max_num_queries):
    url = f"{library.url}feed/health/"
    for number in range(2):
        factories.guide(library, f"Guide {number}", topics=[health])
    client.get(url)
    with django_assert_max_num_queries(20) as few:
        client.get(url)
    for number in range(8):
        factories.guide(library, f"More {number}", topics=[health])
    with django_assert_max_num_queries(len(few)):
        client.get(url)


def test_the_library_links_to_feeds_of_topics_that_have_something(client, library, health):
    factories.guide(library, topics=[health])
    soup = BeautifulSoup(client.get(library.url).content, "html.parser")
    heads = {each["title"]: each["href"] for each in soup.select('head link[type="application/rss+xml"]')}
    assert heads == {"Guides": f"{library.get_url()}feed/", "Guides: Health": f"{library.get_url()}feed/health/"}
    named = {each.get_text(strip=True): each["href"] for each in soup.select('main a[type="application/rss+xml"]')}
    assert named == {"All that is new": f"{library.get_url()}feed/", "Health": f"{library.get_url()}feed/health/"}
