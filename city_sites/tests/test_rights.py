"""Roles end at the city's edge, in every language."""

import pytest
from django.contrib.auth.models import Permission
from wagtail.images import get_image_model
from wagtail.models import GroupPagePermission, Locale, Page
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy

from city_sites.factories import city_site, spanish_home, team_member
from city_sites.models import CitySectionPage, CitySite
from coalition.models import CityGroup, Role
from home.factories import add_page, national_home
from home.models import StandardPage
from home.services.setup import MEMBERS_LIBRARY, SHARED_LIBRARY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tulsa_database")]

EVERYTHING = {"edit", "add", "publish"}
ON_THE_SITE = {
    Role.LEAD: EVERYTHING,
    Role.EDITOR: EVERYTHING,
    Role.AUTHOR: {"add"},
    Role.COORDINATOR: set(),
    Role.HIRING: set(),
    Role.PARTNER: set(),
}
ON_OPPORTUNITIES = {**ON_THE_SITE, Role.COORDINATOR: EVERYTHING, Role.PARTNER: {"add"}}
ON_JOBS = {**ON_THE_SITE, Role.HIRING: EVERYTHING}


def rights(user, page):
    tester = page.specific.permissions_for_user(user)
    found = set()
    if tester.can_edit():
        found.add("edit")
    if "add" in tester.permissions or user.is_superuser:
        found.add("add")
    if tester.can_publish():
        found.add("publish")
    return found


def section(home, name):
    return CitySectionPage.objects.child_of(home).get(section=name)


@pytest.mark.parametrize("role", list(Role))
def test_a_role_holds_in_its_own_city_in_each_language(role):
    home = city_site()
    spanish = spanish_home(home)
    section(home, "jobs").copy_for_translation(spanish.locale)
    user = team_member(home.city, role)
    for each in (home, spanish):
        assert rights(user, each) == ON_THE_SITE[role]
        assert rights(user, section(each, "jobs")) == ON_JOBS[role]
    assert rights(user, section(home, "opportunities")) == ON_OPPORTUNITIES[role]


@pytest.mark.parametrize("role", list(Role))
def test_no_role_holds_anywhere_else(role):
    own, other = city_site("Tulsa", "OK"), city_site("Reno", "NV")
    spanish_home(other)
    user = team_member(own.city, role)
    tree = Page.objects.filter(path__startswith=own.path)
    for page in Page.objects.exclude(pk__in=tree).exclude(depth=1):
        assert rights(user, page) == set(), page


def test_nobody_of_a_city_can_take_its_home_away():
    home = city_site()
    tester = home.permissions_for_user(team_member(home.city, Role.LEAD))
    assert tester.can_publish()
    for act in ("can_delete", "can_unpublish", "can_move", "can_copy", "can_set_view_restrictions"):
        assert not getattr(tester, act)(), act


def test_an_author_edits_own_drafts_only():
    home = city_site()
    author = team_member(home.city, Role.AUTHOR)
    own = add_page(home, StandardPage(title="Mine", owner=author))
    others = add_page(home, StandardPage(title="Not mine"))
    assert own.permissions_for_user(author).can_edit()
    assert not own.permissions_for_user(author).can_publish()
    assert not others.permissions_for_user(author).can_edit()


def test_files_stay_in_the_citys_collection():
    image_model = get_image_model()
    own, other = city_site("Tulsa", "OK"), city_site("Reno", "NV")
    policy = CollectionOwnershipPermissionPolicy(
        image_model, auth_model="wagtailimages.Image", owner_field_name="uploaded_by_user"
    )
    collection = CitySite.objects.get(city=own.city).collection
    for role in Role:
        user = team_member(own.city, role)
        may_add = {each.name for each in policy.collections_user_has_permission_for(user, "add")}
        assert may_add == {str(own.city)}, role
        may_choose = {each.name for each in policy.collections_user_has_permission_for(user, "choose")}
        assert may_choose == {str(own.city), SHARED_LIBRARY, MEMBERS_LIBRARY}, role
        changes_others = policy.user_has_permission_for_instance(user, "change", image_model(collection=collection))
        assert changes_others == (role in (Role.LEAD, Role.EDITOR)), role
    assert collection.get_parent().name == "Cities"
    assert CitySite.objects.get(city=other.city).collection != collection


def test_coalition_staff_keep_every_citys_site():
    from django.contrib.auth.models import Group

    from home.services.setup import STAFF_GROUP
    from portal.accounts.models import User

    home = city_site()
    staff = User.objects.create_user("staff@cities.example", "a-long-enough-password")
    staff.groups.add(Group.objects.get(name=STAFF_GROUP))
    assert rights(staff, home) == EVERYTHING
    assert rights(staff, spanish_home(home)) == EVERYTHING


def test_city_groups_hold_no_right_over_people_or_settings():
    city_site()
    held = Permission.objects.filter(group__city_group__isnull=False).distinct()
    labels = {f"{each.content_type.app_label}.{each.codename}" for each in held.select_related("content_type")}
    assert labels <= {"wagtailadmin.access_admin", "wagtail_localize.submit_translation"}
    assert CityGroup.objects.count() == len(Role)
    roots = Page.objects.filter(depth__lte=3)
    assert not GroupPagePermission.objects.filter(group__city_group__isnull=False, page__in=roots).exists()


def test_a_draft_waits_for_this_citys_lead_or_editor():
    home, other = city_site("Tulsa", "OK"), city_site("Reno", "NV")
    author = team_member(home.city, Role.AUTHOR)
    page = StandardPage(title="A block party", owner=author, live=False, locale=home.locale)
    home.add_child(instance=page)
    page.save_revision(user=author)
    state = page.get_workflow().start(page, author)
    task = state.current_task_state.task.specific
    for role in Role:
        person = team_member(home.city, role, f"{role}@tulsa.example")
        may_decide = task.get_actions(page, person)
        assert bool(may_decide) == (role in (Role.LEAD, Role.EDITOR)), role
        assert not task.get_actions(page, team_member(other.city, role)), role


def test_the_translated_site_has_the_same_workflow():
    home = city_site()
    spanish = spanish_home(home)
    assert spanish.get_workflow() == home.get_workflow() == CitySite.objects.get(city=home.city).workflow
    assert Locale.objects.count() == 2


def test_the_national_site_has_no_citys_workflow():
    home = national_home()
    city_site()
    assert home.get_workflow() is None
