"""Two cities, one of them with a host of its own: what each host answers, leads on to, lists, and keeps to itself."""

import re
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from city_sites.factories import city_site, spanish_home
from city_sites.models import CityHost
from city_sites.services.hosts import activate_host, check_host, deactivate_host, request_host
from home.factories import standard_page
from portal.accounts.factories import UserFactory
from portal.core import closed_trees

pytestmark = pytest.mark.django_db
NAME, NEW_NAME = "volunteer.tulsa.localhost", "tulsa.localhost"
S = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
X = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(autouse=True)
def _here(settings):
    settings.PORTAL_ADDRESSES = ["127.0.0.1", "::1"]


@pytest.fixture
def operator():
    return UserFactory(is_superuser=True)


@pytest.fixture
def tulsa(tulsa_database):
    """The home of a city with a host of its own, once `at_work` was called."""
    home = city_site("Tulsa", "OK")
    standard_page(home, "Parks")
    return home


@pytest.fixture
def boise(tulsa):
    home = city_site("Boise", "ID")
    standard_page(home, "Trails")
    return home


def at_work(home, name, by):
    host = request_host(city=home.city, hostname=name, by=by)
    check_host(host=host)
    return activate_host(host=host, by=by)


def ask(client, path, host=NAME, **more):
    return client.get(path, headers={"host": host}, **more)


def entries(client, host):
    found = {}
    for url in ElementTree.fromstring(ask(client, "/sitemap.xml", host).content).iter(f"{S}url"):
        found[url.findtext(f"{S}loc")] = {link.get("hreflang"): link.get("href") for link in url.iter(f"{X}link")}
    return found


def test_asking_and_looking_up_changes_nothing(client, tulsa, operator):
    host = request_host(city=tulsa.city, hostname=NAME, by=operator)
    check_host(host=host)
    assert client.get("/cities/tulsa-ok/parks/").status_code == 200
    assert ask(client, "/").status_code == 404


def test_activation_counts_at_once(client, tulsa, operator):
    assert ask(client, "/parks/").status_code == 404
    assert client.get("/cities/tulsa-ok/parks/").status_code == 200
    at_work(tulsa, NAME, operator)
    assert ask(client, "/parks/").status_code == 200
    assert client.get("/cities/tulsa-ok/parks/").status_code == 301


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [
        ("/cities/tulsa-ok/", "/"),
        ("/cities/tulsa-ok/parks/", "/parks/"),
        ("/cities/tulsa-ok/parks/?page=2&q=%C3%A9%20", "/parks/?page=2&q=%C3%A9%20"),
        ("/es/cities/tulsa-ok/", "/es/"),
    ],
)
def test_path_on_the_national_host_leads_to_the_citys_own(client, tulsa, operator, asked, leads_to):
    spanish_home(tulsa)
    at_work(tulsa, NAME, operator)
    response = client.get(asked)
    assert response.status_code == 301
    assert response["Location"] == f"http://{NAME}{leads_to}"
    assert response["Cache-Control"] == "max-age=3600"
    assert ask(client, leads_to).status_code == 200


def test_city_without_a_host_stays_where_it_is(client, tulsa, boise, operator):
    at_work(tulsa, NAME, operator)
    for path in ("/cities/boise-id/", "/cities/boise-id/trails/"):
        assert client.get(path).status_code == 200


def test_only_the_citys_own_pages_are_on_its_host(client, tulsa, boise, operator):
    at_work(tulsa, NAME, operator)
    for path in ("/trails/", "/boise-id/", "/tulsa-ok/", "/home/", "/nothing/", "/nothing.html"):
        response = ask(client, path)
        assert response.status_code == 404, path
        assert tulsa.title in response.content.decode()
        assert "Boise" not in response.content.decode()


def test_national_pages_are_sent_to_the_national_host(client, tulsa, boise, operator):
    at_work(tulsa, NAME, operator)
    paths = ["/cities/", "/cities/find/?q=Tulsa", "/cities/members.csv", "/es/cities/", "/cities/boise-id/trails/"]
    for path in [*paths, "/styleguide/", "/dev/mail/"]:
        response = ask(client, path)
        expected = 404 if path.startswith("/cities/boise") else 301
        assert response.status_code == expected, path
        if expected == 301:
            assert response["Location"] == f"http://testserver{path}"
    response = ask(client, "/admin/pages/1/?x=1")
    assert (response.status_code, response["Location"]) == (302, "http://testserver/admin/pages/1/?x=1")


def test_language_without_a_translation_is_not_there(client, tulsa, operator):
    at_work(tulsa, NAME, operator)
    assert ask(client, "/es/").status_code == 404
    assert ask(client, "/es/parks/").status_code == 404
    spanish_home(tulsa)
    assert ask(client, "/es/").status_code == 200
    assert ask(client, "/es/parks/").status_code == 404


