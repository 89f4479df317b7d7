"""Health check, small files, error pages, social cards, mail in development, and what staff see of operations."""

import datetime
import json
import struct

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connections
from django.test import RequestFactory, override_settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Page, PageViewRestriction

from portal.accounts.factories import UserFactory
from portal.core import outbox, views
from portal.core.models import DueRule, OutboxMessage, TaskFailure
from portal.core.social_views import default_card_url, page_card_url

pytestmark = pytest.mark.django_db


# --- Health and small files


def test_healthy_when_the_database_answers(client):
    response = client.get("/healthz")
    assert (response.status_code, response.json()["status"]) == (200, "ok")
    assert "no-cache" in response["Cache-Control"]


def test_unhealthy_when_the_database_does_not_answer(client):
    connection = connections["default"]
    closed = connection.connection
    connection.connection = ClosedConnection()
    try:
        response = client.get("/healthz")
    finally:
        connection.connection = closed
    assert (response.status_code, response.json()["database"]) == (503, "unreachable")


class ClosedConnection:
    """What a database that went away looks like to Django."""

    def cursor(self, *args, **kwargs):
        raise connections["default"].Database.OperationalError("gone")


def test_robots_are_kept_out_of_the_admin_and_shown_the_sitemap(client):
    text = client.get("/robots.txt", headers={"host": "mesa.example"}).content.decode()
    assert "Disallow: /admin/" in text
    assert "Disallow: /\n" not in text
    assert "Sitemap: http://mesa.example/sitemap.xml" in text


def fields(response):
    lines = [line.partition(": ") for line in response.content.decode().splitlines()]
    return {name: value for name, _colon, value in lines}


def test_security_txt_has_what_the_rfc_asks_for(client):
    with override_settings(SECURITY_CONTACT="security@cities.example"):
        response = client.get("/.well-known/security.txt")
    found = fields(response)
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert found["Contact"] == "mailto:security@cities.example"
    assert found["Preferred-Languages"] == "en, es"
    assert found["Canonical"] == "http://testserver/.well-known/security.txt"
    left = datetime.datetime.fromisoformat(found["Expires"]) - timezone.now()
    assert datetime.timedelta(days=300) < left < datetime.timedelta(days=365)


@pytest.mark.parametrize(
    ("contact", "shown"),
    [("", "mailto:hello@cities.example"), ("https://cities.example/security", "https://cities.example/security")],
)
def test_security_contact_may_be_an_address_a_page_or_our_own(client, contact, shown):
    with override_settings(SECURITY_CONTACT=contact, DEFAULT_FROM_EMAIL="Cities <hello@cities.example>"):
        assert fields(client.get("/.well-known/security.txt"))["Contact"] == shown


def test_icons_and_manifest_are_there(client):
    assert client.get("/favicon.ico")["Location"].endswith(".svg")
    response = client.get("/site.webmanifest")
    assert response["Content-Type"] == "application/manifest+json"
    for icon in json.loads(response.content)["icons"]:
        assert client.get(icon["src"]).status_code == 200, icon


# --- Error pages


@pytest.mark.parametrize(
    ("view", "status"),
    [(views.bad_request, 400), (views.permission_denied, 403), (views.page_not_found, 404), (views.gone, 410)],
)
@pytest.mark.parametrize("language", ["en", "es"])
def test_error_pages_have_the_sites_look(view, status, language):
    request = RequestFactory().get("/nowhere/")
    request.user = UserFactory()
    with override(language):
        response = view(request)
    text = response.content.decode()
    assert response.status_code == status
    assert f'lang="{language}"' in text
    assert text.count("<h1") == 1
    assert 'name="robots" content="noindex"' in text


def test_missing_page_is_a_404_in_the_sites_look(client):
    response = client.get("/nowhere/at/all/")
    assert response.status_code == 404
    assert 'id="main"' in response.content.decode()
    assert client.get("/es/nowhere/").status_code == 404


