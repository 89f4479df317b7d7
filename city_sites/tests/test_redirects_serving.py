"""A visitor of the replaced site is led on: on the city's own host and below the national one, on a 404 only."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from city_sites.factories import city_site, spanish_home
from city_sites.models import CityHost, CityRedirect
from city_sites.moving.sheet import read_sheet
from city_sites.services.redirects import bring_in_redirects
from coalition.models import City
from home.factories import standard_page

pytestmark = pytest.mark.django_db
HOST = "volunteer.tulsa.example"


@pytest.fixture
def home(tulsa_database):
    return city_site()


@pytest.fixture
def page(home):
    return standard_page(home, title="Trees", slug="trees")


@pytest.fixture
def own_host(home):
    site = Site.objects.create(hostname=HOST, port=80, root_page=home)
    return CityHost.objects.create(city=home.city, hostname=HOST, status="active", site=site)


def bring_in(home, *rows):
    bring_in_redirects(city=home.city, lines=read_sheet("\n".join(["old,new", *rows]).encode()))


def way(client, path, **extra):
    response = client.get(path, **extra)
    return response.headers.get("Location") if response.status_code == 301 else response.status_code


def test_below_the_national_host_an_old_address_leads_to_the_page(client, home, page):
    bring_in(home, "/get/trees.html,/trees/", "/give,https://example.com/give")
    assert way(client, "/cities/tulsa-ok/get/trees.html") == "http://testserver/cities/tulsa-ok/trees/"
    assert way(client, "/cities/tulsa-ok/give/") == "https://example.com/give"
    assert way(client, "/cities/tulsa-ok/other.html") == 404
    assert way(client, "/get/trees.html") == 404


def test_on_its_own_host_the_old_address_is_the_very_same(client, home, page, own_host):
    bring_in(home, "/get/trees.html,/trees/")
    assert way(client, "/get/trees.html", headers={"host": HOST}) == f"http://{HOST}/trees/"
    assert way(client, "/cities/tulsa-ok/get/trees.html") == f"http://{HOST}/trees/"


def test_a_redirect_follows_the_page_when_it_moves(client, home, page):
    bring_in(home, "/old.html,/trees/")
    page.slug = "street-trees"
    page.save_revision().publish()
    assert way(client, "/cities/tulsa-ok/old.html") == "http://testserver/cities/tulsa-ok/street-trees/"


def test_slash_and_capitals_do_not_matter_and_the_exact_one_goes_first(client, home, page):
    bring_in(home, "/Get/Trees,/trees/", "/get/trees,/about/")
    base = "http://testserver/cities/tulsa-ok"
    assert way(client, "/cities/tulsa-ok/Get/Trees/") == f"{base}/trees/"
    assert way(client, "/cities/tulsa-ok/get/trees/") == f"{base}/about/"
    assert way(client, "/cities/tulsa-ok/GET/TREES.html") == 404
    bring_in(home, "/Only.HTML,/trees/")
    assert way(client, "/cities/tulsa-ok/only.html") == f"{base}/trees/"


@pytest.mark.parametrize("asked", ["/a%C3%B1o.html", "/a%F1o.html", "/A%C3%91O.html", "/an%CC%83o.html"])
def test_letters_may_be_coded_in_any_way(client, home, page, asked):
    bring_in(home, "/año.html,/trees/")
    assert way(client, f"/cities/tulsa-ok{asked}") == "http://testserver/cities/tulsa-ok/trees/"


def test_the_query_is_kept_unless_the_redirect_was_about_it(client, home, page):
    bring_in(home, "/page.php?id=12,/trees/", "/page.php,/about/")
    bring_in(home, "/x.php,https://example.com/?a=b", "/y.php,https://example.com/#c")
    base = "http://testserver/cities/tulsa-ok"
    assert way(client, "/cities/tulsa-ok/page.php?id=12") == f"{base}/trees/"
    assert way(client, "/cities/tulsa-ok/page.php?id=13&utm=x") == f"{base}/about/?id=13&utm=x"
    assert way(client, "/cities/tulsa-ok/x.php?utm=x") == "https://example.com/?a=b"
    assert way(client, "/cities/tulsa-ok/y.php?utm=x") == "https://example.com/?utm=x#c"


def test_a_page_wins_and_a_draft_leads_nowhere(client, home, page):
    bring_in(home, "/old.html,/trees/", "/soon,/trees/")
    standard_page(home, title="Soon", slug="soon")
    assert way(client, "/cities/tulsa-ok/soon/") == 200
    page.unpublish()
    assert way(client, "/cities/tulsa-ok/old.html") == 404


def test_spanish_addresses_have_redirects_of_their_own_and_fall_back(client, home, page):
    spanish = spanish_home(home)
    bring_in(home, "/es/viejo.html,/es/", "/old.html,/trees/")
    assert way(client, "/es/cities/tulsa-ok/viejo.html") == spanish.full_url
    assert way(client, "/es/cities/tulsa-ok/old.html") == "http://testserver/cities/tulsa-ok/trees/"
    assert way(client, "/cities/tulsa-ok/viejo.html") == 404


def test_the_redirects_of_one_city_are_not_those_of_another(client, home, page):
    city_site("Ames", "IA")
    bring_in(home, "/old.html,/trees/")
    assert way(client, "/cities/ames-ia/old.html") == 404


def test_a_closed_site_leads_nowhere(client, home, page):
    bring_in(home, "/old.html,/trees/")
    City.objects.filter(pk=home.city_id).update(status="withdrawn")
    assert way(client, "/cities/tulsa-ok/old.html") in (404, 410)


def test_a_form_that_was_sent_is_not_led_on(client, home, page):
    bring_in(home, "/old.html,/trees/")
    assert client.post("/cities/tulsa-ok/old.html").status_code == 404


def test_a_missing_page_costs_one_question_and_others_none(client, home, page, own_host):
    for path, host in (("/cities/tulsa-ok/nothing.html", "testserver"), ("/nothing.html", HOST)):
        client.get(path, headers={"host": host})
        with CaptureQueriesContext(connection) as queries:
            client.get(path, headers={"host": host})
        assert sum("city_sites_cityredirect" in each["sql"] for each in queries) == 1
    with CaptureQueriesContext(connection) as queries:
        client.get("/nothing-national/")
        client.get("/cities/")
    assert not any("city_sites_cityredirect" in each["sql"] for each in queries)


@pytest.mark.parametrize(
    "path",
    [
        "/cities/tulsa-ok/%00.html", "/cities/tulsa-ok//evil.example/", "/cities/%00/x.html",
        f"/cities/tulsa-ok/{'x' * 3000}.html",
    ],
)  # fmt: skip
def test_odd_addresses_are_simply_not_there(client, home, path):
    CityRedirect.objects.create(city=home.city, old_path="/a", folded="/a", address="https://example.com/")
    assert way(client, path) == 404


def test_browsers_do_not_remember_a_redirect_for_ever(client, home, page):
    bring_in(home, "/old.html,/trees/")
    assert client.get("/cities/tulsa-ok/old.html")["Cache-Control"] == "max-age=3600"
