import re

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from portal.accounts import signing_in
from portal.accounts.factories import UserFactory
from portal.accounts.tests.people import (
    SECRET,
    code_now,
    grow_stale,
    is_signed_in,
    logged,
    mails,
    sign_in,
    stored_secret,
    with_app,
    with_codes,
)

pytestmark = pytest.mark.django_db
CODE = "mfa_authenticate"


@pytest.fixture
def guarded():
    return with_app(email="ana@tulsa.example")


def enter(client, code):
    return client.post(reverse(CODE), {"code": code})


def secret_on(page):
    return re.search(r'class="secret">([A-Z2-7 ]+)<', page.content.decode())[1].replace(" ", "")


def test_password_alone_opens_nothing(client, guarded):
    response = client.post(
        "/account/login/?next=/account/", {"username": guarded.email, "password": "correct horse battery"}
    )
    assert response.url == reverse(CODE)
    assert not is_signed_in(client)
    assert client.get("/admin/").url.startswith("/account/login/")
    page = client.get(reverse(CODE)).content.decode()
    assert 'autocomplete="one-time-code"' in page
    assert enter(client, code_now()).url == "/account/"
    assert is_signed_in(client)


def test_code_page_is_closed_without_a_password(client, guarded):
    assert enter(client, code_now()).url == reverse("account_login")
    assert not is_signed_in(client)


def test_code_counts_once(client, guarded):
    with time_machine.travel("2026-11-23T10:00:05Z", tick=False) as clock:
        sign_in(client, guarded)
        code = code_now()
        assert enter(client, code).status_code == 302
        for seconds in (0, 20, 15):  # it would fit for 60 seconds
            clock.shift(seconds)
            thief = Client()
            sign_in(thief, guarded)
            assert enter(thief, code).status_code == 422
            assert not is_signed_in(thief)


