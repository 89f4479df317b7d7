"""Role × act × own or other city, and nothing that reaches an account or a setting."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group, Permission

from coalition.factories import CityFactory, on_team
from coalition.models import Role
from coalition.permissions import ROLE_ACTS, ROLE_MEANINGS, Act, cities_of, city_roles, is_city_person, may
from coalition.services.teams import groups_for
from portal.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db

EVERYBODY = {Act.ENTER, Act.EDIT}
TABLE = {
    Role.LEAD: set(Act),
    Role.EDITOR: EVERYBODY | {Act.PUBLISH, Act.ADOPT, Act.STYLE, Act.SEE_PEOPLE, Act.UNDO},
    Role.AUTHOR: EVERYBODY | {Act.ADOPT},
    Role.COORDINATOR: EVERYBODY | {Act.KEEP_ROSTERS, Act.KEEP_OWN_ROSTERS},
    Role.HIRING: EVERYBODY,
    Role.PARTNER: EVERYBODY | {Act.KEEP_OWN_ROSTERS},
}
FORBIDDEN_APPS = {
    "auth",
    "accounts",
    "wagtailredirects",
    "core",
    "coalition",
    "sessions",
    "contenttypes",
    "wagtailusers",
}
FORBIDDEN_MODELS = {"site", "workflow", "task", "groupapprovaltask", "collection", "locale", "apitoken"}


@pytest.mark.parametrize("act", list(Act))
@pytest.mark.parametrize("role", list(Role))
def test_a_role_may_what_the_table_says_in_its_own_city_and_nothing_in_another(role, act):
    own, other = CityFactory(), CityFactory()
    on_team(other, Role.LEAD)
    user = on_team(own, role)
    assert bool(may(user, act, own)) == (act in TABLE[role])
    assert not may(user, act, other)


def test_every_role_has_its_line_in_every_table():
    assert set(ROLE_ACTS) == set(ROLE_MEANINGS) == set(Role)


@pytest.mark.parametrize("act", list(Act))
def test_coalition_staff_may_do_everything_in_every_city(person_with, act):
    assert may(person_with("coalition.change_city"), act, CityFactory())
    assert may(UserFactory(is_superuser=True), act, CityFactory())


@pytest.mark.parametrize("act", list(Act))
def test_a_closed_account_and_a_stranger_may_nothing(person_with, act):
    city = CityFactory()
    lead = on_team(city, Role.LEAD, is_active=False)
    staff = person_with("coalition.change_city")
    staff.is_active = False
    for user in (lead, staff, UserFactory(), AnonymousUser()):
        assert not may(user, act, city)


def test_a_no_says_why_and_whom_to_ask():
    city = CityFactory()
    answer = may(on_team(city, Role.AUTHOR), Act.PUBLISH, city)
    assert answer.reason == "You may not publish pages. Ask somebody who is: Lead or Editor."
    assert may(UserFactory(), Act.ENTER, city).reason == "You are not on this city’s team."


def test_roles_add_up_and_each_holds_in_its_city_alone():
    tulsa, reno = CityFactory(), CityFactory()
    user = on_team(tulsa, Role.AUTHOR, Role.HIRING)
    user.groups.add(groups_for(reno)[Role.LEAD])
    assert city_roles(user) == {tulsa.pk: {"author", "hiring"}, reno.pk: {"lead"}}
    assert set(cities_of(user)) == {tulsa, reno}
    assert not may(user, Act.PUBLISH, tulsa)
    assert may(user, Act.PUBLISH, reno)


def test_rights_are_read_once_a_user(django_assert_num_queries):
    city = CityFactory()
    user = type(on_team(city, Role.LEAD)).objects.get()
    with django_assert_num_queries(3):  # two for coalition staff, one for the roles
        for act in Act:
            assert may(user, act, city)


def test_staff_with_a_role_are_no_city_people(person_with):
    city = CityFactory()
    staff = person_with("coalition.change_city")
    staff.groups.add(groups_for(city)[Role.EDITOR])
    assert not is_city_person(staff)
    assert is_city_person(on_team(city, Role.PARTNER))


def test_no_group_of_a_city_reaches_an_account_or_a_setting():
    groups_for(CityFactory())
    held = Permission.objects.filter(group__city_group__isnull=False).select_related("content_type")
    assert held.exists()
    for permission in held:
        kind = permission.content_type
        assert kind.app_label not in FORBIDDEN_APPS, permission
        assert kind.model not in FORBIDDEN_MODELS, permission
    assert {(permission.content_type.app_label, permission.codename) for permission in held} == {
        ("wagtailadmin", "access_admin"),
        ("wagtail_localize", "submit_translation"),
    }


@pytest.mark.parametrize("role", list(Role))
def test_nobody_of_a_city_holds_any_other_permission(role):
    user = on_team(CityFactory(), role)
    expected = {"wagtailadmin.access_admin"}
    if role in (Role.LEAD, Role.EDITOR):
        expected.add("wagtail_localize.submit_translation")
    assert user.get_all_permissions() == expected


def test_stock_groups_are_no_city_groups():
    groups_for(CityFactory())
    assert Group.objects.filter(city_group__isnull=False).count() == len(Role)
