"""What happens to a page is what a search finds, at once and whole."""

import datetime

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.test import RequestFactory
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site

from city_sites.factories import city_site
from home.factories import add_page, national_home, standard_page
from home.models import HomePage, StandardPage
from search.indexing.noting import note
from search.indexing.settling import settle
from search.models import Change, SearchDoc
from search.pages import PAGE
from tests.search.truth import WORD, damage, found, results, written

SOON = timezone.now() + datetime.timedelta(hours=1)
LATER = timezone.now() + datetime.timedelta(hours=2)


@pytest.fixture(autouse=True)
def _on_a_portal(db, portal_database):
    """A portal that was set up."""


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """A block after which the transaction counts as done."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def page(committed):
    """A published page with a word of its own."""
    with committed():
        return standard_page(national_home(), "A page", summary=f"With {WORD} in it.")


def restrict(page):
    return PageViewRestriction.objects.create(page=Page.objects.get(pk=page.pk), restriction_type="login")


def test_a_page_is_found_as_soon_as_it_is_published(page):
    assert found() == ["A page"]
    assert not Change.objects.exists()
    assert damage() == []


def test_a_draft_is_not_found_and_its_words_are_not(page, committed):
    with committed():
        national_home().add_child(instance=StandardPage(title="A draft", summary=WORD, live=False))
        page.summary = "Another hedgerowish text."
        page.save_revision()
    assert found() == ["A page"]
    assert found("hedgerowish") == []


def test_a_new_text_takes_the_place_of_the_old_one(page, committed):
    with committed():
        page.title, page.summary = "Renamed", "Another hedgerowish text."
        page.save_revision().publish()
    assert found() == []
    assert found("hedgerowish") == ["Renamed"]
    assert damage() == []


def test_an_unpublished_page_is_gone_before_the_commit(page):
    page.unpublish()
    assert not written(page)
    assert damage() == []


def test_a_scheduled_page_is_found_from_its_day_on(committed):
    with committed():
        page = StandardPage(title="Scheduled", summary=WORD, go_live_at=SOON, live=False)
        national_home().add_child(instance=page)
        page.save_revision().publish()
    assert found() == []
    with time_machine.travel(SOON + datetime.timedelta(minutes=1), tick=False):
        with committed():
            call_command("publish_scheduled")
        assert found() == ["Scheduled"]


def test_a_page_that_has_expired_is_not_found_even_before_the_tick(committed):
    with committed():
        page = standard_page(national_home(), "For a while", summary=WORD, expire_at=SOON)
    assert found() == ["For a while"]
    with time_machine.travel(LATER, tick=False):
        assert found() == []
        assert written(page)
        note(PAGE, [page.pk])
        settle()
        assert not written(page)
        with committed():
            call_command("publish_scheduled")
        assert damage() == []


def test_a_page_that_moves_to_a_citys_site_is_that_citys(page, committed):
    home = city_site()
    with committed():
        page.move(home, pos="last-child")
    assert written(page)["en", "all"].city_id == home.city_id
    assert damage() == []


def test_a_page_that_moves_below_a_private_one_takes_its_pages_along_at_once(page, committed):
    with committed():
        below = add_page(page, StandardPage(title="Below", summary=WORD))
        private = standard_page(national_home(), "Private")
        restrict(private)
    assert found() == ["A page", "Below"]
    page.move(private, pos="last-child")
    assert found() == []
    assert damage() == []
    with committed():
        Page.objects.get(pk=page.pk).move(national_home(), pos="last-child")
    assert found() == ["A page", "Below"]
    assert written(below)


def test_a_result_leads_to_the_new_address_of_a_page_whose_slug_changed(page, committed):
    request = RequestFactory().get("/search/")
    request.user = AnonymousUser()
    Site.find_for_request(request)
    with committed():
        page.slug = "another-place"
        page.save_revision().publish()
    [result] = results()
    assert result.url.endswith("/another-place/")


def test_a_deleted_page_is_gone_with_all_below_it_before_the_commit(page, committed):
    with committed():
        add_page(page, StandardPage(title="Below", summary=WORD))
    before = SearchDoc.objects.count()
    Page.objects.get(pk=page.pk).delete()
    assert SearchDoc.objects.count() == before - 2
    assert damage() == []


def test_deleting_pages_of_a_list_takes_all_of_them_out(page, committed):
    with committed():
        other = standard_page(national_home(), "Another", summary=WORD)
    StandardPage.objects.filter(pk__in=[page.pk, other.pk]).delete()
    assert found() == []
    assert damage() == []


def test_a_restriction_hides_the_tree_at_once_and_lifting_it_shows_the_tree(page, committed):
    with committed():
        add_page(page, StandardPage(title="Below", summary=WORD))
    restriction = restrict(page)
    assert found() == []
    with committed():
        add_page(page, StandardPage(title="New below", summary=WORD))
    assert found() == []
    with committed():
        restriction.delete()
    assert found() == ["A page", "Below", "New below"]
    assert damage() == []


def test_a_page_is_found_once_however_many_aliases_it_has(page, committed):
    with committed():
        page.create_alias(parent=national_home(), update_slug="alias")
    assert found() == ["A page"]
    assert damage() == []


def test_pages_that_were_public_from_the_first_are_found():
    homes = HomePage.objects.filter(depth=2)
    assert set(SearchDoc.objects.values_list("object_id", flat=True)) >= {home.pk for home in homes}


def test_translations_know_of_each_other_while_both_are_public(page, committed):
    spanish = national_home().get_translations().first().locale
    with committed():
        translated = page.copy_for_translation(spanish)
        translated.title = "Una página"
        translated.save_revision().publish()
    assert (found(), found(language="es")) == (["A page"], ["Una página"])
    with committed():
        page.unpublish()
    assert found() == ["Una página"]
    assert damage() == []


def test_a_hundred_pages_are_read_in_as_few_queries_as_two(page, committed, django_assert_max_num_queries):
    with committed():
        for number in range(5):
            standard_page(national_home(), f"Page {number}")
    from search.pages import documents

    ids = list(StandardPage.objects.values_list("pk", flat=True))
    with django_assert_max_num_queries(7):
        documents(ids[:1])
    with django_assert_max_num_queries(7):
        documents(ids)


def test_a_publication_is_not_undone_by_a_mistake_in_the_index(page, committed, settings):
    from search.documents import Document
    from search.pages import _types, register_page

    def broken(pages) -> list[Document]:
        raise ValueError("This cannot be described.")

    kept = _types[StandardPage]
    register_page(StandardPage, "page", broken)
    try:
        with committed():
            page.title = "Published all the same"
            page.save_revision().publish()
    finally:
        _types[StandardPage] = kept
    page.refresh_from_db()
    assert page.title == "Published all the same"
    assert list(Change.objects.values_list("object_id", flat=True)) == [page.pk]
    settle()
    assert found() == ["Published all the same"]
