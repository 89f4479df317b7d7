"""Searching on the site of a city: its own first, everywhere one click away; and the box in every header."""

import pytest
from bs4 import BeautifulSoup

from city_sites.services.hosts import activate_host, check_host, request_host
from portal.accounts.factories import UserFactory
from search.models import QueryCount
from search.tests.pages.conftest import _on_a_portal, documents, index, thing, tulsa

__all__ = ["_on_a_portal", "documents", "tulsa"]  # fixtures

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("documents")]
NAME = "volunteer.tulsa.localhost"


@pytest.fixture
def own_host(tulsa, settings):
    """Tulsa's own host name, at work."""
    settings.PORTAL_ADDRESSES = ["127.0.0.1", "::1"]
    operator = UserFactory(is_superuser=True)
    host = request_host(city=tulsa, hostname=NAME, by=operator)
    check_host(host=host)
    activate_host(host=host, by=operator)
    return {"host": NAME}


def read(response, status=200):
    assert response.status_code == status
    return BeautifulSoup(response.content, "html.parser")


def heading(page):
    return " ".join(page.select_one("[role=status] h2").get_text().split())


def scopes(page):
    return {" ".join(link.get_text().split()): link["href"] for link in page.select(".search-scopes a")}


def test_on_a_citys_path_its_own_are_found_and_everywhere_is_one_click_away(client, tulsa):
    page = read(client.get("/search/?q=lantern&site=tulsa-ok"))
    assert heading(page) == "Showing 1–2 of 2 results for “lantern”"
    assert scopes(page) == {
        "In Tulsa 2": "/search/?q=lantern&site=tulsa-ok",
        "Everywhere 14": "/search/?q=lantern&everywhere=1&site=tulsa-ok",
    }
    assert tulsa.home_page.title in page.select_one("header .brand").get_text()
    assert not page.select("input[name=city]")


def test_everywhere_finds_all_with_the_way_back(client):
    page = read(client.get("/search/?q=lantern&site=tulsa-ok&everywhere=1"))
    assert heading(page) == "Showing 1–10 of 14 results for “lantern”"
    assert scopes(page)["In Tulsa 2"] == "/search/?q=lantern&site=tulsa-ok"
    assert page.select_one("input[type=hidden][name=everywhere]")["value"] == "1"


def test_nothing_here_offers_everywhere_with_its_count(client):
    index(thing(70, "Zeppelin over the river"), thing(71, "A zeppelin in the park"))
    page = read(client.get("/search/?q=zeppelin&site=tulsa-ok"))
    ways = " ".join(page.select_one(".search-nothing").get_text().split())
    assert heading(page) == "Nothing found for “zeppelin”"
    assert "Search everywhere: 2 results" in ways


def test_topics_offered_there_stay_on_the_citys_site(client):
    page = read(client.get("/search/?q=qzxwv&site=tulsa-ok"))
    assert {"/search/?topic=health&site=tulsa-ok"} <= {link["href"] for link in page.select(".search-nothing .chip")}


def test_what_is_typed_there_is_counted_for_the_city(client, tulsa):
    client.get("/search/?q=lantern&site=tulsa-ok")
    assert QueryCount.objects.get().city == tulsa


def test_an_unknown_site_is_the_national_one(client):
    page = read(client.get("/search/?q=lantern&site=atlantis"))
    assert heading(page).endswith("of 14 results for “lantern”")
    assert not scopes(page)


def test_a_host_of_its_own_answers_with_the_citys_search(client, own_host):
    page = read(client.get("/search/?q=lantern", headers=own_host))
    assert heading(page) == "Showing 1–2 of 2 results for “lantern”"
    assert scopes(page)["Everywhere 14"] == "/search/?q=lantern&everywhere=1"
    assert page.select_one("link[rel=canonical]")["href"] == f"http://{NAME}/search/?q=lantern"
    assert client.get("/search/feed/?q=lantern", headers=own_host).status_code == 200
    assert client.get("/api/search/suggest/?q=lan", headers=own_host).status_code == 200


def test_every_header_has_the_box(client, tulsa):
    national, city = read(client.get("/")), read(client.get("/cities/tulsa-ok/"))
    for page, site in ((national, None), (city, "tulsa-ok")):
        form = page.select_one("header form[role=search]")
        assert form["action"] == "/search/"
        assert form.get("method", "get") == "get"
        field = form.select_one("input[name=site]")
        assert (field["value"] if field else None) == site
        assert form["data-suggest-url"].startswith("/api/search/suggest/?lang=en")
        assert form.select_one("input[name=q]").get("value") is None
    assert city.select_one("header .header-search-link")["href"] == "/search/?site=tulsa-ok"
    assert read(client.get("/no-such-page/"), 404).select_one("header form[role=search]")


def test_on_a_host_of_its_own_the_box_asks_there(client, own_host):
    form = read(client.get("/", headers=own_host)).select_one("header form[role=search]")
    assert form["action"] == "/search/"
    assert not form.select("input[name=site]")


def test_the_search_page_has_one_box(client):
    assert len(read(client.get("/search/")).select("form[role=search]")) == 1


def test_the_box_is_the_same_for_everybody(client):
    assert client.get("/").content == client.get("/").content
