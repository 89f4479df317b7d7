"""Who is answered under which name: the portal's own, names that were added at run time, and nobody else."""

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page, Site

from portal.core import hosts

CITY, OLD = "volunteer.mesa.test", "old.mesa.test"
NEW_ROOT = "https://volunteer.mesa.test"


@pytest.fixture(autouse=True)
def _names(monkeypatch, settings):
    """The operator lists three entries; a room has added a name, and one that leads on to it."""
    settings.PORTAL_HOSTS = ["testserver", "[::1]", ".portal.example"]
    monkeypatch.setattr(hosts, "_finders", [lambda: {CITY: "", OLD: NEW_ROOT}])


@pytest.fixture
def site(db):
    """A national home with a city's home below it, which has a site of its own."""
    Site.objects.all().delete()
    english = Locale.objects.get_or_create(language_code="en")[0]
    home = Page.objects.get(depth=1).add_child(instance=Page(title="National", slug="national", locale=english))
    city = home.add_child(instance=Page(title="Mesa", slug="mesa", locale=english))
    city.add_child(instance=Page(title="Styleguide", slug="styleguide", locale=english))
    Site.objects.create(hostname="testserver", port=80, root_page=home, is_default_site=True)
    return Site.objects.create(hostname=CITY, port=80, root_page=city)


def ask(client, host, path="/robots.txt", **more):
    return client.get(path, headers={"host": host}, **more)


@pytest.mark.parametrize(
    "host",
    ["testserver", "TESTSERVER", "testserver:8000", "testserver.", "[::1]", "[::1]:8000", "www.portal.example"]
    + ["portal.example", CITY, CITY.upper(), f"{CITY}:443", f"{CITY}."],
)
def test_names_of_ours_are_answered(client, site, host):
    assert ask(client, host).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["stranger.test", "mesa.test", f"x.{CITY}", "testserver.evil.test", "xtestserver", "evilportal.example"]
    + ["127.0.0.1", "[::2]", "localhost", "testserver..", "-", "0", "a" * 300],
)
def test_other_names_are_not(client, site, host):
    response = ask(client, host, "/")
    assert response.status_code == 404
    assert "National" not in response.content.decode()


@pytest.mark.parametrize(
    "host",
    ["", " ", "a b", "testserver/../x", "testserver@evil.test", "evil.test#testserver", "http://testserver"]
    + ["testserver:port", "testserver:80:80", "[::1", "[]", "testserver,evil.test", "tést", "te_st", "<script>", "%00"],
)
def test_what_is_no_name_is_a_bad_request(client, site, host):
    response = ask(client, host, "/")
    assert response.status_code == 400
    assert "National" not in response.content.decode()
    assert "<script>" not in response.content.decode().replace("<script src", "")


@pytest.mark.parametrize("header", ["x-forwarded-host", "x-host", "forwarded", "x-original-host", "x-forwarded-server"])
def test_other_headers_do_not_make_a_name_ours(client, site, header):
    assert client.get("/", headers={"host": "stranger.test", header: "testserver"}).status_code == 404


def test_unknown_name_is_told_so_in_the_coalitions_look(client, site):
    response = ask(client, "stranger.test", "/es/cities/?x=1")
    text = response.content.decode()
    assert '<html lang="es"' in text
    assert 'href="http://testserver/"' in text
    assert response["Cache-Control"] == "no-store"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    style_sheet = text.partition('rel="stylesheet" href="')[2].partition('"')[0]
    assert ask(client, "stranger.test", style_sheet).status_code == 200


@pytest.mark.parametrize("method", ["get", "head", "post", "put", "options"])
@pytest.mark.parametrize("path", ["/", "/admin/", "/admin/login/", "/cities/", "/sitemap.xml", "/media/images/x.png"])
def test_nothing_of_the_portal_is_there_under_an_unknown_name(client, site, method, path):
    response = getattr(client, method)(path, headers={"host": "stranger.test"})
    assert response.status_code == 404
    assert not response.cookies


def test_without_a_list_and_without_names_nothing_is_served(client, site, settings, monkeypatch):
    settings.PORTAL_HOSTS = []
    monkeypatch.setattr(hosts, "_finders", [])
    assert {ask(client, host, "/").status_code for host in ("testserver", "localhost", CITY)} == {404}


def test_added_name_goes_before_a_pattern_that_covers_it(client, site, settings):
    settings.PORTAL_HOSTS = ["*"]
    assert ask(client, CITY, "/admin/")["Location"] == "http://testserver/admin/"
    assert ask(client, "anything.test").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["10.0.0.7:8000", "stranger.test", "localhost"])
