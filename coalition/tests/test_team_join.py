"""The page behind an invitation's link: the way in that fits the visitor, and a closed door that tells nothing."""

import datetime
import re

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from coalition.factories import CityFactory, asked, on_team
from coalition.invitation_links import token_of
from coalition.models import Role
from coalition.services.invitations import withdraw
from coalition.services.team_rules import roles_held
from coalition.services.teams import groups_for
from coalition.views.invitation import WRONG_TRIES
from portal.accounts.factories import UserFactory
from portal.accounts.models import User
from portal.core.models import OutboxMessage

pytestmark = pytest.mark.django_db
PASSWORD = "seven green bicycles"
HOME = "/admin/"


@pytest.fixture
def city():
    return CityFactory(name="Tulsa", state="OK")


@pytest.fixture
def lead(city):
    return on_team(city, Role.LEAD, email="lena@tulsa.example", first_name="Lena", last_name="Lead")


def url_of(invitation):
    return reverse("coalition_invitation:join", args=[token_of(invitation)])


def joining(**changes):
    return {"name": "Ana Ruiz", "password1": PASSWORD, "password2": PASSWORD, **changes}


def test_from_the_invitation_to_the_admin(client, lead, city):
    client.force_login(lead)
    people = reverse("coalition_team:people", args=[city.pk])
    form = {"name": "Ana Ruiz", "email": "Ana@Neighbors.example", "roles": ["author", "hiring"]}
    response = client.post(reverse("coalition_team:invite", args=[city.pk]), form, follow=True)
    assert response.redirect_chain == [(people, 302)]
    assert "The invitation is on its way to ana@neighbors.example." in response.content.decode()
    client.logout()

    mail = OutboxMessage.objects.get()
    assert mail.to == ["ana@neighbors.example"]
    link = re.search(r"http://localhost(/team/join/\S+)", mail.text)[1]
    page = client.get(link).content.decode()
    for told in (
        "Join the team of Tulsa",
        "Lena Lead invites you",
        "Author",
        "Hiring manager",
        "ana@neighbors.example",
    ):
        assert told in page
    assert 'value="Ana Ruiz"' in page

    before = client.session.session_key
    response = client.post(link, joining())
    assert (response.status_code, response.url) == (302, HOME)
    assert client.session.session_key != before
    response = client.get(HOME)
    assert response.status_code == 200
    assert "Welcome to the team of Tulsa, OK." in response.content.decode()
    assert roles_held(city, User.objects.get(email="ana@neighbors.example")) == {"author", "hiring"}

    client.logout()
    assert (
        client.post(reverse("account_login"), {"username": "ana@neighbors.example", "password": PASSWORD}).url == HOME
    )


def test_whoever_has_an_account_is_sent_to_sign_in_and_comes_back(client, city):
    UserFactory(email="ana@neighbors.example")
    invitation = asked(city)
    page = client.get(url_of(invitation)).content.decode()
    assert "password1" not in page
    sign_in = re.search(r'href="(/account/login/\?next=[^"]+)"', page)[1]
    response = client.post(sign_in, {"username": "ana@neighbors.example", "password": "correct horse battery"})
    assert response.url == url_of(invitation)
    assert "One click and you are on the team." in client.get(response.url).content.decode()
    before = client.session.session_key
    assert client.post(response.url).url == HOME
    assert client.session.session_key != before
    assert client.get(HOME).status_code == 200


def test_a_form_is_not_taken_while_there_is_an_account(client, city):
    ana = UserFactory(email="ana@neighbors.example")
    assert client.post(url_of(asked(city)), joining()).status_code == 200
    assert User.objects.get(pk=ana.pk).check_password("correct horse battery")
    assert not roles_held(city, ana)


def test_somebody_else_is_asked_to_sign_out_first(client, city):
    other = UserFactory(email="bo@neighbors.example")
    client.force_login(other)
    invitation = asked(city)
    page = client.get(url_of(invitation)).content.decode()
    assert "you are signed in as bo@neighbors.example" in page
    assert client.post(url_of(invitation), joining()).status_code == 200
    assert not roles_held(city, other)
    assert not User.objects.filter(email="ana@neighbors.example").exists()
    response = client.post(url_of(invitation), {"sign_out": "1"})
    assert response.url == url_of(invitation)
    assert "password1" in client.get(response.url).content.decode()


