"""Setting up a portal: complete at once, and harmless twice."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import GroupPagePermission, Page, Site

from home.models import HomePage
from home.services.setup import set_up_portal
from portal.accounts.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bare_database")]


def test_bare_database_becomes_a_portal_in_two_languages(client):
    set_up_portal(hostname="testserver")
    assert client.get("/").status_code == 200
    spanish = client.get("/es/")
    assert spanish.status_code == 200
    assert '<html lang="es"' in spanish.content.decode()


def test_second_run_keeps_what_editors_changed():
    home = set_up_portal()
    home.hero_title = "Changed by hand"
    home.save_revision().publish()
    before = (Page.objects.count(), Site.objects.count(), GroupPagePermission.objects.count())
    set_up_portal()
    assert HomePage.objects.get(pk=home.pk).hero_title == "Changed by hand"
    assert (Page.objects.count(), Site.objects.count(), GroupPagePermission.objects.count()) == before


def test_coalition_staff_edit_both_homes_but_not_users(client):
    home = set_up_portal()
    staff = UserFactory()
    staff.groups.add(Group.objects.get(name="Coalition staff"))
    client.force_login(staff)
    for page in HomePage.objects.filter(translation_key=home.translation_key):
        assert client.get(f"/admin/pages/{page.pk}/edit/").status_code == 200
    assert client.get("/admin/users/").status_code == 302
    assert not any(permission.startswith("auth.") for permission in staff.get_all_permissions())
