import datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from portal.accounts import sessions
from portal.accounts.factories import UserFactory
from portal.accounts.models import SignIn
from portal.accounts.tests.people import PASSWORD, is_signed_in, logged, mails, sign_in

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19.0 Mobile Safari/604"
NEW = "a-lantern-in-the-fog-9"


@pytest.fixture
def phone(user):
    client = Client(HTTP_USER_AGENT=PHONE)
    sign_in(client, user)
    return client


@pytest.fixture
def desk(user):
    client = Client(HTTP_USER_AGENT=FIREFOX)
    sign_in(client, user)
    return client


def test_list_names_each_browser_and_which_is_this(phone, desk):
    page = desk.get(reverse("account_overview")).content.decode()
    assert "Firefox on Windows" in page
    assert "Safari on iPhone" in page
    assert page.count("this browser") == 1
    assert page.index("Firefox on Windows") < page.index("Safari on iPhone")


def test_no_network_address_is_kept(phone):
    names = {field.name for field in SignIn._meta.get_fields()}
    assert not any("ip" in name.split("_") or "address" in name for name in names)


def test_ending_a_session_signs_that_browser_out(phone, desk, user):
    other = SignIn.objects.get(user=user, system="iPhone")
    desk.post(reverse("account_end_session", args=[other.pk]))
    assert not is_signed_in(phone)
    assert is_signed_in(desk)
    assert "session_ended" in logged(user)


def test_nobody_ends_the_session_of_somebody_else(phone, user):
    stranger = Client()
    sign_in(stranger, UserFactory())
    theirs = SignIn.objects.get(user=user)
    assert stranger.post(reverse("account_end_session", args=[theirs.pk])).status_code == 404
    assert is_signed_in(phone)


def test_sign_out_everywhere_else(phone, desk, user):
    desk.post(reverse("account_end_others"))
    assert not is_signed_in(phone)
    assert is_signed_in(desk)
    assert mails()[-1] == "You were signed out everywhere else"


def test_signing_out_takes_the_session_off_the_list(phone, desk, user):
    phone.post(reverse("account_logout"))
    assert [one.system for one in sessions.open_ones(user)] == ["Windows"]


def test_wagtail_s_way_out_does_the_same(client, user):
    user.is_superuser = True
    user.save()
    sign_in(client, user)
    client.post(reverse("wagtailadmin_logout"))
    assert sessions.open_ones(user) == []
    assert not is_signed_in(client)


def test_password_change_ends_all_other_sessions(phone, desk, user):
    form = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    assert desk.post(reverse("account_change_password"), form).url == reverse("account_overview")
    assert is_signed_in(desk)
    assert not is_signed_in(phone)
    assert [one.system for one in sessions.open_ones(user)] == ["Windows"]
    assert "password_changed" in logged(user)
    assert mails()[-1] == "Your password was changed"


def test_password_change_asks_for_the_one_of_now_five_times_a_minute(desk, user):
    form = {"old_password": "wrong", "new_password1": NEW, "new_password2": NEW}
    answers = [desk.post(reverse("account_change_password"), form).status_code for _number in range(7)]
    assert answers == [422] * 5 + [429] * 2
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_session_is_seen_every_five_minutes_at_most(user):
    user.is_superuser = True
    user.save()
    with time_machine.travel("2026-11-23T10:00:00Z", tick=False) as clock:
        client = Client()
        sign_in(client, user)
        began = SignIn.objects.get().seen_at
        clock.shift(60)
        client.get("/admin/")
        assert SignIn.objects.get().seen_at == began
        clock.shift(600)
        client.get("/admin/")
        assert SignIn.objects.get().seen_at == began + datetime.timedelta(seconds=660)


def test_records_of_sessions_that_ran_out_are_forgotten(client, user):
    sign_in(client, user)
    with time_machine.travel(datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=30)):
        assert sessions.open_ones(user) == []
        sessions.forget_ended()
    assert not SignIn.objects.exists()


def test_list_costs_the_same_for_many_sessions(desk, user, django_assert_max_num_queries):
    for _number in range(12):
        sign_in(Client(HTTP_USER_AGENT=PHONE), user)
    with django_assert_max_num_queries(14):
        assert desk.get(reverse("account_overview")).content.decode().count("Safari on iPhone") >= 12


def test_account_pages_are_for_people_who_are_signed_in(client):
    for name in ("account_overview", "mfa_index", "account_change_password", "mfa_activate_totp"):
        assert client.get(reverse(name)).url.startswith("/account/login/?next=")


def test_account_settings_of_the_admin_lead_here(client, user):
    user.is_superuser = True
    user.save()
    sign_in(client, user)
    page = client.get(reverse("wagtailadmin_account")).content.decode()
    assert f'href="{reverse("account_overview")}"' in page
    assert "password-old_password" not in page