def test_an_account_that_the_coalition_closed_is_told_whom_to_ask(client, city):
    invitation = asked(city)
    UserFactory(email="ana@neighbors.example", is_active=False).groups.add(groups_for(city)[Role.LEAD])
    assert "Your account was closed" in client.get(url_of(invitation)).content.decode()
    assert client.post(url_of(invitation), joining()).status_code == 200
    assert not User.objects.get(email="ana@neighbors.example").is_active


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"name": " "}, "Write your name."),
        ({"password1": "", "password2": ""}, "Choose a password."),
        ({"password2": "seven red bicycles"}, "The two passwords differ."),
        ({"password1": "short", "password2": "short"}, "This password is too short."),
        ({"password1": "ana@neighbors.example", "password2": "ana@neighbors.example"}, "is too similar to the e-mail"),
        ({"password1": "123456789012", "password2": "123456789012"}, "This password is entirely numeric."),
    ],
)
def test_what_is_wrong_is_said_and_the_name_is_kept(client, city, changes, told):
    response = client.post(url_of(asked(city)), joining(name="Ana María").copy() | changes)
    assert response.status_code == 422
    page = response.content.decode()
    assert told in page
    assert PASSWORD not in page
    if "name" not in changes:
        assert 'value="Ana María"' in page
    assert not User.objects.exists()


def test_the_requirements_are_said_beforehand(client, city):
    page = client.get(url_of(asked(city))).content.decode()
    assert "Your password must contain at least 12 characters." in page


def test_the_address_comes_from_the_invitation_whatever_is_posted(client, city):
    client.post(url_of(asked(city)), joining(email="mallory@elsewhere.example", roles=["lead"]))
    user = User.objects.get()
    assert user.email == "ana@neighbors.example"
    assert roles_held(city, user) == {"editor"}


def test_a_used_link_is_over_and_offers_to_sign_in(client, city):
    invitation = asked(city)
    client.post(url_of(invitation), joining())
    client.logout()
    for response in (client.get(url_of(invitation)), client.post(url_of(invitation), joining())):
        page = response.content.decode()
        assert response.status_code == 410
        assert "This invitation was used" in page
        assert reverse("wagtailadmin_login") in page


def test_links_that_are_over_say_why_and_tell_nothing_else(client, city, lead):
    withdrawn, replaced = asked(city, by=lead), asked(city, "bo@neighbors.example", by=lead)
    withdraw(invitation=withdrawn, by=lead)
    asked(city, "bo@neighbors.example", by=lead)
    for invitation in (withdrawn, replaced):
        response = client.get(url_of(invitation))
        assert response.status_code == 410
        assert "This link no longer works" in response.content.decode()
        assert_tells_nothing(response)


def test_a_link_is_over_after_seven_days(client, city, lead):
    invitation = asked(city, by=lead)
    with time_machine.travel(timezone.now() + datetime.timedelta(days=7, seconds=1)):
        response = client.post(url_of(invitation), joining())
    assert response.status_code == 410
    assert "This invitation has run out" in response.content.decode()
    assert_tells_nothing(response)
    assert not User.objects.filter(email="ana@neighbors.example").exists()


def assert_tells_nothing(response):
    main = re.search(r"<main.*</main>", response.content.decode(), re.DOTALL)[0]
    for secret in ("Tulsa", "Lena", "Ana", "neighbors.example", "tulsa.example", "Editor"):
        assert secret not in main


def test_a_link_that_was_tampered_with_is_not_found(client, city, lead):
    address = url_of(asked(city, by=lead))
    response = client.get(address[:-3] + "/")
    assert response.status_code == 404
    assert "The link is not whole." in response.content.decode()
    assert_tells_nothing(response)
    assert client.get("/team/").status_code == 404


def test_many_wrong_links_from_one_place_have_to_wait_and_right_ones_work(client, city):
    invitation = asked(city)
    with time_machine.travel("2026-11-23T15:10:00Z", tick=False):
        statuses = [client.get(f"/team/join/{number}.x.y/").status_code for number in range(WRONG_TRIES + 2)]
    assert statuses == [404] * WRONG_TRIES + [429] * 2
    assert client.get(url_of(invitation)).status_code == 200


@pytest.mark.parametrize("kind", ["open", "used", "unknown"])
def test_the_page_is_never_kept_listed_or_told_on(client, city, kind):
    invitation = asked(city)
    address = url_of(invitation)
    if kind == "used":
        client.post(address, joining())
        client.logout()
    response = client.get(address if kind != "unknown" else "/team/join/1.x.y/")
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert '<meta name="robots" content="noindex">' in response.content.decode()
    # The page with a form cannot have "no-referrer": the browser would send the form with "Origin: null".
    assert response["Referrer-Policy"] == ("strict-origin" if kind == "open" else "no-referrer")


def test_the_page_speaks_spanish_under_its_address(client, city):
    response = client.get(f"/es{url_of(asked(city))}")
    assert response.status_code == 200
    assert '<html lang="es"' in response.content.decode()


def test_a_form_without_its_token_is_refused(city):
    from django.test import Client

    assert Client(enforce_csrf_checks=True).post(url_of(asked(city)), joining()).status_code == 403
    assert not User.objects.exists()


def test_the_page_asks_few_queries(client, city, lead, django_assert_max_num_queries):
    address = url_of(asked(city, by=lead))
    client.get(address)
    with django_assert_max_num_queries(10):
        client.get(address)
