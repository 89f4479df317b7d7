"""The page of results, as a visitor gets it."""

import datetime
from html import unescape

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from coalition.factories import on_team
from coalition.models import Role
from search.models import Promotion, QueryCount
from search.models.doc import Readers
from search.tests.pages.conftest import index, thing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("documents")]
MOST_QUERIES = 15


@pytest.fixture
def look(client):
    """`look("?q=a")`: the page, read as a browser does."""

    def look(query="", path="/search/", status=200):
        response = client.get(f"{path}{query}")
        assert response.status_code == status
        return BeautifulSoup(response.content, "html.parser")

    return look


def heading(page):
    return " ".join(page.select_one("[role=status] h2").get_text().split())


def titles(page):
    return [link.get_text() for link in page.select(".search-rows .row-title a")]


def links(page, selector):
    return {" ".join(link.get_text(" ").split()): link["href"] for link in page.select(f"{selector} a")}


def count_of(page, key, value):
    box = page.select_one(f"input[name={key}][value={value}]")
    return int(page.select_one(f"label[for='{box['id']}'] .count").get_text()), box.has_attr("checked")


def test_results_are_counted_in_words_and_their_words_marked(look):
    page = look("?q=lantern")
    assert heading(page) == "Showing 1–10 of 14 results for “lantern”"
    assert len(titles(page)) == 10
    assert {mark.get_text().lower() for mark in page.select(".search-rows mark")} == {"lantern"}


def test_the_next_page_goes_on_where_the_first_one_ends(look):
    first, second = look("?q=lantern"), look("?q=lantern&page=2")
    assert heading(second) == "Showing 11–14 of 14 results for “lantern”"
    assert len({*titles(first), *titles(second)}) == 14
    assert second.select_one("ol.search-rows")["start"] == "11"


def test_a_filter_is_a_box_with_a_count_and_a_chip_that_takes_it_away(look):
    page = look("?q=lantern&kind=story")
    assert heading(page) == "Showing 1–2 of 2 results for “lantern”"
    assert count_of(page, "kind", "story") == (2, True)
    assert count_of(page, "kind", "guide") == (12, False)
    assert page.select_one("input[name=kind]")["form"] == page.select_one("main form")["id"]
    (chip,) = page.select(".search-chips a")
    assert chip["href"] == "/search/?q=lantern"


def test_two_filters_can_be_left_out_at_once(look):
    page = look("?q=lantern&kind=guide&topic=health")
    assert heading(page) == "Showing 1–3 of 3 results for “lantern”"
    assert links(page, ".search-chips")["Leave out all filters"] == "/search/?q=lantern"


def test_an_unknown_value_finds_nothing_and_can_be_left_out(look):
    page = look("?q=lantern&kind=unicorn")
    assert heading(page) == "Nothing found for “lantern”"
    assert page.select_one(".search-chips a")["href"] == "/search/?q=lantern"
    assert "Leave out “unicorn”: 14 results" in " ".join(page.select_one(".search-nothing").get_text().split())


def test_nothing_found_says_what_was_understood_and_offers_ways_on(look):
    page = look("?q=qzxwv")
    assert heading(page) == "Nothing found for “qzxwv”"
    text = " ".join(page.select_one(".search-nothing").get_text().split())
    assert "We looked for: qzxwv." in text
    ways = links(page, ".search-nothing")
    assert ways["Health"] == "/search/?topic=health"
    assert ways["Find your city"] == "/cities/find/"


def test_a_misspelt_word_is_mended_and_can_be_searched_as_typed(look):
    page = look("?q=lanternn")
    assert heading(page).endswith("of 14 results for “lantern”")
    assert links(page, ".search-mended") == {"Search for “ lanternn ” as typed": "/search/?q=lanternn&exactly=1"}
    exactly = look("?q=lanternn&exactly=1")
    assert heading(exactly) == "Nothing found for “lanternn”"
    assert links(exactly, ".search-mended") == {"Search with the spelling put right": "/search/?q=lanternn"}


def test_a_page_past_the_ten_thousandth_result_is_refused_with_the_reason(look):
    page = look("?q=lantern&page=1001", status=400)
    assert "Only the first 10,000 results are listed." in page.select_one("main .lead").get_text()


def test_a_page_that_is_no_number_is_refused_with_the_reason(look):
    page = look("?q=lantern&page=%3Cb%3E", status=400)
    assert "“<b>” is not the number of a page." in page.select_one("main .lead").get_text()


def test_a_page_after_the_last_one_leads_to_the_first(look):
    page = look("?q=lantern&page=9")
    assert heading(page) == "There is no page 9"
    assert "/search/?q=lantern" in links(page, "#search-found").values()


def test_words_are_shown_as_words_whatever_they_look_like(client):
    response = client.get("/search/", {"q": '"><script>alert(1)</script> lantern'})
    assert b"<script>alert" not in response.content
    assert "alert(1)" in unescape(response.content.decode())


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=%ff%fe",
        'q="',
        "q=*",
        "q=a%20AND%20NOT%20(",
        "q=%E2%80%AE%D7%90",
        "city=%00",
        "kind=%F0%9F%8C%B3",
        "site=%00&q=a",
        "site=%27%3B--",
    ],
)
def test_no_address_is_an_error(client, query):
    assert client.get(f"/search/?{query}").status_code == 200


