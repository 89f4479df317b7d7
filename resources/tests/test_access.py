"""Who reads what is for members."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser, Permission
from django.test import RequestFactory

from coalition.factories import CityFactory, on_team
from coalition.models import City, Role
from coalition.permissions import STAFF_PERMISSIONS
from portal.accounts.factories import UserFactory
from resources import factories
from resources.access import is_member, reader
from resources.models import Access

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_database")]

SECRET = "zqxonlymembers"


@pytest.fixture
def member():
    return on_team(CityFactory(member=True), Role.AUTHOR)


@pytest.fixture
def staff():
    user = UserFactory()
    for name in STAFF_PERMISSIONS:
        user.user_permissions.add(Permission.objects.get(codename=name.partition(".")[2]))
    return user


@pytest.fixture
def hidden_guide():
    steps = [("step", {"title": "Call the clerk", "content": [("text", f"<p>{SECRET}</p>")]})]
    opening = [("text", f"<p>{SECRET}</p>")]
    return factories.guide(factories.library(), access=Access.MEMBERS, steps=steps, opening=opening, closing=opening)


@pytest.fixture
def half_hidden_guide():
    steps = [
        ("step", {"title": "Walk the route", "content": [("text", "<p>For everybody.</p>")]}),
        ("step", {"title": "Call the clerk", "for_members": True, "content": [("text", f"<p>{SECRET}</p>")]}),
    ]
    return factories.guide(factories.library(), steps=steps)


@pytest.mark.parametrize("role", Role)
def test_everybody_on_the_team_of_a_member_city_is_a_member(role):
    assert is_member(on_team(CityFactory(member=True), role))


@pytest.mark.parametrize("status", [status for status in City.Status if status != City.Status.MEMBER])
def test_the_team_of_a_city_that_is_no_member_is_not(status):
    assert not is_member(on_team(CityFactory(status=status), Role.LEAD))


def test_one_member_city_among_several_is_enough():
    user = on_team(CityFactory(status=City.Status.LAPSED), Role.LEAD)
    assert not is_member(user)
    other = on_team(CityFactory(member=True), Role.EDITOR)
    user.groups.add(*other.groups.all())
    assert is_member(type(user).objects.get(pk=user.pk))


def test_coalition_staff_are_members_and_other_accounts_are_not(staff):
    assert is_member(staff)
    assert is_member(UserFactory(is_superuser=True))
    assert not is_member(UserFactory())


def test_visitors_and_closed_accounts_are_no_members(member, staff):
    assert not is_member(AnonymousUser())
    assert not is_member(None)
    member.is_active = staff.is_active = False
    assert not is_member(member)
    assert not is_member(staff)
    assert not is_member(UserFactory(is_superuser=True, is_active=False))


def test_membership_that_ends_closes_the_door_at_the_next_request(client):
    city = CityFactory(member=True)
    guide = factories.guide(factories.library(), access=Access.MEMBERS)
    client.force_login(on_team(city, Role.LEAD))
    assert "On foot, at that hour." in client.get(guide.url).content.decode()
    City.objects.filter(pk=city.pk).update(status=City.Status.LAPSED)
    assert "On foot, at that hour." not in client.get(guide.url).content.decode()


def test_a_visitor_costs_no_query(django_assert_num_queries):
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    with django_assert_num_queries(0):
        assert not reader(request).is_member


def test_a_reader_is_looked_up_once(member, django_assert_max_num_queries):
    request = RequestFactory().get("/")
    request.user = type(member).objects.get(pk=member.pk)
    with django_assert_max_num_queries(5):
        assert reader(request) is reader(request)


def test_only_members_get_the_body(client, hidden_guide, half_hidden_guide, member):
    for guide in (hidden_guide, half_hidden_guide):
        text = client.get(guide.url).content.decode()
        assert SECRET not in text
        assert guide.title in text
        assert guide.summary in text
    client.force_login(member)
    for guide in (hidden_guide, half_hidden_guide):
        assert SECRET in client.get(guide.url).content.decode()


def test_answers_to_people_who_are_signed_in_are_kept_by_nobody(client, hidden_guide, half_hidden_guide, member):
    for guide in (hidden_guide, half_hidden_guide, hidden_guide.get_parent()):
        response = client.get(guide.url)
        assert "Cookie" in response["Vary"]
    client.force_login(member)
    for guide in (hidden_guide, half_hidden_guide, hidden_guide.get_parent()):
        response = client.get(guide.url)
        assert response["Cache-Control"] == "private, no-store"
        assert "Cookie" in response["Vary"]


def test_a_draft_of_a_members_guide_is_nobodys(client, hidden_guide, member):
    hidden_guide.unpublish()
    client.force_login(member)
    assert client.get(hidden_guide.url).status_code == 404


def test_a_signed_in_reader_of_a_lapsed_city_is_told_why(client, hidden_guide):
    client.force_login(on_team(CityFactory(status=City.Status.LAPSED), Role.LEAD))
    response = client.get(hidden_guide.url)
    assert SECRET not in response.content.decode()


def test_signing_in_leads_back_to_the_guide(client, hidden_guide, member):
    text = client.get(hidden_guide.url).content.decode()
    where = re.search(r'href="(/account/login/\?next=[^"]+)"', text)[1]
    response = client.post(where, {"username": member.email, "password": "correct horse battery"})
    assert response.status_code == 302
    assert response["Location"] == hidden_guide.url
    assert SECRET in client.get(response["Location"]).content.decode()
