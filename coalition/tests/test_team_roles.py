"""Giving and taking roles: who may, whom a lead cannot touch, and what stays when somebody leaves."""

import pytest
from django.contrib.auth.models import Permission
from wagtail.log_actions import registry
from wagtail.models import APIToken, Locale, Page, PageSubscription

from coalition.factories import CityFactory, asked, on_team
from coalition.models import City, Role
from coalition.permissions import city_roles
from coalition.selectors.team import what_goes
from coalition.services.team_rules import roles_held
from coalition.services.teams import TeamError, groups_for, remove_person, set_roles
from portal.accounts.factories import UserFactory
from portal.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return CityFactory(name="Tulsa", state="OK")


@pytest.fixture
def lead(city):
    return on_team(city, Role.LEAD, first_name="Lena", last_name="Lead")


def log_of(city):
    return [(entry.message, entry.user) for entry in registry.get_logs_for_instance(city).order_by("pk")]


def test_a_lead_changes_roles_and_the_city_remembers_who_did(city, lead):
    ana = on_team(city, Role.AUTHOR, first_name="Ana", last_name="Ruiz")
    set_roles(city=city, user=ana, roles=[Role.EDITOR, Role.HIRING], by=lead)
    assert roles_held(city, ana) == {"editor", "hiring"}
    assert city_roles(ana) == {city.pk: {"editor", "hiring"}}
    assert log_of(city) == [("Made Ana Ruiz editor and hiring manager", lead)]


def test_the_same_roles_again_are_no_act(city, lead):
    ana = on_team(city, Role.AUTHOR)
    set_roles(city=city, user=ana, roles=[Role.AUTHOR], by=lead)
    assert log_of(city) == []


@pytest.mark.parametrize("role", [role for role in Role if role != Role.LEAD])
def test_other_roles_change_nobody(city, lead, role):
    ana, by = on_team(city, Role.AUTHOR), on_team(city, role)
    for act in (
        lambda: set_roles(city=city, user=ana, roles=[Role.EDITOR], by=by),
        lambda: set_roles(city=city, user=by, roles=[Role.LEAD], by=by),
        lambda: remove_person(city=city, user=ana, by=by),
    ):
        with pytest.raises(TeamError, match="Ask somebody who is: Lead"):
            act()
    assert roles_held(city, ana) == {"author"}
    assert roles_held(city, by) == {role}


def test_a_lead_of_another_city_changes_nobody(city, lead):
    stranger = on_team(CityFactory(), Role.LEAD)
    with pytest.raises(TeamError, match="not on this city’s team"):
        set_roles(city=city, user=lead, roles=[Role.AUTHOR], by=stranger)
    with pytest.raises(TeamError, match="not on this city’s team"):
        set_roles(city=city, user=stranger, roles=[Role.LEAD], by=stranger)
    with pytest.raises(TeamError):
        remove_person(city=city, user=lead, by=stranger)
    assert roles_held(city, lead) == {"lead"}
    assert not roles_held(city, stranger)


def test_roles_change_in_one_city_only(city, lead):
    reno = CityFactory()
    ana = on_team(city, Role.AUTHOR)
    ana.groups.add(groups_for(reno)[Role.LEAD])
    set_roles(city=city, user=ana, roles=[Role.EDITOR], by=lead)
    assert roles_held(reno, ana) == {"lead"}


def test_a_lead_puts_nobody_on_the_team_without_asking_them(city, lead, person_with):
    someone = UserFactory()
    with pytest.raises(TeamError, match="Send an invitation"):
        set_roles(city=city, user=someone, roles=[Role.EDITOR], by=lead)
    set_roles(city=city, user=someone, roles=[Role.EDITOR], by=person_with("coalition.change_city"))
    assert roles_held(city, someone) == {"editor"}


@pytest.mark.parametrize("roles", [[], ["mayor"], ["editor", "superuser"]])
def test_roles_that_no_city_has_are_refused(city, lead, roles):
    with pytest.raises(TeamError) as refused:
        set_roles(city=city, user=on_team(city, Role.AUTHOR), roles=roles, by=lead)
    assert refused.value.field == "roles"


