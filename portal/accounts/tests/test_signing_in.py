import re

import pytest
import time_machine
from django.apps import apps
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.views import LoginView as DjangoLoginView
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, resolve, reverse

from portal.accounts.devices import _cookie_name
from portal.accounts.factories import UserFactory
from portal.accounts.models import User
from portal.accounts.tests.people import PASSWORD, answer_to, close, is_signed_in, logged, mails, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def checked(monkeypatch):
    """Counts the passwords that were really looked at."""
    seen = []
    encode = MD5PasswordHasher.encode

    def counting(self, password, salt):
        seen.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counting)
    return seen


def test_right_password_leads_to_where_one_was_going(client, user):
    page = client.get("/account/login/?next=/admin/pages/").content.decode()
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page
    form = {"username": "ANA@Tulsa.example ", "password": PASSWORD, "next": "/admin/pages/"}
    assert client.post(reverse("account_login"), form).url == "/admin/pages/"
    assert is_signed_in(client)
    assert logged(user) == ["new_device", "signed_in"]


@pytest.mark.parametrize("goal", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_nobody_is_led_to_another_site(client, user, goal):
    form = {"username": user.email, "password": PASSWORD, "next": goal}
    assert client.post(reverse("account_login"), form).url == "/admin/"


def test_wrong_password_keeps_the_address_and_never_the_password(client, user):
    response = sign_in(client, user, "wrong-lantern-77")
    page = response.content.decode()
    assert response.status_code == 422
    assert "do not fit together" in page
    assert 'value="ana@tulsa.example"' in page
    assert "wrong-lantern-77" not in page
    assert not is_signed_in(client)
    assert logged(user) == ["sign_in_failed"]


def test_of_thirty_wrong_passwords_five_are_looked_at(client, user, checked):
    answers = [sign_in(client, user, f"wrong-{number}").status_code for number in range(30)]
    assert answers == [422] * 5 + [429] * 25
    assert len(checked) == 5
    assert logged(user) == ["sign_in_failed"] * 5 + ["sign_in_throttled"], "one line a minute for what was turned away"


def test_message_says_how_long_to_wait_and_that_is_true(client, user):
    with time_machine.travel("2026-11-23T10:00:00Z", tick=False) as clock:
        for _number in range(5):
            sign_in(client, user, "wrong")
        clock.shift(20)
        page = sign_in(client, user).content.decode()
        assert "Wait 40 seconds" in page
        clock.shift(39)
        assert sign_in(client, user).status_code == 429
        clock.shift(2)
        assert sign_in(client, user).status_code == 302


@pytest.mark.slow
def test_never_more_than_five_in_any_minute(client, user, checked):
    with time_machine.travel("2026-11-23T10:00:50Z", tick=False) as clock:
        for _second in range(120):
            sign_in(client, user, "wrong")
            clock.shift(1)
    assert len(checked) <= 10, "two minutes"


def test_attack_from_many_places_is_slowed_down_per_account(user, checked):
    for number in range(30):
        sign_in(Client(), user, "wrong", REMOTE_ADDR=f"198.51.100.{number}")
    assert len(checked) == 5


def test_attack_on_many_accounts_is_slowed_down_per_address(checked):
    users = [UserFactory() for _number in range(8)]
    del checked[:]
    for one in users:
        sign_in(Client(), one, "wrong", REMOTE_ADDR="198.51.100.7")
    assert len(checked) == 5


def test_owner_gets_in_while_strangers_hammer_on_the_account(client, user):
    sign_in(client, user)
    client.post(reverse("account_logout"))
    for number in range(30):
        sign_in(Client(), user, "wrong", REMOTE_ADDR=f"198.51.100.{number}")
    assert sign_in(Client(), user, REMOTE_ADDR="203.0.113.9").status_code == 429, "a browser never seen has to wait"
    assert sign_in(client, user).status_code == 302


def test_owner_gets_in_while_a_neighbor_hammers_from_the_same_address(client, user):
    sign_in(client, user)
    client.post(reverse("account_logout"))
    neighbor = Client()
    for number in range(30):
        sign_in(neighbor, f"nobody{number}@tulsa.example", "wrong")
    assert sign_in(client, user).status_code == 302


def test_known_browser_has_five_tries_a_minute_too(client, user, checked):
    sign_in(client, user)
    client.post(reverse("account_logout"))
    del checked[:]
    for _number in range(30):
        sign_in(client, user, "wrong")
    assert len(checked) == 5


def test_mark_of_one_account_is_worth_nothing_for_another(client, user):
    other = UserFactory()
    sign_in(client, other)
    client.post(reverse("account_logout"))
    name, mark = next((name, cookie.value) for name, cookie in client.cookies.items() if "device-" in name)
    stranger = Client()
    for number in range(5):
        sign_in(Client(), user, "wrong", REMOTE_ADDR=f"198.51.100.{number}")
    sign_in(stranger, user, "wrong", REMOTE_ADDR="203.0.113.9")
    stranger.cookies[_cookie_name(user.email)] = mark
    assert sign_in(stranger, user, REMOTE_ADDR="203.0.113.9").status_code == 429
    assert name != _cookie_name(user.email)


def test_server_that_knows_no_addresses_does_not_count_everybody_as_one(checked):
    for _number in range(8):
        assert sign_in(Client(), UserFactory(), "wrong", REMOTE_ADDR="").status_code == 422


def test_people_who_share_an_address_sign_in_at_the_same_minute():
    for _number in range(8):
        assert sign_in(Client(), UserFactory()).status_code == 302


def test_address_without_an_account_gets_the_same_answer(client, user, checked, django_assert_num_queries):
    def without_address(page, email):
        return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page.replace(email, "")).strip()

    known = sign_in(Client(), user, "wrong", REMOTE_ADDR="198.51.100.1")
    looked_at = len(checked)
    unknown = sign_in(Client(), "nobody@tulsa.example", "wrong", REMOTE_ADDR="198.51.100.2")
    assert (known.status_code, looked_at) == (unknown.status_code, len(checked) - looked_at)
    pages = [
        without_address(answer.content.decode(), email)
        for answer, email in ((known, user.email), (unknown, "nobody@tulsa.example"))
    ]
    assert pages[0] == pages[1]
    for email in (user.email, "nobody@tulsa.example"):
        for number in range(5):
            sign_in(Client(), email, "wrong", REMOTE_ADDR=f"203.0.113.{number}")
        assert sign_in(Client(), email, "wrong", REMOTE_ADDR="203.0.113.99").status_code == 429


