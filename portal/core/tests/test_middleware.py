"""Maintenance, security headers, and the quick way to a page, through the whole stack."""

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from portal.accounts.factories import UserFactory
from portal.core.middleware import ContentSecurityPolicyMiddleware


def directives(response):
    return dict(part.strip().partition(" ")[::2] for part in response["Content-Security-Policy"].split(";"))


def answer_to(path, **headers):
    def view(request):
        response = HttpResponse("ok")
        for name, value in headers.items():
            response[name.replace("_", "-")] = value
        return response

    return ContentSecurityPolicyMiddleware(view)(RequestFactory().get(path))


def test_public_pages_load_our_own_files_and_nothing_else(settings):
    settings.SECURE_SSL_REDIRECT = False
    assert directives(answer_to("/cities/")) == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "font-src": "'self'",
        "img-src": "'self'",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "object-src": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'self'",
        "base-uri": "'none'",
    }


def test_the_admin_has_a_policy_of_its_own_without_eval():
    policy = directives(answer_to("/admin/pages/3/edit/"))
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self' 'unsafe-inline'",
        "script-src-attr": "'none'",
        "style-src": "'self' 'unsafe-inline'",
        "font-src": "'self'",
        "img-src": "'self' data: blob:",
        "connect-src": "'self'",
        "frame-src": "'self'",
        "manifest-src": "'self'",
        "media-src": "'self'",
        "object-src": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'self'",
        "base-uri": "'none'",
    }


def test_address_that_only_begins_like_the_admin_is_public():
    assert directives(answer_to("/administration/"))["script-src"] == "'self'"


def test_insecure_requests_are_upgraded_where_https_is_the_rule(settings):
    settings.SECURE_SSL_REDIRECT = True
    assert "upgrade-insecure-requests" in directives(answer_to("/"))


def test_files_on_a_host_of_their_own_are_allowed_from_there(settings):
    settings.STATIC_URL = "https://static.cities.example/v1/"
    settings.MEDIA_URL = "https://media.cities.example/"
    policy = directives(answer_to("/"))
    assert policy["style-src"] == "'self' https://static.cities.example"
    assert policy["img-src"] == "'self' https://static.cities.example https://media.cities.example"
    assert policy["connect-src"] == "'self'"


def test_other_security_headers():
    response = answer_to("/")
    assert "geolocation=()" in response["Permissions-Policy"]
    assert "publickey" not in response["Permissions-Policy"], "passkeys would not work"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"


def test_view_may_set_its_own_headers():
    response = answer_to("/", Content_Security_Policy="sandbox", Cross_Origin_Resource_Policy="cross-origin")
    assert response["Content-Security-Policy"] == "sandbox"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_maintenance_answers_503_without_a_database(settings, client):
    """No django_db mark: a query would be an error here."""
    settings.MAINTENANCE_MODE = True
    response = client.get("/cities/")
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert response["Cache-Control"] == "no-store"
    assert "<h1>" in response.content.decode()
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"


def test_maintenance_speaks_the_readers_language(settings, client):
    settings.MAINTENANCE_MODE = True
    assert '<html lang="es"' in client.get("/es/cities/").content.decode()
    assert '<html lang="en"' in client.get("/cities/", headers={"Accept-Language": "es"}).content.decode()


@pytest.mark.django_db
def test_maintenance_lets_health_checks_and_its_own_style_sheet_through(settings, client):
    settings.MAINTENANCE_MODE = True
    assert client.get("/healthz").status_code == 200
    style_sheet = client.get("/cities/").content.decode().partition('rel="stylesheet" href="')[2].partition('"')[0]
    assert client.get(style_sheet).status_code == 200
    assert client.get("/healthz-not").status_code == 503


@pytest.mark.django_db
def test_pages_are_found_by_the_middleware(client):
    home = Page.objects.get(depth=2)
    home.add_child(instance=Page(title="About", slug="about"))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get("/about/")
    assert not any('"slug" = ' in query["sql"] for query in queries), "stock routing asked for each part of the path"


@pytest.mark.django_db
def test_admin_is_served_with_its_policy(client):
    client.force_login(UserFactory(is_superuser=True))
    response = client.get("/admin/")
    assert response.status_code == 200
    assert "'unsafe-inline'" in directives(response)["script-src"]


def test_policy_stands_in_the_middleware_list():
    assert "portal.core.middleware.ContentSecurityPolicyMiddleware" in django_settings.MIDDLEWARE
