"""/api/search/: what it answers, what it refuses, and how often."""

import json

import pytest
import time_machine
from django.core.cache import caches
from django.urls import reverse

from search.api.responses import process_cache
from search.indexing.write import remove
from search.models import SearchDoc
from search.tests.api.conftest import index, thing

pytestmark = pytest.mark.django_db

URL = "/api/search/"


@pytest.fixture(autouse=True)
def _nothing_kept():
    process_cache().clear()
    yield
    process_cache().clear()


@pytest.fixture
def ask(client, documents):
    """`ask(q="porch")` gives the answer of a search."""

    def ask(**query):
        response = client.get(URL, query)
        assert response.status_code == 200, response.content
        return response.json()

    return ask


def titles(answer):
    return [result["title"] for result in answer["results"]]


def test_it_stands_where_the_documents_say():
    assert reverse("search_api:search") == URL
    assert reverse("search_api:suggest") == "/api/search/suggest/"
    assert reverse("search_api:openapi") == "/api/openapi.json"


def test_an_answer_has_exactly_what_was_promised(ask, tulsa):
    answer = ask(q="porch lights")
    assert list(answer) == ["total", "page", "results", "facets", "suggestion"]
    first = answer["results"][0]
    assert first == {
        "id": "guide-3-en", "kind": "guide", "title": "Porch lights for safer streets",
        "url": "http://testserver/things/3/", "city": None, "language": "en",
        "summary": "How a city gave away <b>lamps</b> & bulbs.", "highlight": first["highlight"],
        "score": first["score"], "source_id": "G-0003",
    }  # fmt: skip
    assert first["score"] == round(first["score"], 4) > 0
    story = next(each for each in answer["results"] if each["kind"] == "story")
    assert (story["city"], story["source_id"]) == ("tulsa-ok", None)


def test_highlights_are_html_in_which_only_words_are_marked(ask):
    highlight = ask(q="lamps")["results"][0]["highlight"]
    assert "<mark>lamps</mark>" in highlight
    assert "<b>" not in highlight
    assert "&lt;b&gt;" in highlight


def test_facets_count_and_name_every_value(ask):
    facets = ask(q="porch")["facets"]
    assert list(facets) == ["kind", "city", "topic", "audience", "language", "format", "date"]
    assert facets["topic"] == [{"value": "health", "label": "Health", "count": 1}]
    # One more guide shows as soon as its city is chosen.
    assert {option["value"]: option["count"] for option in facets["city"]} == {"tulsa-ok": 1, "reno-nv": 1}
    kinds = {option["value"]: option["count"] for option in facets["kind"]}
    assert kinds == {"guide": 2, "story": 1}


def test_the_total_counts_what_pages_give(ask):
    everything = ask(q="porch", page_size=100)
    assert everything["total"] == len(everything["results"]) == 3
    pages = [ask(q="porch", page=page, page_size=1) for page in (1, 2, 3, 4)]
    assert [each["page"] for each in pages] == [1, 2, 3, 4]
    assert [titles(each) for each in pages] == [[title] for title in titles(everything)] + [[]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"kind": "city"}, {"Tulsa, Oklahoma", "Reno, Nevada"}),
        ({"kind": ["city", "story"], "city": "tulsa-ok"}, {"Tulsa, Oklahoma", "Porch swing repaired in Tulsa"}),
        ({"kind": "city,story", "city": "tulsa-ok,reno-nv"},
         {"Tulsa, Oklahoma", "Reno, Nevada", "Porch swing repaired in Tulsa"}),
        ({"topic": "health"}, {"Porch lights for safer streets"}),
        ({"lang": "es", "kind": "guide"}, {"Luces en los portales"}),
        ({"city": "reno-nv", "kind": "guide"}, {"Porch lights, our own way"}),
    ],
)  # fmt: skip
def test_filters_take_several_values(ask, query, expected):
    assert set(titles(ask(**query))) == expected


def test_a_word_that_was_mended_is_suggested(ask):
    index(*(thing(100 + number, "guide", f"Volunteer handbook {number}") for number in range(4)))
    answer = ask(q="voluntear handbook")
    assert answer["suggestion"] == "volunteer handbook"
    assert answer["total"] >= 4
    assert ask(q="volunteer handbook")["suggestion"] is None
    assert ask(q="voluntear handbook", exactly="1")["suggestion"] is None


def test_members_find_here_what_visitors_find(client, ask):
    from portal.accounts.factories import UserFactory

    client.force_login(UserFactory(is_superuser=True))
    answer = ask(q="qxzjvw")
    assert answer["total"] == 0
    assert "qxzjvw" not in json.dumps(answer)


def test_the_language_of_words_and_labels_is_that_of_lang_else_of_the_browser(client, documents):
    def label(headers=None, **query):
        response = client.get(URL, {"kind": "guide", **query}, headers=headers or {})
        assert "Accept-Language" in response["Vary"]
        return response["Content-Language"]

    assert label() == "en"
    assert label({"Accept-Language": "es-MX,es;q=0.9"}) == "es"
    assert label({"Accept-Language": "xx, es;q=0.5"}) == "es"
    assert label({"Accept-Language": "es"}, lang="en") == "en"
    assert label({"Accept-Language": ";;q=,*" * 500}) == "en"
    client.cookies["django_language"] = "es"
    assert label() == "en"