def test_forms_that_were_open_too_long_get_a_plain_answer():
    request = RequestFactory().post("/contact/")
    request.user = UserFactory()
    with override("en"):
        response = views.csrf_failure(request, reason="CSRF token missing.")
    assert response.status_code == 403
    assert "open for too long" in response.content.decode()


def test_server_error_page_asks_the_database_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        response = views.server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "<h1" in response.content.decode()


# --- Social cards


@pytest.fixture
def page():
    return Page.objects.get(depth=2).add_child(instance=Page(title="Forty roofs in a weekend", slug="roofs"))


def test_card_of_a_live_page_is_a_picture_to_keep(client, page):
    response = client.get(page_card_url(page))
    assert response["Content-Type"] == "image/png"
    assert struct.unpack(">II", response.content[16:24]) == (1200, 630)
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_card_is_drawn_once(client, page, monkeypatch):
    first = client.get(page_card_url(page)).content
    monkeypatch.setattr("resvg_py.svg_to_bytes", lambda **options: pytest.fail("drawn again"))
    assert client.get(page_card_url(page)).content == first


def test_old_address_of_a_card_leads_to_the_new_one(client, page):
    old = page_card_url(page)
    page.title = "Fifty roofs in a weekend"
    page.save()
    assert page_card_url(page) != old
    assert client.get(old)["Location"] == page_card_url(page)


def test_drafts_and_private_pages_have_no_card(client, page):
    url = page_card_url(page)
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert client.get(url).status_code == 404
    restriction.delete()
    page.unpublish()
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("language", ["en", "es"])
def test_site_has_a_card_in_each_language(client, language):
    assert client.get(default_card_url(language))["Content-Type"] == "image/png"


def test_site_has_no_card_in_other_languages(client):
    assert client.get(reverse("core:site_card", args=["fr", "0" * 16])).status_code == 404


# --- Mail in development


def write_mail(**values):
    return outbox.queue(
        **{"key": "k1", "to": ["ana@cities.example"], "subject": "Your place", "text": "See you there.", **values}
    )


def test_mail_can_be_read_in_development(client):
    message = write_mail(html="<p>See <script>alert(1)</script></p>")
    with override_settings(DEV_MAIL_PAGE=True):
        assert "Your place" in client.get("/dev/mail/").content.decode()
        text = client.get(reverse("core:dev_mail_message", args=[message.pk])).content.decode()
    assert "See you there." in text
    assert "<script>alert(1)" not in text
    assert "&lt;script&gt;alert(1)" in text


def test_empty_mail_page_says_so(client):
    with override_settings(DEV_MAIL_PAGE=True):
        assert "No mail yet" in client.get("/dev/mail/").content.decode()


def test_mail_pages_do_not_exist_elsewhere(client):
    message = write_mail()
    with override_settings(DEV_MAIL_PAGE=False):
        assert client.get("/dev/mail/").status_code == 404
        assert client.get(reverse("core:dev_mail_message", args=[message.pk])).status_code == 404


def test_list_of_mail_asks_few_questions(client, django_assert_max_num_queries):
    for number in range(60):
        write_mail(key=f"k{number}")
    with override_settings(DEV_MAIL_PAGE=True), django_assert_max_num_queries(15):
        client.get("/dev/mail/")


# --- Operations in the admin


def person_with(*codenames):
    user = UserFactory()
    group = Group.objects.create(name="+".join(codenames) or "nobody")
    permissions = Permission.objects.filter(codename__in=["access_admin", *codenames])
    assert permissions.count() == len(codenames) + 1
    group.permissions.add(*permissions)
    user.groups.add(group)
    return user


STAFF = ["view_outboxmessage", "change_outboxmessage", "view_duerule", "view_taskfailure", "change_taskfailure"]
PLACES = ["mail", "time-rules", "failed-tasks"]


@pytest.mark.parametrize("place", PLACES)
def test_staff_read_lists_and_records(client, place):
    records = {
        "mail": write_mail(),
        "time-rules": DueRule.objects.create(name="core.send_mail", outcome="3 mails sent"),
        "failed-tasks": TaskFailure.objects.create(task="some.task", error="Traceback"),
    }
    client.force_login(person_with(*STAFF))
    assert client.get(reverse(f"{place}:index")).status_code == 200
    assert client.get(reverse(f"{place}:index_results")).status_code == 200
    assert client.get(reverse(f"{place}:inspect", args=[records[place].pk])).status_code == 200


