"""National pages: what they show, in how many queries, and what search engines are told."""

import datetime
import json

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError

from coalition.factories import CityFactory
from home.factories import national_home, standard_page, stories_index, story
from home.models import StoryPage

pytestmark = pytest.mark.django_db
MOST_QUERIES = 15


@pytest.fixture
def home():
    return national_home()


def soup_of(response):
    return BeautifulSoup(response.content, "html.parser")


def test_home_counts_its_figures_instead_of_repeating_what_was_typed(client, home):
    home.hero_lead = "{member_cities} mayors have signed one promise."
    home.save_revision().publish()
    CityFactory.create_batch(3, member=True)
    assert "3 mayors have signed one promise." in client.get("/").content.decode()
    CityFactory(member=True)
    assert "4 mayors have signed one promise." in client.get("/").content.decode()


def test_home_refuses_a_figure_that_nobody_counts(home):
    home.hero_lead = "{unicorns} mayors"
    with pytest.raises(ValidationError, match="unicorns"):
        home.full_clean()


@pytest.mark.parametrize("count", [2, 30])
def test_home_asks_the_same_number_of_queries_whatever_the_rows(client, home, count, django_assert_max_num_queries):
    stories = stories_index(home)
    for number in range(min(count, 6)):
        story(stories, title=f"Story {number}", city=CityFactory(member=True))
    CityFactory.create_batch(count, member=True)
    client.get("/")
    with django_assert_max_num_queries(MOST_QUERIES):
        client.get("/")


def test_story_shows_its_city_and_stays_within_the_ceiling(client, home, django_assert_max_num_queries):
    city = CityFactory(name="Tulsa", state="OK", member=True)
    page = story(stories_index(home), city=city, summary="What changed in one summer.")
    client.get(page.url)
    with django_assert_max_num_queries(MOST_QUERIES):
        response = client.get(page.url)
    assert "Tulsa, Oklahoma" in response.content.decode()


@pytest.mark.parametrize("count", [3, 30])
def test_index_lists_newest_first_within_the_ceiling(client, home, count, django_assert_max_num_queries):
    index = stories_index(home)
    for number in range(count):
        story(index, title=f"Story {number:02}", date=datetime.date(2026, 1, 1) + datetime.timedelta(days=number))
    client.get(index.url)
    with django_assert_max_num_queries(MOST_QUERIES):
        response = client.get(index.url)
    titles = [link.text for link in soup_of(response).select("main .row-title a")]
    assert titles[0] == f"Story {count - 1:02}"
    assert len(titles) == min(count, 12)


def test_draft_is_not_found_and_its_title_is_nowhere(client, home):
    index = stories_index(home)
    draft = StoryPage(title="Not for today", locale=index.locale, live=False)
    index.add_child(instance=draft)
    draft.save_revision()
    assert client.get(f"{index.url}{draft.slug}/").status_code == 404
    assert "Not for today" not in client.get(index.url).content.decode() + client.get("/").content.decode()
    assert "not-for-today" not in client.get("/sitemap.xml").content.decode()


def test_language_switch_leads_to_the_spanish_home_when_a_page_is_not_translated(client, home):
    page = standard_page(home)
    switch = soup_of(client.get(page.url)).select_one('header a[hreflang="es"]')
    assert client.get(switch["href"]).status_code == 200
    assert switch["href"] == "/es/"


def test_translated_page_names_its_other_language(client, home):
    page = standard_page(home)
    spanish = page.copy_for_translation(home.get_translations().first().locale)
    spanish.save_revision().publish()
    soup = soup_of(client.get(page.url))
    alternates = {link["hreflang"]: link["href"] for link in soup.select("link[rel=alternate][hreflang]")}
    assert alternates["es"].endswith(f"/es/{page.slug}/")
    assert alternates["x-default"] == alternates["en"] == soup.select_one("link[rel=canonical]")["href"]
    assert client.get(f"/es/{page.slug}/").status_code == 200


def test_every_page_has_one_heading_a_description_and_a_card(client, home):
    page = standard_page(home, summary="Who we are and who pays for it.")
    for url in ("/", page.url):
        soup = soup_of(client.get(url))
        assert len(soup.select("h1")) == 1
        assert soup.select_one("meta[property='og:image']")["content"].startswith("http")
    assert soup.select_one("meta[name=description]")["content"] == "Who we are and who pays for it."
    card = soup.select_one("meta[property='og:image']")["content"].removeprefix("http://testserver")
    picture = client.get(card)
    assert picture.status_code == 200
    assert picture.content.startswith(b"\x89PNG")


def test_story_tells_search_engines_only_what_stands_on_the_page(client, home):
    city = CityFactory(name="Tulsa", state="OK", member=True)
    page = story(stories_index(home), title="Roofs </script> & rain", city=city, summary="What changed.")
    soup = soup_of(client.get(page.url))
    data = {item["@type"]: item for item in (json.loads(tag.string) for tag in soup.select("script[type$='ld+json']"))}
    text = soup.select_one("main").get_text(" ")
    article = data["Article"]
    assert article["headline"] in text
    assert article["description"] in text
    assert article["contentLocation"]["name"] in text
    assert [crumb["name"] for crumb in data["BreadcrumbList"]["itemListElement"]] == ["Home", "Stories", page.title]


def test_words_to_remember_need_somebody_who_said_them(home):
    page = StoryPage(title="Words", pull_quote="We had breakfast.", date=datetime.date(2026, 1, 1))
    with pytest.raises(ValidationError) as refused:
        page.clean()
    assert "pull_quote_by" in refused.value.message_dict


def test_menu_changes_when_the_home_page_is_published(client, home):
    assert "Our work" not in client.get("/").content.decode()
    home.menu = [("item", {"text": "Our work", "address": "/cities/"})]
    home.save_revision().publish()
    assert "Our work" in client.get("/").content.decode()
    assert "Our work" in client.get("/cities/find/").content.decode()
