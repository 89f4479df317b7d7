import pytest
import time_machine
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import NoReverseMatch, reverse
from wagtail.users.views.users import EditView

from portal.accounts.factories import UserFactory
from portal.accounts.models import User
from portal.accounts.tests.people import PASSWORD, code_now, grow_stale, logged, sign_in, with_app

pytestmark = pytest.mark.django_db
ADD_GROUP = "wagtailusers_groups:add"
CHECK = {"sudo-check": "1"}


@pytest.fixture
def operator(client):
    person = UserFactory(is_superuser=True, email="op@cities.example")
    sign_in(client, person)
    return person


def group_form(name="Bridge keepers", **more):
    empty = {f"{prefix}-{field}": 0 for prefix in ("page_permissions", "collection_permissions") for field in
             ("TOTAL_FORMS", "INITIAL_FORMS")}  # fmt: skip
    return {"name": name, **empty, **more}


def user_form(person, **more):
    return {"email": person.email, "first_name": "Bo", "last_name": "Ruiz", "is_active": "on", **more}


def edit(person):
    return reverse("wagtailusers_users:edit", args=[person.pk])


def test_shortly_after_signing_in_nobody_is_asked(client, operator):
    bo = UserFactory()
    assert client.post(edit(bo), user_form(bo)).status_code == 302
    assert User.objects.get(pk=bo.pk).first_name == "Bo"


def test_after_a_quarter_of_an_hour_a_post_is_held_up_and_sent_again(client, operator):
    bo = UserFactory()
    grow_stale(client)
    response = client.post(edit(bo), user_form(bo, groups=["1", "2"]))
    page = response.content.decode()
    assert response.status_code == 403
    assert User.objects.get(pk=bo.pk).first_name == "Robin"
    for name, value in (("first_name", "Bo"), ("groups", "1"), ("groups", "2")):
        assert f'name="{name}" value="{value}"' in page
    response = client.post(edit(bo), {**user_form(bo), **CHECK, "sudo-password": PASSWORD})
    assert response.status_code == 302
    assert User.objects.get(pk=bo.pk).first_name == "Bo"
    bo.first_name = "Robin"
    assert client.post(edit(bo), user_form(bo)).status_code == 302, "and not again for a while"


def test_wrong_password_keeps_what_was_typed_and_never_a_password(client, operator):
    bo = UserFactory()
    grow_stale(client)
    form = {**user_form(bo, password1="a-lantern-9-a", password2="a-lantern-9-a"), **CHECK, "sudo-password": "wrong-77"}
    response = client.post(edit(bo), form)
    page = response.content.decode()
    assert response.status_code == 422
    assert "This is not your password." in page
    assert 'name="first_name" value="Bo"' in page
    assert "a-lantern-9-a" not in page
    assert "wrong-77" not in page
    assert User.objects.get(pk=bo.pk).first_name == "Robin"
    assert logged(operator)[-1] == "recheck_failed"


def test_check_is_limited(client, operator):
    grow_stale(client)
    bo = UserFactory()
    form = {**user_form(bo), **CHECK, "sudo-password": "wrong"}
    for _number in range(5):
        client.post(edit(bo), form)
    page = client.post(edit(bo), {**form, "sudo-password": PASSWORD}).content.decode()
    assert "Too many tries" in page
    assert User.objects.get(pk=bo.pk).first_name == "Robin"


def test_no_field_of_ours_reaches_the_view(client, operator, monkeypatch):
    seen = []
    original = EditView.post
    monkeypatch.setattr(EditView, "post", lambda view, request, *a, **k: seen.append(dict(request.POST)) or
                        original(view, request, *a, **k))  # fmt: skip
    bo = UserFactory()
    grow_stale(client)
    client.post(edit(bo), {**user_form(bo), **CHECK, "sudo-password": PASSWORD})
    assert seen
    assert not any(name.startswith("sudo-") for name in seen[0])