def test_before_anything_is_asked_there_are_kinds_and_topics(look):
    page = look()
    assert page.select_one(".search-rows") is None
    assert links(page, ".pictos")["Guides 13"] == "/search/?kind=guide"
    assert links(page, "#main .chips")["Health 3"] == "/search/?topic=health"


def test_without_words_a_filter_lists_the_newest_first(look):
    page = look("?kind=story")
    assert heading(page) == "Showing 1–2 of 2 results"
    assert titles(page) == ["A lantern for every porch", "Lantern makers of Tulsa"]
    assert list(links(page, ".search-sorts")) == ["Newest first", "A to Z"]


def test_results_can_be_sorted(look):
    page = look("?q=lantern&sort=title")
    assert titles(page)[0] == "A lantern for every porch"
    assert page.select_one(".search-sorts [aria-current]").get_text() == "A to Z"
    assert links(page, ".search-sorts")["Best match"] == "/search/?q=lantern"


def test_a_result_in_another_language_says_so(look):
    page = look("?q=faroles")
    (row,) = page.select(".search-rows > li")
    assert row.select_one(".row-body")["lang"] == "es"
    assert row.select_one(".row-title a")["hreflang"] == "es"
    assert "Español" in row.select_one(".meta").get_text()


def test_the_spanish_page_has_its_own_address(look):
    page = look("?q=faroles", path="/es/search/")
    assert page.html["lang"] == "es"
    assert page.select_one("main form")["action"] == "/es/search/"
    assert page.select_one(".search-rows .row-body").get("lang") is None


def test_what_is_over_says_so(look):
    index(thing(40, "Lanterncraft fair", ends_at=timezone.now() - datetime.timedelta(days=1)))
    assert "Over" in look("?q=lanterncraft").select_one(".search-rows .meta").get_text()


def test_what_was_put_first_stands_above_the_first_page_of_its_words(look, tulsa):
    Promotion.objects.create(page=tulsa.home_page, queries="lantern", text="Begin with this.")
    assert [link.get_text() for link in look("?q=Lanterns").select(".search-first a")] == [tulsa.home_page.title]
    assert not look("?q=lantern&page=2").select(".search-first")
    assert not look("?q=lantern&kind=guide").select(".search-first")
    assert not look("?q=lantern&site=tulsa-ok").select(".search-first")


def test_the_spare_engine_answers_with_a_notice(look, settings):
    settings.SEARCH_URL = "http://127.0.0.1:9"
    page = look("?q=lantern")
    assert heading(page).endswith("of 14 results for “lantern”")
    assert "the spare one is answering" in page.select_one(".notice-warn").get_text()


def test_visitors_get_what_may_be_kept_for_a_minute_and_is_for_nobody_alone(client):
    first, second = client.get("/search/?q=lantern"), client.get("/search/?q=lantern")
    assert first["Cache-Control"] == "public, max-age=60"
    assert first.content == second.content
    assert not first.cookies


def test_a_search_is_listed_by_no_search_engine(look):
    page = look("?q=lantern&page=2")
    assert page.select_one("meta[name=robots]")["content"] == "noindex"
    assert page.select_one("link[rel=canonical]")["href"].endswith("/search/?q=lantern&page=2")
    assert look().select_one("meta[name=robots]")["content"] == "noindex"


def test_what_visitors_type_is_counted_once(client):
    client.get("/search/?q=Lantern")
    client.get("/search/?q=lantern&page=2")
    client.get("/search/?q=lantern&kind=guide")
    (row,) = QueryCount.objects.all()
    assert (row.words, row.city, row.is_found, row.count) == ("lantern", None, True, 1)


@pytest.mark.django_db(transaction=True)  # as on the server: what a process knows it does not ask for again
def test_queries_do_not_grow_with_results(client):
    def queries(query):
        client.get(f"/search/{query}")
        with CaptureQueriesContext(connection) as found:
            client.get(f"/search/{query}")
        return len([each for each in found if each["sql"].startswith(("SELECT", "INSERT", "UPDATE", "WITH"))])

    few, many = queries("?q=makers"), queries("?q=lantern")
    assert many <= few <= MOST_QUERIES
    assert queries("?q=help&site=tulsa-ok") <= MOST_QUERIES


def test_members_find_what_is_for_members_and_nobody_keeps_it(client, tulsa):
    index(
        thing(50, "Signing a lease", readers=Readers.VISITORS, body="Ask us."),
        thing(50, "Signing a lease", readers=Readers.MEMBERS, body="The candlewick clause."),
    )
    assert b"Signing a lease" not in client.get("/search/?q=candlewick").content
    client.force_login(on_team(tulsa, Role.EDITOR))
    response = client.get("/search/?q=candlewick")
    assert b"Signing a lease" in response.content
    assert b"With a part for members" in response.content
    assert response["Cache-Control"] == "private, no-store"
    assert not QueryCount.objects.filter(words="candlewick", is_found=True).exists()


def test_each_search_is_offered_as_a_feed(look):
    page = look("?q=lantern&kind=guide&page=2&sort=title")
    assert page.select_one("link[type='application/rss+xml']")["href"] == "/search/feed/?q=lantern&kind=guide"
    assert "/search/feed/?q=lantern&kind=guide" in links(page, ".search-follow").values()


def test_ids_on_the_page_are_unique(look):
    ids = [tag["id"] for tag in look("?q=lantern&kind=guide").select("[id]")]
    assert len(ids) == len(set(ids))
    assert any(each.startswith("kind-") for each in ids)