def test_nothing_is_written_down_before_the_answer_has_left(rf, user):
    response = answer_to(rf.post(reverse("account_login"), {"username": user.email, "password": "wrong"}))
    assert response.status_code == 422
    assert logged(user) == []
    close(response)
    assert logged(user) == ["sign_in_failed"]


def test_closed_account_reads_like_a_wrong_password(client, user):
    User.objects.update(is_active=False)
    response = sign_in(client, user)
    assert response.status_code == 422
    assert "do not fit together" in response.content.decode()


def test_nobody_can_sign_up(client):
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")
    for path in ("/account/signup/", "/accounts/signup/", "/account/email/"):
        assert client.get(path).status_code == 404


def test_wagtail_s_addresses_lead_to_ours(client):
    assert client.get("/admin/login/?next=/admin/pages/").url == "/account/login/?next=%2Fadmin%2Fpages%2F"
    assert client.get("/admin/").url == "/account/login/?next=/admin/"
    assert client.get("/admin/password_reset/").url == "/account/password/reset/"
    assert client.get("/admin/password_reset/confirm/MQ/abc-def/").url == "/account/password/reset/MQ/abc-def/"
    assert reverse("wagtailadmin_login") == "/admin/login/"


@pytest.mark.parametrize("door", ["/admin/login/", "/_util/login/", "/es/_util/login/"])
def test_wagtail_s_own_sign_in_forms_are_out_of_reach(client, user, door):
    assert "/account/login/" in client.post(door, {"username": user.email, "password": PASSWORD}).url
    assert not is_signed_in(client)


def test_every_door_with_a_password_is_ours():
    doors = {
        reverse(pattern.name)
        for pattern in patterns(get_resolver())
        if issubclass(getattr(pattern.callback, "view_class", object), DjangoLoginView)
    }
    assert doors, "Wagtail has some, which ours stand before"
    assert not any(hasattr(resolve(door).func, "view_class") for door in doors)


def test_private_page_sends_its_reader_to_our_sign_in(client, user):
    assert client.get("/_util/login/?next=/members/").url == "/account/login/?next=%2Fmembers%2F"


def test_pages_are_never_kept_listed_or_framed(client, user):
    for path in ("/account/login/", "/es/account/login/", "/account/password/reset/"):
        response = client.get(path)
        assert "no-store" in response["Cache-Control"]
        assert response["X-Robots-Tag"] == "noindex, nofollow"
        assert 'content="noindex"' in response.content.decode()
        assert response["X-Frame-Options"] == "DENY"
        assert "'unsafe-inline'" not in response["Content-Security-Policy"]
        assert "publickey-credentials-get=(self)" in response["Permissions-Policy"]


def test_new_browser_is_told_to_the_owner_once(client, user):
    sign_in(client, user)
    client.post(reverse("account_logout"))
    sign_in(client, user)
    assert mails() == ["New sign-in to your account"]
    assert "signed_out" in logged(user)


def test_mark_of_the_browser_is_out_of_reach_of_scripts(client, user, settings):
    settings.SESSION_COOKIE_SECURE = True
    response = sign_in(client, user)
    cookie = next(cookie for name, cookie in response.cookies.items() if "device-" in name)
    assert cookie["httponly"]
    assert cookie["secure"]
    assert user.email not in cookie.OutputString()


def test_public_pages_do_not_depend_on_who_is_signed_in(client, user):
    assert "Cookie" not in client.get("/robots.txt").get("Vary", "")
    client.force_login(user)
    assert "Cookie" not in client.get("/robots.txt").get("Vary", "")


def test_no_token_of_an_api_goes_round_the_sign_in(client):
    assert not apps.is_installed("wagtail.api.v3")
    addresses = [str(one.pattern).lower().replace("token>", "") for one in patterns(get_resolver())]
    assert not any("token" in address for address in addresses)


def patterns(resolver):
    for one in resolver.url_patterns:
        if hasattr(one, "url_patterns"):
            yield from patterns(one)
        else:
            yield one
