"""Which results stand first, and for what."""

import datetime

import pytest
from django.utils import timezone
from wagtail.models import Locale, Page, PageViewRestriction

from city_sites.factories import city_site
from coalition.models import City
from coalition.services.membership import change_status
from home.factories import national_home, standard_page
from search.models import Promotion
from search.promoting.selectors import MOST, promoted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_a_portal(portal_database):
    """With a national home."""


@pytest.fixture
def page():
    return standard_page(national_home(), "Porch light day")


def put_first(page, queries="porch lights", **fields):
    return Promotion.objects.create(page=page, queries=queries, **fields)


def titles(words, city=None, language="en"):
    return [each.title for each in promoted(words, city.pk if city else None, language)]


def test_it_stands_first_for_exactly_these_words_whatever_their_endings_and_capitals(page):
    put_first(page, "porch lights\nlámparas")
    for words in ("porch lights", "PORCH LIGHT", " porch-lights ", "lamparas", "LÁMPARAS"):
        assert titles(words) == ["Porch light day"], words
    for words in ("porch", "lights porch", "porch lights now", "", "&&", "\0"):
        assert titles(words) == [], words


def test_what_a_result_shows(page):
    put_first(page, text="On 1 May, everybody.")
    (found,) = promoted("porch lights", None, "en")
    assert (found.title, found.text, found.page_id, found.language) == (
        "Porch light day", "On 1 May, everybody.", page.pk, "en",
    )  # fmt: skip
    assert found.url.endswith("/porch-light-day/")


def test_one_site_says_nothing_to_another(page, tulsa_database):
    tulsa, mesa = city_site("Tulsa", "OK").city, city_site("Mesa", "AZ").city
    put_first(page, city=tulsa)
    assert titles("porch lights", tulsa) == ["Porch light day"]
    assert titles("porch lights", mesa) == titles("porch lights") == []


def test_several_stand_in_the_order_of_their_numbers_and_not_too_many(page):
    for number in range(MOST + 2):
        put_first(standard_page(national_home(), f"Page {number}"), position=9 - number)
    assert titles("porch lights") == ["Page 4", "Page 3", "Page 2"]


def test_a_page_stands_there_once(page):
    put_first(page)
    put_first(page, "porch light\nlamp")
    assert titles("porch lights") == ["Porch light day"]


def test_a_translation_is_preferred_in_its_language(page):
    put_first(page, "porch lights\nluces", text="An English sentence.")
    assert titles("luces", language="es") == ["Porch light day"]
    spanish = page.copy_for_translation(Locale.objects.get(language_code="es"), copy_parents=True)
    spanish.title = "Día de las luces"
    spanish.save_revision()
    assert titles("luces", language="es") == ["Porch light day"]  # a draft is nobody's to read
    spanish.save_revision().publish()
    (found,) = promoted("luces", None, "es")
    assert (found.title, found.text, found.language) == ("Día de las luces", "", "es")
    assert "/es/" in found.url


def test_what_is_not_public_now_does_not_stand_first(page):
    put_first(page)
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="password", password="x")
    assert titles("porch lights") == []
    restriction.delete()
    assert titles("porch lights") == ["Porch light day"]
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - datetime.timedelta(minutes=1))
    assert titles("porch lights") == []
    Page.objects.filter(pk=page.pk).update(expire_at=None)
    page.refresh_from_db()
    page.unpublish()
    assert titles("porch lights") == []


def test_the_page_of_a_closed_site_does_not_stand_first(tulsa_database):
    home = city_site("Tulsa", "OK")
    put_first(Page.objects.get(pk=home.pk))
    assert len(titles("porch lights")) == 1
    change_status(city=home.city, to=City.Status.WITHDRAWN, by=None, reason="They left.")
    assert titles("porch lights") == []


def test_a_deleted_page_takes_its_promotion_along(page):
    put_first(page)
    page.delete()
    assert titles("porch lights") == []
    assert not Promotion.objects.exists()


def test_a_search_for_which_nothing_stands_first_costs_one_query(page, django_assert_num_queries):
    put_first(page)
    with django_assert_num_queries(1):
        assert titles("something else") == []


def test_queries_do_not_grow_with_what_stands_first(page, django_assert_max_num_queries):
    for number in range(3):
        put_first(standard_page(national_home(), f"Page {number}"))
    with django_assert_max_num_queries(8):
        assert len(promoted("porch lights", None, "en")) == 3