def test_check_says_nothing_without_a_password(client, operator):
    bo = UserFactory()
    grow_stale(client)
    for more in ({}, {"sudo-password": ""}, {"sudo-get": "1"}, {"sudo-code": "000000"}, {"sudo-credential": "{}"}):
        response = client.post(edit(bo), {**user_form(bo), **CHECK, **more})
        assert response.status_code == 422
    assert User.objects.get(pk=bo.pk).first_name == "Robin"


def test_code_of_the_second_factor_is_as_good(client):
    person = with_app(is_superuser=True)
    sign_in(client, person)
    client.post(reverse("mfa_authenticate"), {"code": code_now(steps=-1)})
    grow_stale(client)
    bo = UserFactory()
    assert client.post(edit(bo), {**user_form(bo), **CHECK, "sudo-code": code_now()}).status_code == 302
    grow_stale(client)
    assert client.post(edit(bo), {**user_form(bo), **CHECK, "sudo-code": code_now()}).status_code == 422, "used"


def test_get_of_a_page_of_ours_comes_back_after_the_check(client, operator):
    grow_stale(client)
    address = reverse("mfa_activate_totp")
    page = client.get(address)
    assert page.status_code == 403
    assert "secret" not in page.content.decode().replace("csrf", "")
    response = client.post(address, {**CHECK, "sudo-get": "1", "sudo-password": PASSWORD})
    assert (response.status_code, response.url) == (302, address)
    assert client.get(address).status_code == 200


def test_time_is_told_by_the_setting(client, settings):
    person = UserFactory(is_superuser=True)
    bo = UserFactory()
    with time_machine.travel("2026-11-23T10:00:00Z", tick=False) as clock:
        sign_in(client, person)
        clock.shift(14 * 60)
        assert client.post(edit(bo), user_form(bo)).status_code == 302
        clock.shift(2 * 60)
        assert client.post(edit(bo), user_form(bo)).status_code == 403


@pytest.mark.parametrize(
    "name",
    [
        "wagtailusers_users:add",
        "wagtailusers_users:delete",
        "wagtailusers_groups:add",
        "wagtailusers_groups:edit",
        "wagtailusers_groups:delete",
        "coalition_team:invite",
        "coalition_team:roles",
        "coalition_team:remove",
        "coalition_team:withdraw",
        "coalition_city:status",
        "coalition_city:delete",
        "city_sites_deletion:plan",
        "city_sites_deletion:cancel",
        "city_sites_hosts:activate",
        "city_sites_hosts:deactivate",
    ],
)
def test_dangerous_acts_of_the_admin_wait(client, operator, name):
    grow_stale(client)
    for count in range(3):
        try:
            address = reverse(name, args=[1] * count)
        except NoReverseMatch:
            continue
        break
    response = client.post(address, {"reason": "because"})
    assert response.status_code == 403
    assert "Is it you?" in response.content.decode()


def test_acts_on_many_people_at_once_wait_too(client, operator):
    bo = UserFactory()
    grow_stale(client)
    address = reverse("wagtail_bulk_action", args=["accounts", "user", "delete"])
    assert client.post(f"{address}?id={bo.pk}").status_code == 403
    assert User.objects.filter(pk=bo.pk).exists()
    client.post(f"{address}?id={bo.pk}", {**CHECK, "sudo-password": PASSWORD})
    assert not User.objects.filter(pk=bo.pk).exists()


def test_whoever_is_not_signed_in_is_sent_to_sign_in(client):
    assert client.post(reverse(ADD_GROUP), group_form()).url.startswith("/account/login/")
    assert not Group.objects.filter(name="Bridge keepers").exists()


def test_form_without_its_token_is_refused_before_anybody_is_asked(operator):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(operator)
    bo = UserFactory()
    response = strict.post(edit(bo), {**user_form(bo), **CHECK, "sudo-password": PASSWORD})
    assert response.status_code == 403
    assert "Is it you?" not in response.content.decode()
    assert User.objects.get(pk=bo.pk).first_name == "Robin"


def test_scripts_are_answered_in_their_language(client, operator):
    grow_stale(client)
    response = client.post(edit(operator), user_form(operator), HTTP_ACCEPT="application/json")
    assert (response.status_code, response["Content-Type"]) == (403, "application/json")