def test_translation_made_later_has_its_address_on_the_citys_host(client, tulsa, operator):
    at_work(tulsa, NAME, operator)
    assert ask(client, "/").status_code == 200
    assert spanish_home(tulsa).full_url == f"http://{NAME}/es/"


def test_files_are_on_every_host(client, tulsa, operator):
    at_work(tulsa, NAME, operator)
    html = ask(client, "/").content.decode()
    found = set(re.findall(r'(?:href|src)="(/(?:css|social|static|seal)/[^"]+)"', html))
    assert any(path.startswith("/css/") for path in found)
    own = [path for path in found if not path.startswith("/static/")]
    for path in [*own, "/robots.txt", "/sitemap.xml", "/site.webmanifest", "/.well-known/security.txt", "/healthz"]:
        assert ask(client, path).status_code == 200, path
    assert ask(client, "/favicon.ico")["Location"].startswith("/static/")
    card = re.search(r'property="og:image" content="([^"]+)"', html)[1]
    assert card.startswith(f"http://{NAME}/social/")
    assert ask(client, card.removeprefix(f"http://{NAME}")).status_code == 200


def test_robots_names_the_sitemap_of_its_own_host(client, tulsa, operator):
    at_work(tulsa, NAME, operator)
    assert f"Sitemap: http://{NAME}/sitemap.xml" in ask(client, "/robots.txt").content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").content.decode()


@pytest.mark.parametrize("has_host", [False, True])
def test_each_page_names_one_canonical_address_in_each_language(client, tulsa, operator, has_host):
    spanish_home(tulsa)
    if has_host:
        at_work(tulsa, NAME, operator)
    root = f"http://{NAME}" if has_host else "http://testserver"
    english, spanish = ("/", "/es/") if has_host else ("/cities/tulsa-ok/", "/es/cities/tulsa-ok/")
    for path in (english, spanish):
        html = ask(client, path, root.removeprefix("http://")).content.decode()
        assert f'<link rel="canonical" href="{root}{path}">' in html
        for code, address in (("en", english), ("es", spanish), ("x-default", english)):
            assert f'hreflang="{code}" href="{root}{address}"' in html
    parks = "/parks/" if has_host else "/cities/tulsa-ok/parks/"
    html = ask(client, f"{parks}?page=2", root.removeprefix("http://")).content.decode()
    assert f'<link rel="canonical" href="{root}{parks}">' in html
    assert 'rel="alternate" hreflang' not in html


def test_sitemap_of_each_host_lists_its_own_pages(client, tulsa, boise, operator):
    spanish_home(tulsa)
    assert "http://testserver/cities/tulsa-ok/parks/" in entries(client, "testserver")
    at_work(tulsa, NAME, operator)
    own = entries(client, NAME)
    assert all(address.startswith(f"http://{NAME}/") for address in own)
    assert {f"http://{NAME}/", f"http://{NAME}/es/", f"http://{NAME}/parks/"} <= set(own)
    both = {"en": f"http://{NAME}/", "es": f"http://{NAME}/es/", "x-default": f"http://{NAME}/"}
    assert own[f"http://{NAME}/"] == own[f"http://{NAME}/es/"] == both
    national = entries(client, "testserver")
    assert not any("tulsa-ok/" in address and "/cities/find/" not in address for address in national)
    assert "http://testserver/cities/boise-id/trails/" in national


def test_sitemap_lists_the_page_about_all_cities_once(client, tulsa):
    spanish_home(tulsa)
    text = client.get("/sitemap.xml").content.decode()
    assert text.count("<loc>http://testserver/cities/</loc>") == 1
    assert text.count("<loc>http://testserver/es/cities/</loc>") == 1


def test_closed_city_is_in_no_sitemap(client, tulsa, boise, operator, monkeypatch):
    monkeypatch.setattr(closed_trees, "_finders", [lambda: (tulsa.path, boise.path)])
    at_work(tulsa, NAME, operator)
    assert entries(client, NAME) == {}
    assert not any("boise-id/" in address for address in entries(client, "testserver") if "/find/" not in address)


def test_every_page_in_a_sitemap_is_there_under_its_canonical_address(client, tulsa, boise, operator):
    spanish_home(tulsa)
    at_work(tulsa, NAME, operator)
    for host in (NAME, "testserver"):
        for address in entries(client, host):
            response = ask(client, address.removeprefix(f"http://{host}"), host)
            assert response.status_code == 200, address
            assert f'<link rel="canonical" href="{address}">' in response.content.decode()


def test_old_name_leads_to_the_new_one(client, tulsa, operator):
    at_work(tulsa, NAME, operator)
    at_work(tulsa, NEW_NAME, operator)
    response = ask(client, "/parks/?a=1")
    assert (response.status_code, response["Location"]) == (301, f"http://{NEW_NAME}/parks/?a=1")
    assert ask(client, "/parks/", NEW_NAME).status_code == 200
    assert client.get("/cities/tulsa-ok/parks/")["Location"] == f"http://{NEW_NAME}/parks/"


