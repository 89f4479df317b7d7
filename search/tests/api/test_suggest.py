"""What is suggested while somebody types."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from search.api.responses import process_cache
from search.models import SearchDoc, TitleWord
from search.models.doc import Readers
from search.suggesting import CANDIDATES, suggestions
from search.tests.api.conftest import index, thing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_kept():
    process_cache().clear()


@pytest.fixture
def suggested(documents):
    """`suggested("po")` gives the titles."""

    def suggested(typed, **wishes):
        return [each.title for each in suggestions(typed, **{"language": "en"} | wishes)]

    return suggested


def test_each_word_is_the_beginning_of_a_word_of_the_title_in_any_order(suggested):
    assert suggested("saf por") == ["Porch lights for safer streets"]
    assert suggested("porch") == [
        "Porch secrets for members",
        "Porch lights for safer streets",
        "Porch swing repaired in Tulsa",
    ]
    assert suggested("rch") == []
    assert suggested("porch zzqx") == []


def test_capitals_and_accents_make_no_difference(suggested):
    index(thing(50, "page", "Acción en El Cañón"))
    assert suggested("ACCION canon") == suggested("acción cañ") == ["Acción en El Cañón"]


def test_cities_come_first_then_short_titles(suggested):
    index(thing(51, "page", "Tulsa"), thing(52, "guide", "Tulsa heat plan"), thing(53, "page", "Tulsa in the morning"))
    assert suggested("tul") == [
        "Tulsa, Oklahoma",
        "Tulsa heat plan",
        "Tulsa",
        "Tulsa in the morning",
        "Porch swing repaired in Tulsa",
    ]


def test_what_begins_with_the_words_comes_before_what_holds_them(suggested):
    index(thing(54, "story", "A swing"), thing(55, "story", "Swing low and long"))
    assert suggested("swing")[0] == "Swing low and long"


def test_on_a_citys_site_its_own_come_first_also_local_ones(suggested, reno):
    assert "Porch lights, our own way" not in suggested("porch")
    assert suggested("porch", here=reno.pk)[0] == "Porch lights, our own way"


def test_the_readers_language_goes_first_and_siblings_stay_out(suggested):
    assert "Luces en los portales" not in suggested("luces")
    assert suggested("luces", language="es") == ["Luces en los portales"]
    index(thing(56, "page", "Plan de calor", language="es"), thing(57, "page", "Plan of heat", language="en"))
    assert suggested("plan", language="es")[0] == "Plan de calor"
    assert suggested("plan", language="en")[0] != "Plan de calor"


def test_nothing_that_a_visitor_cannot_find_is_suggested(suggested):
    assert suggested("secrets") == ["Porch secrets for members"]  # once: the members' own copy is not for visitors
    hidden = SearchDoc.objects.get(readers=Readers.MEMBERS)
    TitleWord.objects.create(doc_id=hidden.pk, word="qjjvvk")
    assert suggested("qjjvvk") == []
    yesterday = timezone.now() - datetime.timedelta(days=1)
    index(thing(58, "page", "Expired pancakes", expires_at=yesterday))
    assert suggested("pancakes") == []


def test_guides_that_many_cities_took_over_leave_room_for_their_original(suggested, reno):
    index(*(thing(300 + number, "guide", "Kazoos", city_id=reno.pk, is_local=True) for number in range(CANDIDATES)))
    index(thing(299, "guide", "Kazoos for every parade"))
    assert suggested("kazoo") == ["Kazoos for every parade"]


def test_a_single_letter_and_nothing_suggest_nothing(suggested):
    assert suggested("p") == suggested("") == suggested("   ") == suggested("&&") == suggested("\0") == []
    assert suggested("heat p") == ["Heat plan"]


def test_a_typo_in_the_last_word_is_mended_when_nothing_fits(suggested):
    index(*(thing(100 + number, "guide", f"Volunteer handbook {number}") for number in range(3)))
    found = suggested("voluntear")
    assert found
    assert all(title.startswith("Volunteer") for title in found)


def test_titles_with_a_function_word_come_after_those_with_another_that_begins_so(suggested):
    index(thing(60, "story", "Inclusive parks for every child"), thing(61, "guide", "Howard"))
    index(thing(62, "guide", "How to begin"), thing(63, "city", "El Paso, Texas"))
    assert suggested("in") == ["Inclusive parks for every child", "Porch swing repaired in Tulsa"]
    assert suggested("how") == ["Howard", "How to begin"]
    assert suggested("how to") == ["How to begin"]
    assert suggested("el") == ["El Paso, Texas"]


def test_at_most_eight(suggested):
    index(*(thing(200 + number, "page", f"Pancake day {number}") for number in range(20)))
    assert len(suggested("panc")) == 8


def test_three_queries_are_enough(suggested):
    suggested("porch")
    index(*(thing(200 + number, "page", f"Porch day {number}") for number in range(60)))
    with CaptureQueriesContext(connection) as captured:
        assert len(suggested("porch")) == 8
    assert len([each for each in captured if "SAVEPOINT" not in each["sql"]]) <= 4


def test_the_answer_names_kind_and_city(client, documents):
    answer = client.get("/api/search/suggest/", {"q": "tuls"}).json()
    city = answer["suggestions"][0]
    assert city == {
        "title": "Tulsa, Oklahoma", "url": "/things/1/", "kind": "city", "kind_label": city["kind_label"],
        "city": "tulsa-ok",
    }  # fmt: skip
    assert city["kind_label"]


def test_a_city_can_come_first_and_nonsense_is_refused(client, documents):
    first = client.get("/api/search/suggest/", {"q": "porch", "city": "reno-nv"}).json()["suggestions"][0]
    assert first["title"] == "Porch lights, our own way"
    for query in ("city=atlantis", "city=reno-nv,tulsa-ok", "lang=xx", "q=" + "a" * 1001):
        response = client.get(f"/api/search/suggest/?{query}")
        assert response.status_code == 400
        assert response.json()["error"]


def test_suggestions_are_kept_for_a_moment(client, documents, django_assert_num_queries):
    client.get("/api/search/suggest/", {"q": "porch"})
    with django_assert_num_queries(0):
        response = client.get("/api/search/suggest/", {"q": "Porch "})
    assert response["Cache-Control"] == "public, max-age=60"
    assert response.json()["suggestions"]