@pytest.mark.parametrize("is_active", [True, False])
@pytest.mark.parametrize("kind", ["superuser", "staff"])
def test_a_lead_cannot_touch_who_works_for_the_coalition(city, lead, person_with, kind, is_active):
    other = UserFactory(is_superuser=True) if kind == "superuser" else person_with("coalition.change_city")
    other.groups.add(groups_for(city)[Role.EDITOR])
    User.objects.filter(pk=other.pk).update(is_active=is_active)
    other = User.objects.get(pk=other.pk)
    for act in (
        lambda: set_roles(city=city, user=other, roles=[Role.AUTHOR], by=lead),
        lambda: remove_person(city=city, user=other, by=lead),
    ):
        with pytest.raises(TeamError, match="works for the coalition"):
            act()
    assert roles_held(city, other) == {"editor"}
    assert User.objects.get(pk=other.pk).has_usable_password()


def test_the_only_lead_cannot_be_demoted_removed_or_leave(city, lead):
    on_team(city, Role.LEAD, is_active=False)  # a closed account leads nobody
    for act in (
        lambda: set_roles(city=city, user=lead, roles=[Role.EDITOR], by=lead),
        lambda: remove_person(city=city, user=lead, by=lead),
    ):
        with pytest.raises(TeamError, match="Lena Lead is the only lead of Tulsa, OK"):
            act()
    set_roles(city=city, user=lead, roles=[Role.LEAD, Role.EDITOR], by=lead)
    assert roles_held(city, lead) == {"lead", "editor"}


def test_of_two_leads_one_may_go(city, lead):
    second = on_team(city, Role.LEAD)
    remove_person(city=city, user=lead, by=second)
    with pytest.raises(TeamError, match="only lead"):
        remove_person(city=city, user=second, by=second)


def test_coalition_staff_may_take_the_last_lead(city, lead, person_with):
    staff = person_with("coalition.change_city")
    set_roles(city=city, user=lead, roles=[Role.EDITOR], by=staff)
    remove_person(city=city, user=lead, by=staff)
    assert not roles_held(city, lead)


def test_a_right_lost_a_moment_ago_no_longer_counts(city, lead):
    """Two leads remove each other: the second request was let in while its sender still was one."""
    second, third = on_team(city, Role.LEAD), on_team(city, Role.LEAD)
    assert city_roles(second) == {city.pk: {"lead"}}  # what the request knows
    remove_person(city=city, user=User.objects.get(pk=second.pk), by=lead)
    with pytest.raises(TeamError):
        remove_person(city=city, user=third, by=second)
    assert roles_held(city, third) == {"lead"}


def test_everybody_may_leave(city, lead):
    ana = on_team(city, Role.AUTHOR, first_name="Ana", last_name="Ruiz")
    remove_person(city=city, user=ana, by=ana)
    assert not roles_held(city, ana)
    assert log_of(city) == [("Ana Ruiz (author) left the team", ana)]


def test_who_is_not_on_the_team_cannot_be_removed(city, lead):
    with pytest.raises(TeamError, match="is not on this team"):
        remove_person(city=city, user=UserFactory(), by=lead)


def test_who_leaves_the_last_team_keeps_no_account(city, lead):
    ana = on_team(city, Role.EDITOR, first_name="Ana", last_name="Ruiz")
    token, _plain = APIToken.create_token(user=ana, name="script")
    before = ana.get_session_auth_hash()
    assert what_goes(city, ana).closes_account
    remove_person(city=city, user=ana, by=lead)
    ana, token = User.objects.get(pk=ana.pk), APIToken.objects.get(pk=token.pk)
    assert not ana.is_active
    assert not ana.has_usable_password()
    assert ana.get_session_auth_hash() != before
    assert not ana.groups.exists()
    assert token.revoked_at
    assert log_of(city) == [("Removed Ana Ruiz (editor) from the team", lead)]


