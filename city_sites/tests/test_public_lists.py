"""What a city's site lists: stories by topic, and what rooms find for its sections."""

import datetime

import pytest
from django.utils.translation import override

from city_sites.models import CitySectionPage
from city_sites.tests.visiting import soup_of, titles
from home.factories import national_home, stories_index, story
from home.models import StoryPage
from portal.core import listings
from portal.core.models import Topic

pytestmark = pytest.mark.django_db
MOST_QUERIES = 15


def test_index_of_a_city_lists_its_stories_newest_first_with_their_days(client, tulsa, stories):
    for day in (1, 3, 2):
        story(stories, title=f"Day {day}", date=datetime.date(2026, 5, day))
    soup = soup_of(client, stories.url)
    assert titles(soup) == ["Day 3", "Day 2", "Day 1"]
    assert [time["datetime"] for time in soup.select("main time.marker")] == ["2026-05-03", "2026-05-02", "2026-05-01"]


def test_story_of_the_city_itself_does_not_send_readers_to_the_finder(client, tulsa, stories):
    page = story(stories, title="Redbuds", city=tulsa.city)
    main = soup_of(client, page.url).select_one("main")
    assert not main.select("a[href^='/cities/find/']")
    national = story(stories_index(national_home()), title="Tulsa told nationally", city=tulsa.city)
    assert soup_of(client, national.url).select("main a[href='/cities/find/tulsa-ok/']")


def test_empty_index_gives_two_ways_on(client, tulsa, stories):
    soup = soup_of(client, stories.url)
    contact = tulsa.get_children().get(slug="contact").url
    assert {contact, "/cities/"} <= {a["href"] for a in soup.select("main .empty a")}


@pytest.mark.parametrize("slug", ["opportunities", "guides", "jobs"])
def test_section_without_anything_says_what_to_do_today(client, tulsa, slug):
    page = CitySectionPage.objects.descendant_of(tulsa).get(slug=slug)
    page.when_empty = "Come to the library on Tuesdays."
    page.save_revision().publish()
    empty = soup_of(client, page.url).select_one("main .empty")
    assert "Come to the library on Tuesdays." in empty.get_text()
    assert len(empty.select("a")) == 2


@pytest.fixture
def jobs_found():
    """A room that has thirty jobs in every city."""

    def find(home, *, limit, offset=0, request=None):
        entries = [listings.Entry(title=f"Job {n} in {home.city.name}", url=f"/jobs/{n}/") for n in range(30)]
        return listings.Listing(tuple(entries[offset : offset + limit]), more_url="/jobs/", count=lambda: 30)

    listings.register_listing("jobs", "Jobs", find)
    yield
    listings.unregister_finder("jobs")


@pytest.mark.parametrize(("number", "first"), [("1", 0), ("2", 12), ("3", 24), ("99", 24), ("x", 0), ("0", 24)])
def test_section_lists_what_a_room_finds_page_by_page(client, tulsa, jobs_found, number, first):
    page = CitySectionPage.objects.descendant_of(tulsa).get(slug="jobs")
    soup = soup_of(client, f"{page.url}?page={number}")
    assert titles(soup)[0] == f"Job {first} in Tulsa"
    assert soup.select_one(".pages [aria-current]")


def test_second_page_of_a_section_is_found_by_its_title(client, tulsa, jobs_found):
    page = CitySectionPage.objects.descendant_of(tulsa).get(slug="jobs")
    assert "(page 2)" in soup_of(client, f"{page.url}?page=2").title.get_text()


def test_national_lists_leave_out_what_stands_in_a_citys_site(client, tulsa, stories):
    story(stories, title="Only in Tulsa", city=tulsa.city, pull_quote="Shade.", pull_quote_by="A rider")
    national = stories_index(national_home())
    story(national, title="For the whole country")
    html = client.get("/").content.decode()
    assert "Only in Tulsa" not in html
    assert "For the whole country" in html
    assert titles(soup_of(client, national.url)) == ["For the whole country"]


# Topics


def chips(soup):
    return [" ".join(chip.get_text(" ").split()) for chip in soup.select(".topic-links .chip")]


def test_topics_of_a_list_are_links_with_counts(client, topics):
    soup = soup_of(client, topics.url)
    assert chips(soup) == ["All topics", "Health 3", "Parks 1"]
    assert soup.select_one(".chip[aria-current]").get_text(strip=True) == "All topics"
    for link in soup.select(".chip")[1:]:
        count = int(link.small.get_text())
        assert len(titles(soup_of(client, topics.url + link["href"].partition("/stories/")[2]))) == count


def test_topic_narrows_the_list_says_so_and_can_be_taken_away(client, topics):
    soup = soup_of(client, f"{topics.url}?topic=parks")
    assert titles(soup) == ["Trees"]
    current = soup.select_one(".chip[aria-current]")
    assert current.get_text(strip=True).startswith("Parks")
    assert current["href"] == topics.url
    assert "Parks" in soup.title.get_text()
    assert soup.select_one("link[rel=canonical]")["href"].endswith(topics.url)


def test_topic_under_another_may_be_asked_for(client, topics):
    soup = soup_of(client, f"{topics.url}?topic=heat")
    assert sorted(titles(soup)) == ["Clinic", "Fans", "Trees"]
    assert any(chip.startswith("Heat") for chip in chips(soup))


@pytest.mark.parametrize("asked", ["nonsense", "%00", "a" * 300, "é"])
def test_topic_that_is_none_gives_a_way_back(client, topics, asked):
    soup = soup_of(client, f"{topics.url}?topic={asked}")
    assert titles(soup) == []
    assert soup.select_one(f"main .empty a[href='{topics.url}']")
    assert soup.select_one("meta[name=robots][content=noindex]")


def test_topics_are_spoken_in_the_readers_language(client, topics):
    with override("es"):
        assert str(Topic.objects.get(slug="health")) == "Salud"


def test_story_names_its_topics_and_leads_to_more_of_them(client, topics):
    page = StoryPage.objects.get(title="Trees")
    links = {a.get_text(strip=True): a["href"] for a in soup_of(client, page.url).select(".facts a")}
    assert links == {"Heat": f"{topics.url}?topic=heat", "Parks": f"{topics.url}?topic=parks"}


def test_list_without_topics_has_no_links(client, stories):
    story(stories)
    assert not soup_of(client, stories.url).select(".topic-links")
