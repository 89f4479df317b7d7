"""The quick way to a page finds what stock Wagtail finds, with fewer questions."""

import pytest
from django.core.cache import cache
from django.test import RequestFactory
from django.utils import translation
from wagtail.models import Locale, Page, PageViewRestriction, Site

from portal.core.routing import find_route

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    """A home with three levels below it, a draft, and a Spanish tree that has one page of its own."""
    english = Locale.objects.get_or_create(language_code="en")[0]
    Locale.objects.get_or_create(language_code="es")
    Site.objects.all().delete()
    home = Page.objects.get(depth=1).add_child(instance=Page(title="Home", slug="national", locale=english))
    Site.objects.create(hostname="testserver", port=80, root_page=home, is_default_site=True)
    cities = home.add_child(instance=Page(title="Cities", slug="cities", locale=english))
    mesa = cities.add_child(instance=Page(title="Mesa", slug="mesa", locale=english))
    mesa.add_child(instance=Page(title="Trees", slug="trees", locale=english))
    draft = home.add_child(instance=Page(title="Draft", slug="draft", locale=english, live=False))
    draft.add_child(instance=Page(title="Live below a draft", slug="below", locale=english))
    private = home.add_child(instance=Page(title="Private", slug="private", locale=english))
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    elsewhere = Page.objects.get(depth=1).add_child(instance=Page(title="Other site", slug="other", locale=english))
    elsewhere.add_child(instance=Page(title="Theirs", slug="theirs", locale=english))
    return home


@pytest.fixture
def spanish(tree):
    locale = Locale.objects.get(language_code="es")
    home = tree.copy_for_translation(locale)
    home.live = True
    home.save()
    home.add_child(instance=Page(title="Ciudades", slug="ciudades", locale=locale))
    return home


def request_to(host="testserver"):
    return RequestFactory().get("/", SERVER_NAME=host)


PATHS = ["", "cities/", "cities/mesa/", "cities/mesa/trees/", "cities/mesa/trees", "draft/", "draft/below/", "private/",
         "nowhere/", "cities/nowhere/", "cities/nowhere/trees/", "mesa/", "other/theirs/", "theirs/", "national/",
         "cities//mesa/", "Cities/", "ciudades/", "cities/mesa/trees/deeper/"]  # fmt: skip


def same_as_stock(path, language):
    with translation.override(language):
        stock = Page.route_for_request(request_to(), path)
        ours = find_route(request_to(), path)
    if ours is None:
        return True  # stock routing is asked then
    assert stock is not None, f"{path} leads nowhere in stock routing"
    assert (ours.page.pk, type(ours.page)) == (stock.page.pk, type(stock.page))
    assert (ours.args, ours.kwargs) == (stock.args, stock.kwargs)
    assert ours.page.get_parent() == stock.page.get_parent()
    return True


@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_answers_as_stock_routing_without_a_translation(tree, language):
    assert [path for path in PATHS if not same_as_stock(path, language)] == []


@pytest.mark.parametrize("language", ["en", "es"])
def test_answers_as_stock_routing_with_a_spanish_tree(spanish, language):
    assert [path for path in PATHS if not same_as_stock(path, language)] == []


def test_answers_as_stock_routing_while_the_spanish_home_is_a_draft(spanish):
    spanish.live = False
    spanish.save()
    assert [path for path in PATHS for language in ("en", "es") if not same_as_stock(path, language)] == []


@pytest.mark.parametrize("path", ["", "cities/", "cities/mesa/", "cities/mesa/trees/", "draft/below/", "private/"])
def test_finds_live_pages_by_itself(tree, path):
    assert find_route(request_to(), path).page.url_path == f"/national/{path}"


@pytest.mark.parametrize("path", ["draft/", "nowhere/", "theirs/", "ciudades/"])
def test_leaves_everything_else_to_stock_routing(spanish, path):
    assert find_route(request_to(), path) is None


def test_finds_spanish_pages_below_the_spanish_home(spanish):
    with translation.override("es"):
        assert find_route(request_to(), "").page == spanish
        assert find_route(request_to(), "ciudades/").page.title == "Ciudades"


def test_other_host_has_its_own_root(tree):
    other = Page.objects.get(slug="other")
    Site.objects.create(hostname="other.example", port=80, root_page=other)
    assert find_route(request_to("other.example"), "theirs/").page.slug == "theirs"
    assert find_route(request_to("other.example"), "cities/") is None


def test_without_a_site_nothing_is_found():
    Site.objects.all().delete()
    assert find_route(request_to(), "") is None


@pytest.mark.parametrize(("language", "path", "queries"), [("en", "cities/mesa/trees/", 2), ("es", "ciudades/", 3)])
def test_asks_few_questions_whatever_the_depth(spanish, django_assert_num_queries, language, path, queries):
    """Plain pages need no query for the page itself; any other type needs one more."""
    find_route(request_to(), path)  # content types are known from now on
    with translation.override(language), django_assert_num_queries(queries):
        assert find_route(request_to(), path) is not None


def test_wagtails_view_takes_what_the_middleware_found(tree, client, django_assert_max_num_queries):
    cache.clear()
    with translation.override("en"):
        request = request_to()
        request._wagtail_route_for_request = find_route(request, "cities/mesa/")
        with django_assert_max_num_queries(0):
            assert Page.route_for_request(request, "cities/mesa/").page.slug == "mesa"


def test_path_deeper_than_any_tree_is_not_looked_for(tree, django_assert_max_num_queries):
    with django_assert_max_num_queries(1):
        assert find_route(request_to(), "a/" * 5000) is None
