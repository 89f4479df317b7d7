"""A city's groups: made once, named after the city, never anybody else's."""

import pytest
from django.contrib.auth.models import Group

from coalition.factories import CityFactory, on_team
from coalition.models import CityGroup, Role
from coalition.services.teams import groups_for

pytestmark = pytest.mark.django_db


def names(city):
    return {role: group.name for role, group in groups_for(city).items()}


def test_a_city_gets_a_group_for_each_role_named_so_that_people_find_it():
    city = CityFactory(name="Tulsa", state="OK")
    assert names(city) == {
        Role.LEAD: "Tulsa, OK: lead",
        Role.EDITOR: "Tulsa, OK: editor",
        Role.AUTHOR: "Tulsa, OK: author",
        Role.COORDINATOR: "Tulsa, OK: volunteer coordinator",
        Role.HIRING: "Tulsa, OK: hiring manager",
        Role.PARTNER: "Tulsa, OK: partner",
    }


def test_a_second_run_changes_nothing_and_asks_little(django_assert_max_num_queries):
    city = CityFactory()
    first = groups_for(city)
    with django_assert_max_num_queries(5):  # two of them open and close the transaction
        assert groups_for(city) == first
    assert CityGroup.objects.count() == len(Role)


def test_a_group_that_was_deleted_comes_back_with_its_permissions():
    city = CityFactory()
    groups_for(city)[Role.LEAD].delete()
    lead = groups_for(city)[Role.LEAD]
    assert set(lead.permissions.values_list("codename", flat=True)) == {"access_admin", "submit_translation"}


def test_a_permission_that_was_taken_away_comes_back_and_others_stay():
    city = CityFactory()
    lead = groups_for(city)[Role.LEAD]
    lead.permissions.clear()
    groups_for(city)
    assert lead.permissions.count() == 2


def test_groups_follow_the_citys_new_name():
    city = CityFactory(name="Tulsa", state="OK")
    lead = groups_for(city)[Role.LEAD]
    member = on_team(city, Role.LEAD)
    city.name = "North Tulsa"
    city.save()
    lead.refresh_from_db()
    assert lead.name == "North Tulsa, OK: lead"
    assert list(member.groups.all()) == [lead]


def test_saving_a_city_without_a_team_makes_no_groups():
    city = CityFactory()
    city.save()
    assert not CityGroup.objects.exists()


def test_a_name_that_changed_past_the_signals_is_mended_at_the_next_call():
    city = CityFactory(name="Tulsa", state="OK")
    groups_for(city)
    type(city).objects.filter(pk=city.pk).update(name="Sand Springs")
    city.refresh_from_db()
    assert names(city)[Role.EDITOR] == "Sand Springs, OK: editor"


def test_two_cities_of_one_name_have_groups_of_their_own():
    first = CityFactory(name="Oakwood", state="OH", slug="oakwood-oh")
    second = CityFactory(name="Oakwood", state="OH", slug="oakwood-oh-2")
    assert names(first)[Role.LEAD] == "Oakwood, OH: lead"
    assert names(second)[Role.LEAD] == f"Oakwood, OH ({second.pk}): lead"
    assert names(second) == names(second)
    assert not set(groups_for(first).values()) & set(groups_for(second).values())


def test_a_group_made_by_hand_is_never_taken_for_the_citys():
    stranger = Group.objects.create(name="Tulsa, OK: lead")
    city = CityFactory(name="Tulsa", state="OK")
    assert stranger not in groups_for(city).values()


def test_the_longest_names_fit():
    first = CityFactory(name="X" * 100, slug="long-1")
    second = CityFactory(name="X" * 100, slug="long-2")
    assert all(len(name) <= 150 for name in [*names(first).values(), *names(second).values()])