def test_who_works_for_another_city_keeps_the_account_and_that_city(city, lead):
    reno = CityFactory()
    ana = on_team(city, Role.EDITOR)
    ana.groups.add(groups_for(reno)[Role.AUTHOR])
    assert not what_goes(city, ana).closes_account
    remove_person(city=city, user=ana, by=lead)
    ana = User.objects.get(pk=ana.pk)
    assert ana.is_active
    assert ana.has_usable_password()
    assert city_roles(ana) == {reno.pk: {"author"}}


@pytest.mark.parametrize("kind", ["superuser", "direct", "group"])
def test_who_has_another_way_into_the_admin_keeps_the_account(city, lead, person_with, kind):
    ana = UserFactory(is_superuser=True) if kind == "superuser" else UserFactory()
    admission = Permission.objects.get(codename="access_admin")
    if kind == "direct":
        ana.user_permissions.add(admission)
    if kind == "group":
        ana.groups.create(name="Translators").permissions.add(admission)
    ana.groups.add(groups_for(city)[Role.EDITOR])
    assert not what_goes(city, ana).closes_account
    remove_person(city=city, user=ana, by=None)
    ana = User.objects.get(pk=ana.pk)
    assert ana.is_active
    assert ana.has_usable_password()


def tree(city, other):
    """The home of the city in both languages with a page below it, and another city's page."""
    root = Page.objects.get(depth=1)
    spanish, _made = Locale.objects.get_or_create(language_code="es")
    home = root.add_child(instance=Page(title="Tulsa", slug="tulsa"))
    inner = home.add_child(instance=Page(title="About", slug="about"))
    translated = root.add_child(
        instance=Page(title="Tulsa", slug="tulsa-es", locale=spanish, translation_key=home.translation_key)
    )
    elsewhere = root.add_child(instance=Page(title="Reno", slug="reno"))
    City.objects.filter(pk=city.pk).update(home_page=home)
    City.objects.filter(pk=other.pk).update(home_page=elsewhere)
    city.refresh_from_db()
    return [home, inner, translated], elsewhere


def test_locks_and_comment_mail_go_in_this_citys_pages_of_every_language(city, lead):
    ana = on_team(city, Role.EDITOR)
    own, elsewhere = tree(city, CityFactory())
    for page in [*own, elsewhere]:
        Page.objects.filter(pk=page.pk).update(locked=True, locked_by=ana)
        PageSubscription.objects.create(user=ana, page=page, comment_notifications=True)
    kept = own[0].add_child(instance=Page(title="Locked by another", slug="kept", locked=True, locked_by=lead))
    assert what_goes(city, ana).locked_pages == 3
    remove_person(city=city, user=ana, by=lead)
    assert set(Page.objects.filter(locked=True)) == {elsewhere, kept}
    assert [each.page_id for each in PageSubscription.objects.all()] == [elsewhere.pk]


def test_invitations_to_and_from_whoever_leaves_are_dead(city, lead):
    second = on_team(city, Role.LEAD, email="second@cities.example")
    reno = CityFactory()
    sent = asked(city, "friend@neighbors.example", by=second)
    received = asked(reno, "second@cities.example")
    others = asked(city, "other@neighbors.example", by=lead)
    assert what_goes(city, second).invitations == 1
    remove_person(city=city, user=second, by=lead)
    for invitation in (sent, received, others):
        invitation.refresh_from_db()
    assert sent.ended_by == "withdrawn"
    assert others.is_open
    assert received.is_open, "another city's"


def test_an_invitation_to_the_address_of_whoever_leaves_is_dead(city, lead):
    invitation = asked(city, "ana@neighbors.example")
    ana = on_team(city, Role.AUTHOR, email="ana@neighbors.example")
    remove_person(city=city, user=ana, by=lead)
    invitation.refresh_from_db()
    assert invitation.ended_by == "withdrawn"


def test_who_stops_being_a_lead_takes_the_sent_invitations_along(city, lead):
    second = on_team(city, Role.LEAD)
    sent = asked(city, by=second)
    set_roles(city=city, user=second, roles=[Role.EDITOR], by=lead)
    sent.refresh_from_db()
    assert sent.ended_by == "withdrawn"
