"""A playbook: chapters of guides in order, and all of them as one document."""

import pytest
from bs4 import BeautifulSoup
from wagtail.models import Locale

from coalition.factories import CityFactory, on_team
from coalition.models import Role
from resources import factories
from resources.models import Access, GuidePage

pytestmark = pytest.mark.django_db

MOST_QUERIES = 15
SECRET = "zqxonlymembers"


def step(title, text="On foot.", **more):
    return ("step", {"title": title, "content": [("text", f"<p>{text}</p>")], **more})


@pytest.fixture
def library():
    return factories.library()


@pytest.fixture
def guides(library):
    heading = ("heading", "Why")
    return [
        factories.guide(library, title=title, opening=[heading], closing=[heading], steps=[step("Walk"), step("Ask")])
        for title in ("One", "Two", "Three")
    ]


@pytest.fixture
def playbook(library, guides):
    chapters = [
        ("chapter", {"title": "First", "text": "Begin here.", "guides": guides[:2]}),
        ("chapter", {"title": "Then", "guides": guides[2:]}),
    ]
    return factories.playbook(library, title="Your first year", chapters=chapters)


def soup_of(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def test_guides_are_numbered_through_the_chapters(client, playbook, guides):
    soup = soup_of(client, playbook.url)
    assert [heading.text for heading in soup.select(".chapter h2")] == ["First", "Then"]
    assert [number.text for number in soup.select(".part-number")] == ["1", "2", "3"]
    assert [link["href"] for link in soup.select(".chapter .row-title a")] == [guide.url for guide in guides]


@pytest.mark.parametrize("address", ["whole/", "print/"])
def test_whole_playbook_is_one_document_with_every_id_once(client, playbook, address):
    soup = soup_of(client, playbook.url + address)
    ids = [tag["id"] for tag in soup.select("[id]")]
    assert len(ids) == len(set(ids))
    anchors = [link["href"][1:] for link in soup.select("a[href^='#']") if len(link["href"]) > 1]
    assert set(anchors) <= set(ids)
    assert [heading.text for heading in soup.select("main .chapter-guide > h3")] == ["One", "Two", "Three"]
    assert len(soup.select(".guide-steps > li")) == 6
    assert not soup.select(".chapter-guide :is(h1, h2)")  # what stands below a guide's name is smaller than it


@pytest.mark.parametrize("address", ["", "whole/", "print/"])
def test_no_heading_skips_a_level(client, playbook, address):
    levels = [int(tag.name[1]) for tag in soup_of(client, playbook.url + address).select("main :is(h1,h2,h3,h4,h5,h6)")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in zip(levels, levels[1:], strict=False)), levels


def test_only_the_playbook_itself_is_for_search_engines(client, playbook):
    assert not soup_of(client, playbook.url).select("meta[name=robots]")
    for address in ("whole/", "print/"):
        soup = soup_of(client, playbook.url + address)
        assert soup.select_one("meta[name=robots]")["content"] == "noindex"
        assert soup.select_one("link[rel=canonical]")["href"] == f"http://testserver{playbook.url}"


def test_guide_that_is_no_longer_shown_is_left_out(client, playbook, guides):
    GuidePage.objects.get(pk=guides[1].pk).unpublish()
    for address in ("", "whole/"):
        text = soup_of(client, playbook.url + address).main.get_text(" ", strip=True)
        assert "Two" not in text
        assert "Three" in text


def test_translated_guides_stand_in_a_translated_playbook(client, library, playbook, guides):
    for page in (library, guides[0], playbook):
        translated = page.copy_for_translation(Locale.objects.get(language_code="es"), copy_parents=True)
        translated.title = f"{page.title} (es)"
        translated.save_revision().publish()
    soup = soup_of(client, f"/es{playbook.url}")
    assert [link["href"] for link in soup.select(".chapter .row-title a")] == [
        f"/es{guides[0].url}",
        guides[1].url,
        guides[2].url,
    ]
    assert [row.get("lang") for row in soup.select(".chapter .row-body")] == [None, "en", "en"]


def test_members_words_stay_with_members(client, library):
    guides = [
        factories.guide(library, title="Open", steps=[step("Walk"), step("Call", SECRET, for_members=True)]),
        factories.guide(library, title="Closed", access=Access.MEMBERS, cost=SECRET, steps=[step("Ask", SECRET)]),
    ]
    playbook = factories.playbook(library, guides)
    closed = factories.playbook(library, guides, title="All closed", access=Access.MEMBERS)
    for address in (playbook.url, closed.url):
        for below in ("", "whole/", "print/"):
            assert SECRET not in client.get(address + below).content.decode()
    assert "Members only" in client.get(playbook.url).content.decode()
    assert "Open" not in soup_of(client, closed.url + "print/").main.get_text()
    client.force_login(on_team(CityFactory(member=True), Role.AUTHOR))
    for address in (playbook.url, closed.url):
        assert client.get(address + "whole/").content.decode().count(SECRET) == 3


@pytest.mark.parametrize("count", [3, 12])
def test_costs_the_same_however_many_guides_it_has(client, library, count, django_assert_max_num_queries):
    guides = [factories.guide(library, title=f"Guide {number}") for number in range(count)]
    playbook = factories.playbook(library, guides)
    for address in ("", "whole/"):
        client.get(playbook.url + address)
        with django_assert_max_num_queries(MOST_QUERIES):
            client.get(playbook.url + address)