@pytest.mark.parametrize(("steps", "is_right"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_clock_may_be_half_a_minute_wrong(client, guarded, steps, is_right):
    with time_machine.travel("2026-11-23T10:00:05Z", tick=False):
        sign_in(client, guarded)
        enter(client, code_now(steps=steps))
        assert is_signed_in(client) is is_right


def test_wrong_codes_are_looked_at_five_times_a_minute(client, guarded):
    sign_in(client, guarded)
    answers = [enter(client, "000000").status_code for _number in range(30)]
    assert answers == [422] * 5 + [429] * 25
    assert enter(client, code_now()).status_code == 429
    assert logged(guarded).count("code_failed") == 5
    assert logged(guarded).count("sign_in_throttled") == 1


def test_somebody_with_the_password_cannot_keep_the_owner_out(client, guarded):
    sign_in(client, guarded)
    enter(client, code_now())
    client.post(reverse("account_logout"))
    thief = Client()
    sign_in(thief, guarded)
    for _number in range(10):
        enter(thief, "000000")
    sign_in(client, guarded)
    assert enter(client, code_now(steps=1)).status_code == 302


def test_recovery_code_works_once_and_is_told_to_the_owner(client, guarded):
    codes = with_codes(guarded)
    sign_in(client, guarded)
    assert enter(client, codes[0]).status_code == 302
    assert "A recovery code of your account was used" in mails()
    assert "recovery_code_used" in logged(guarded)
    again = Client()
    sign_in(again, guarded)
    assert enter(again, codes[0]).status_code == 422
    assert enter(again, codes[1]).status_code == 302


def test_recovery_codes_alone_are_no_second_factor(client):
    user = UserFactory()
    with_codes(user)
    sign_in(client, user)
    assert is_signed_in(client)


def test_setting_up_an_app(client, user, django_capture_on_commit_callbacks):
    sign_in(client, user)
    page = client.get(reverse("mfa_activate_totp"))
    assert "<svg role=" in page.content.decode()
    assert "data:image" not in page.content.decode()
    secret = secret_on(page)
    wrong = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert wrong.status_code == 422
    assert secret_on(wrong) == secret, "the app has scanned this one"
    code = code_now(secret)
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(reverse("mfa_activate_totp"), {"code": code})
    assert response.url == reverse("mfa_view_recovery_codes")
    assert stored_secret(user)[1] == secret
    assert mails()[-1] == "A second factor was added to your account"
    thief = Client()
    sign_in(thief, user)
    assert enter(thief, code).status_code == 422, "the code of the set-up is used"


def test_recovery_codes_are_shown_once(client, guarded):
    codes = with_codes(guarded)
    sign_in(client, guarded)
    enter(client, code_now())
    shown = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert all(f"<code>{code}</code>" in shown for code in codes)
    assert 'download="recovery-codes.txt"' in shown
    again = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert not any(code in again for code in codes)


def test_new_recovery_codes_replace_the_old(client, guarded, django_capture_on_commit_callbacks):
    codes = with_codes(guarded)
    sign_in(client, guarded)
    enter(client, code_now())
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_generate_recovery_codes"))
    assert codes[0] not in client.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert mails()[-1] == "Your account has new recovery codes"
    thief = Client()
    sign_in(thief, guarded)
    assert enter(thief, codes[0]).status_code == 422


def test_removing_the_app_asks_and_is_told(client, guarded):
    sign_in(client, guarded)
    enter(client, code_now())
    assert "last second factor" in client.get(reverse("mfa_deactivate_totp")).content.decode()
    client.post(reverse("mfa_deactivate_totp"))
    assert mails()[-1] == "A second factor was removed from your account"
    assert logged(guarded)[-1] == "second_factor_removed"
    other = Client()
    sign_in(other, guarded)
    assert is_signed_in(other)


def test_secret_is_unreadable_in_the_database(guarded, settings):
    stored, secret = stored_secret(guarded)
    assert secret == SECRET
    assert SECRET not in stored
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a-new-key-that-took-its-place"
    assert stored_secret(guarded)[1] == SECRET, "old keys still open what they closed"


@pytest.mark.parametrize("junk", ["", "{}", "[]", "null", "1", '{"id": "x"}', '{"id": 1, "response": {}}', "{", '"x"'])
def test_what_is_no_passkey_is_refused_in_words(client, guarded, junk):
    sign_in(client, guarded)
    assert client.post(reverse(CODE), {"credential": junk}).status_code == 422
    enter(client, code_now())
    client.get(reverse("mfa_add_webauthn"))
    assert client.post(reverse("mfa_add_webauthn"), {"name": "x", "credential": junk}).status_code == 422


def test_passkey_of_somebody_else_is_not_found(client, guarded):
    theirs = Authenticator.objects.create(user=UserFactory(), type="webauthn", data={"name": "x", "credential": {}})
    sign_in(client, guarded)
    enter(client, code_now())
    assert client.post(reverse("mfa_remove_webauthn", args=[theirs.pk])).status_code == 404
    assert Authenticator.objects.filter(pk=theirs.pk).exists()


def test_sign_in_by_our_own_hand_does_not_go_round_it(rf, guarded):
    with pytest.raises(signing_in.SecondFactorNeededError):
        signing_in.sign_in_new(rf.get("/"), guarded)


def test_other_account_can_be_chosen_half_way(client, guarded):
    other = UserFactory()
    sign_in(client, guarded)
    client.post(reverse("account_logout"))
    sign_in(client, other)
    assert is_signed_in(client)


class TestRequired:
    @pytest.fixture
    def staff(self):
        person = UserFactory()
        group = Group.objects.create(name="Keepers")
        group.permissions.set(Permission.objects.filter(codename__in=["access_admin", "change_city"]))
        person.groups.add(group)
        return person

    @pytest.fixture
    def writer(self):
        person = UserFactory()
        person.user_permissions.set(Permission.objects.filter(codename="access_admin"))
        return person

    def test_staff_without_one_meet_the_set_up_wherever_they_go(self, client, staff, settings):
        settings.SECOND_FACTOR_REQUIRED = "staff"
        sign_in(client, staff)
        for path in (
            "/admin/",
            "/admin/pages/",
            "/admin/api/main/pages/",
            "/admin/account/",
            "/admin/jsi18n/",
            "/admin/nowhere/",
        ):
            response = client.get(path)
            assert response.status_code in (302, 404), path
            assert response.status_code == 404 or response.url == reverse("mfa_index")
        assert client.post("/admin/pages/1/add_subpage/").url == reverse("mfa_index")
        assert "You need one for your work here" in client.get(reverse("mfa_index")).content.decode()
        assert client.post(reverse("wagtailadmin_logout")).url != reverse("mfa_index")

    def test_with_one_the_admin_is_open(self, client, staff, settings):
        settings.SECOND_FACTOR_REQUIRED = "staff"
        sign_in(client, staff)
        page = client.get(reverse("mfa_activate_totp"))
        client.post(reverse("mfa_activate_totp"), {"code": code_now(secret_on(page))})
        assert client.get("/admin/").status_code == 200

    @pytest.mark.parametrize(
        ("who", "for_superuser", "for_staff", "for_writer"),
        [("none", 200, 200, 200), ("staff", 302, 302, 200), ("everybody", 302, 302, 302), ("stuff", 302, 302, 302)],
    )
    def test_setting_says_who(self, staff, writer, settings, who, for_superuser, for_staff, for_writer):
        settings.SECOND_FACTOR_REQUIRED = who
        people = [(UserFactory(is_superuser=True), for_superuser), (staff, for_staff), (writer, for_writer)]
        for person, status in people:
            browser = Client()
            sign_in(browser, person)
            assert browser.get("/admin/account/").status_code == status


def test_pages_of_the_second_factor_ask_again_after_a_while(client, guarded):
    sign_in(client, guarded)
    enter(client, code_now())
    grow_stale(client)
    for name in (
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_add_webauthn",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
    ):
        assert client.get(reverse(name)).status_code in (403, 302), name
        assert client.post(reverse(name)).status_code in (403, 302), name
    assert "second_factor_removed" not in logged(guarded)


def test_operator_helps_somebody_who_lost_everything(guarded, capsys):
    with_codes(guarded)
    browser = Client()
    sign_in(browser, guarded)
    enter(browser, code_now())
    call_command("remove_second_factor", "ANA@tulsa.example")
    assert not is_signed_in(browser)
    assert not Authenticator.objects.exists()
    assert logged(guarded)[-1] == "second_factor_removed"
    assert mails()[-1] == "A second factor was removed from your account"
    for email, words in (("ana@tulsa.example", "has no second factor"), ("no@tulsa.example", "Nobody signs in")):
        with pytest.raises(CommandError, match=words):
            call_command("remove_second_factor", email)