def test_health_is_told_to_anybody(client, host):
    assert ask(client, host, "/healthz").status_code == 200


def test_names_are_looked_up_once(client, site):
    ask(client, CITY)
    for host, path in ((CITY, "/robots.txt"), ("stranger.test", "/"), ("testserver", "/robots.txt"), (OLD, "/")):
        with CaptureQueriesContext(connection) as queries:
            ask(client, host, path)
        assert len(queries) == 0, (host, queries.captured_queries)


def test_listed_names_are_answered_without_looking_anything_up(client):
    """No django_db mark: a query would be an error here."""
    assert ask(client, "testserver").status_code == 200


def test_name_counts_as_soon_as_it_is_added(client, site, monkeypatch):
    assert ask(client, "new.mesa.test").status_code == 404
    monkeypatch.setattr(hosts, "_finders", [lambda: {"new.mesa.test": ""}])
    hosts.raise_hosts()
    assert ask(client, "new.mesa.test").status_code == 200
    assert ask(client, CITY).status_code == 404


def test_replaced_name_leads_to_the_new_one(client, site):
    response = ask(client, OLD, "/es/about/?a=1&b=%20", secure=False)
    assert response.status_code == 301
    assert response["Location"] == f"{NEW_ROOT}/es/about/?a=1&b=%20"
    assert "max-age" in response["Cache-Control"]


@pytest.mark.parametrize("path", ["//evil.test/x/", "/\\evil.test/", "/%0d%0aSet-Cookie:%20a=b/"])
def test_replaced_name_leads_nowhere_else(client, site, path):
    response = ask(client, OLD, path)
    assert response["Location"].startswith(f"{NEW_ROOT}/")
    assert not response.cookies


def test_admin_and_views_of_the_portal_are_at_the_portal(client, site):
    for path in ("/admin/", "/admin/pages/3/edit/?x=1", "/admin/nothing/here/"):
        response = ask(client, CITY, path)
        assert (response.status_code, response["Location"]) == (302, f"http://testserver{path}")
    for path in ("/es/styleguide/?a=1", "/dev/mail/"):
        response = ask(client, CITY, path)
        assert (response.status_code, response["Location"]) == (301, f"http://testserver{path}")


def test_page_of_the_site_goes_before_a_view_with_its_address(client, site):
    response = ask(client, CITY, "/styleguide/")
    assert response.status_code == 200
    assert response.wsgi_request.resolver_match.namespace == "styleguide"
    assert "<title>Styleguide" in response.content.decode()


def test_page_that_answers_in_place_of_a_view_still_asks_for_the_forms_token(site):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    assert client.post("/styleguide/", headers={"host": CITY}).status_code == 403


def test_without_its_site_a_name_does_not_show_the_national_one(client, site):
    Site.objects.filter(pk=site.pk).delete()
    assert ask(client, CITY, "/").status_code == 404


def test_views_may_be_opened_to_every_host(client, site, monkeypatch):
    monkeypatch.setattr(hosts, "_everywhere", {*hosts._everywhere})
    assert ask(client, CITY, "/styleguide/colors/").status_code == 301
    hosts.register_on_every_host("styleguide")
    assert ask(client, CITY, "/styleguide/").status_code == 200


def test_strict_transport_of_the_portal_is_not_laid_on_a_citys_domain(client, site, settings):
    settings.SECURE_HSTS_SECONDS = 1000
    assert "includeSubDomains" in ask(client, "testserver", secure=True)["Strict-Transport-Security"]
    assert ask(client, CITY, secure=True)["Strict-Transport-Security"] == "max-age=1000"


def test_unknown_name_is_not_even_sent_to_https(client, site, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert ask(client, "stranger.test", "/").status_code == 404
    assert ask(client, CITY, "/")["Location"] == f"https://{CITY}/"


def test_changed_site_outdates_what_was_known(client, site):
    assert ask(client, CITY, "/admin/")["Location"] == "http://testserver/admin/"
    default = Site.objects.get(is_default_site=True)
    default.hostname, default.port = "www.portal.example", 443
    default.save()
    assert ask(client, CITY, "/admin/")["Location"] == "https://www.portal.example/admin/"


def test_preview_is_drawn_whatever_its_host(site, settings):
    """Wagtail draws previews through a request of its own making, under the name of the page's site."""
    settings.PORTAL_HOSTS = ["elsewhere.example"]
    request = RequestFactory().get("/admin/", SERVER_NAME="elsewhere.example")
    assert site.root_page.make_preview_request(request).status_code == 200