def test_name_that_is_given_up_gives_the_path_back(client, tulsa, operator):
    at_work(tulsa, NAME, operator)
    deactivate_host(host=at_work(tulsa, NEW_NAME, operator), by=operator)
    assert client.get("/cities/tulsa-ok/parks/").status_code == 200
    assert {ask(client, "/parks/", name).status_code for name in (NAME, NEW_NAME)} == {404}
    assert "http://testserver/cities/tulsa-ok/parks/" in entries(client, "testserver")


def test_site_that_somebody_deletes_by_hand_gives_the_path_back(client, tulsa, operator):
    host = at_work(tulsa, NAME, operator)
    Site.objects.get(pk=host.site_id).delete()
    assert ask(client, "/parks/").status_code == 404
    assert client.get("/cities/tulsa-ok/parks/").status_code == 200
    assert CityHost.objects.get(pk=host.pk).site is None


def test_a_host_of_its_own_costs_no_queries(client, tulsa, operator):
    def asked(path, host):
        ask(client, path, host)
        with CaptureQueriesContext(connection) as queries:
            assert ask(client, path, host).status_code == 200
        return len(queries)

    before = {path: asked(f"/cities/tulsa-ok{path}", "testserver") for path in ("/", "/parks/")}
    at_work(tulsa, NAME, operator)
    assert {path: asked(path, NAME) for path in before} == before
    with CaptureQueriesContext(connection) as queries:
        client.get("/cities/tulsa-ok/parks/")
    assert len(queries) <= before["/parks/"]


def test_preview_of_a_page_with_a_host_of_its_own_stays_a_preview(client, tulsa, operator):
    at_work(tulsa, NAME, operator)
    client.force_login(operator)
    page = tulsa.get_children().get(slug="parks")
    response = client.get(f"/admin/pages/{page.pk}/view_draft/")
    assert response.status_code == 200
    assert "Parks" in response.content.decode()


def test_private_page_asks_for_its_password_on_its_own_host(client, tulsa, operator):
    at_work(tulsa, NAME, operator)
    page = tulsa.get_children().get(slug="parks")
    page.view_restrictions.create(restriction_type="password", password="open up")
    response = ask(client, "/parks/")
    form = re.search(r'action="(/_util/[^"]+)"', response.content.decode())[1]
    restriction = page.view_restrictions.get()
    data = {"password": "open up", "return_url": f"http://{NAME}/parks/"}
    response = client.post(form, data, headers={"host": NAME})
    assert (response.status_code, response["Location"]) == (302, f"http://{NAME}/parks/"), restriction
    assert ask(client, "/parks/").status_code == 200


class TestTlsAsk:
    """The proxy in front asks before it fetches a certificate."""

    def ask(self, client, **query):
        return client.get("/internal/tls-ask", query, headers={"host": "127.0.0.1:8000"})

    def test_yes_for_names_at_work_and_for_those_that_lead_on(self, client, tulsa, operator):
        at_work(tulsa, NAME, operator)
        at_work(tulsa, NEW_NAME, operator)
        for name in (NAME, NEW_NAME, NEW_NAME.upper(), f"{NEW_NAME}."):
            assert self.ask(client, domain=name).status_code == 200

    def test_no_for_all_others(self, client, tulsa, boise, operator):
        request_host(city=tulsa.city, hostname="asked.tulsa.gov", by=operator)
        deactivate_host(host=at_work(boise, NAME, operator), by=operator)
        for name in ("asked.tulsa.gov", NAME, "testserver", "stranger.test", "x" * 5000, "é", "*", "a b"):
            assert self.ask(client, domain=name).status_code == 404, name

    def test_question_without_a_name(self, client):
        for query in ({}, {"domain": ""}, {"domain": " . "}):
            assert self.ask(client, **query).status_code == 400

    @pytest.mark.parametrize("host", ["127.0.0.1", "stranger.test", "10.1.2.3:2019", "[::1]"])
    def test_is_answered_under_any_name_without_cookies_and_cache(self, client, tulsa, operator, settings, host):
        settings.SECURE_SSL_REDIRECT = True
        at_work(tulsa, NAME, operator)
        response = client.get("/internal/tls-ask", {"domain": NAME}, headers={"host": host})
        assert response.status_code == 200
        assert "no-store" in response["Cache-Control"]
        assert not response.cookies

    def test_is_for_reading(self, client):
        assert client.post("/internal/tls-ask?domain=x.test").status_code == 405

    def test_asks_the_database_nothing_once_names_are_known(self, client, tulsa, operator, django_assert_num_queries):
        at_work(tulsa, NAME, operator)
        self.ask(client, domain=NAME)
        with django_assert_num_queries(0):
            self.ask(client, domain=NAME)