def test_record_of_a_mail_can_be_read(client):
    message = write_mail(cc=["bo@cities.example", "cy@cities.example"], text="Dear Ana,\nsee you <there>.")
    client.force_login(person_with(*STAFF))
    text = client.get(reverse("mail:inspect", args=[message.pk])).content.decode()
    assert "bo@cities.example, cy@cities.example" in text
    assert "Dear Ana,\nsee you &lt;there&gt;." in text
    assert "Blind copy to" not in text, "nothing to say"


@pytest.mark.parametrize("place", PLACES)
def test_superuser_sees_them_too(client, place):
    client.force_login(UserFactory(is_superuser=True))
    assert client.get(reverse(f"{place}:index")).status_code == 200


@pytest.mark.parametrize("place", PLACES)
def test_city_people_see_none_of_it(client, place):
    message = write_mail()
    client.force_login(person_with())
    assert client.get(reverse(f"{place}:index")).status_code == 302
    assert client.get(reverse("mail:inspect", args=[message.pk])).status_code == 302
    assert reverse(f"{place}:index") not in client.get("/admin/").content.decode()


def test_mail_can_be_searched_and_filtered(client):
    write_mail()
    write_mail(key="k2", subject="Another matter")
    client.force_login(person_with(*STAFF))
    found = client.get(reverse("mail:index"), {"q": "place"}).content.decode()
    assert "Your place" in found
    assert "Another matter" not in found
    assert client.get(reverse("mail:index"), {"status": "sent"}).status_code == 200


def given_up():
    message = write_mail()
    OutboxMessage.objects.filter(pk=message.pk).update(status=OutboxMessage.Status.FAILED, attempts=7)
    return message


def test_staff_meet_trouble_on_the_first_page_and_decide(client):
    message = given_up()
    DueRule.objects.create(name="test.broken", error="LookupError")
    TaskFailure.objects.create(task="some.task", error="Traceback")
    client.force_login(person_with(*STAFF))
    home = client.get("/admin/").content.decode()
    assert "1 mail could not be sent for certain." in home
    assert "1 time rule failed" in home
    assert "1 background task failed." in home
    assert (
        reverse("mail:send-again", args=[message.pk])
        in client.get(reverse("mail:inspect", args=[message.pk])).content.decode()
    )
    client.post(reverse("mail:send-again", args=[message.pk]))
    message.refresh_from_db()
    assert (message.status, message.attempts) == (OutboxMessage.Status.QUEUED, 0)


def test_when_all_is_well_nothing_is_shown(client):
    write_mail()
    client.force_login(person_with(*STAFF))
    assert 'id="trouble"' not in client.get("/admin/").content.decode()


def test_second_decision_is_answered_with_a_message(client):
    message = given_up()
    client.force_login(person_with(*STAFF))
    client.post(reverse("mail:arrived", args=[message.pk]))
    response = client.post(reverse("mail:send-again", args=[message.pk]), follow=True)
    assert "Somebody has decided" in response.content.decode()
    message.refresh_from_db()
    assert message.status == OutboxMessage.Status.SENT


def test_who_may_only_look_may_not_decide(client):
    message = given_up()
    client.force_login(person_with("view_outboxmessage"))
    assert (
        reverse("mail:send-again", args=[message.pk])
        not in client.get(reverse("mail:inspect", args=[message.pk])).content.decode()
    )
    client.post(reverse("mail:send-again", args=[message.pk]))
    message.refresh_from_db()
    assert message.status == OutboxMessage.Status.FAILED


def test_decisions_are_not_taken_by_following_a_link(client):
    message = given_up()
    client.force_login(person_with(*STAFF))
    assert client.get(reverse("mail:send-again", args=[message.pk])).status_code == 405