BAD = [
    "kind=planet", "city=atlantis", "topic=nothing", "lang=xx", "lang=en,xx", "date=soon", "sort=best", "exactly=maybe",
    "page=0", "page=-1", "page=x", "page=1.5", "page=%D9%A1", "page=99999999999999999999", "page_size=0",
    "page_size=101", "page_size=ten", "page=1001", "page=101&page_size=100", "q=" + "a" * 1001,
    "city=a%00b", "kind=%00", "city=%ff%fe", "topic=" + ",".join(map(str, range(60))), "kind=guide&kind=planet",
]  # fmt: skip


@pytest.mark.parametrize("query", BAD)
def test_nonsense_is_refused_with_a_reason(client, documents, query):
    response = client.get(f"{URL}?{query}")
    assert response.status_code == 400
    assert response["Content-Type"] == "application/json"
    answer = response.json()
    assert list(answer) == ["error"]
    assert len(answer["error"]) > 10
    assert "no-store" in response["Cache-Control"]


def test_a_refusal_says_what_can_be_asked_for(client, documents):
    assert "city" in client.get(f"{URL}?kind=planet").json()["error"]
    assert "en" in client.get(f"{URL}?lang=xx").json()["error"]
    assert "relevance" in client.get(f"{URL}?sort=best").json()["error"]
    assert "10,000" in client.get(f"{URL}?page=1001").json()["error"]
    assert "<script>" in client.get(f"{URL}?kind=<script>").json()["error"]  # JSON: nothing runs it


HOSTILE = [
    b"%00", b"%ff%fe%fd", b"%ed%a0%80", b"\xc3\x28", b"%22unclosed", b"%22%22", b"*", b"NOT", b"title:x",
    b"a)%20OR%20(b", b"%27;DROP%20TABLE--", b"%F0%9F%94%A5", b"%E2%80%AE%D7%A9%D7%9C%D7%95%D7%9D", b"-", b"--",
    b"%5B%5E(.*)", b"a%20AND%20NEAR(b%20c,%205)", b"%7B%7D", b"%25", b"_", b"%5C", b"%EF%BF%BF", b"%C2%BF%3F",
    b"-porch", b"%22porch%20lights%22", b"%26%26", b"+", b"^2", b"~1", b"x" * 1000, b"a%20" * 333,
]  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("url", [URL, URL + "suggest/"])
def test_no_words_are_an_error(client, documents, url, words):
    response = client.get(url, QUERY_STRING=(b"q=" + words).decode("latin-1"))
    assert response.status_code == 200, response.content
    assert response.json()


def test_more_parameters_than_anybody_needs_are_refused(client, documents):
    response = client.get(URL + "?" + "&".join(f"a{number}=1" for number in range(1500)))
    assert response.status_code == 400


def test_only_reading_is_answered(client):
    for method in (client.post, client.put, client.delete, client.patch, client.options):
        response = method(URL)
        assert response.status_code == 405
        assert response["Allow"] == "GET, HEAD"
        assert "error" in response.json()
    head = client.head(URL)
    assert (head.status_code, head.content) == (200, b"")


def test_anybody_may_read_answers_and_keep_them_for_a_minute(client, documents):
    response = client.get(URL, {"q": "porch"})
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response
    assert response["Cache-Control"] == "public, max-age=60"
    assert not response.cookies
    assert "Cookie" not in response["Vary"]
    assert client.get(f"{URL}?kind=planet")["Access-Control-Allow-Origin"] == "*"


def test_an_answer_is_kept_until_the_index_changes(client, ask, django_assert_max_num_queries):
    from portal.core.versions import raise_version

    assert ask(q="porch")["total"] == 3
    with django_assert_max_num_queries(0):
        assert ask(q="  PORCH ")["total"] == 3
    remove(SearchDoc.objects.filter(object_id=5).values_list("pk", flat=True))
    raise_version("search")
    assert ask(q="porch")["total"] == 2


def test_what_is_kept_is_kept_for_each_question(ask):
    assert ask(q="porch")["total"] != ask(q="heat")["total"]
    assert ask(q="porch", kind="story")["total"] == 1
    assert ask(q="porch", page_size=1)["results"] != ask(q="porch", page_size=2)["results"]


def test_an_answer_takes_as_many_queries_for_thirty_results_as_for_three(client, ask, django_assert_max_num_queries):
    index(*(thing(200 + number, "guide", f"Porch light number {number}") for number in range(30)))
    with django_assert_max_num_queries(15):
        assert len(ask(q="porch light", page_size=50)["results"]) > 30


def test_who_asks_too_often_is_told_to_wait(client, documents, settings):
    settings.SEARCH_API_RATE = 3
    with time_machine.travel("2026-03-01 12:00:45", tick=False) as clock:
        assert [client.get(URL, {"q": "porch"}).status_code for _try in range(4)] == [200, 200, 200, 429]
        response = client.get(URL)
        assert response["Retry-After"] == "16"
        assert "3" in response.json()["error"]
        assert client.get(URL + "suggest/").status_code == 200
        assert client.get(URL, REMOTE_ADDR="203.0.113.9").status_code == 200
        clock.shift(16)
        assert client.get(URL).status_code == 200


def test_the_limit_can_be_turned_off(client, documents, settings):
    settings.SEARCH_API_RATE = 0
    assert {client.get(URL).status_code for _try in range(5)} == {200}


def test_an_address_is_not_kept(client, documents, settings):
    settings.SEARCH_API_RATE = 5
    client.get(URL, REMOTE_ADDR="203.0.113.77")
    kept = caches["process"]._cache
    assert kept
    assert not any("203.0.113.77" in f"{key}{value}" for key, value in kept.items())
