"""Tags are the whole library's: city people neither write new ones nor see others'."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from city_sites.factories import team_member
from city_sites.models import CitySectionPage
from coalition.models import Role
from home.services.setup import STAFF_GROUP
from portal.accounts.factories import UserFactory
from resources import factories
from resources.models import GuidePage, LibraryTag

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(tulsa):
    section = CitySectionPage.objects.descendant_of(tulsa).get(section="guides")
    return factories.guide(section, "Our own guide", tags=["Heat"])


def fields_for(user, page):
    form = GuidePage.get_edit_handler().get_form_class()(instance=page, for_user=user, data=None)
    return set(form.fields)


def test_only_staff_have_fields_for_tags_and_keeper(tulsa, own):
    staff = UserFactory()
    staff.groups.add(Group.objects.get(name=STAFF_GROUP))
    assert {"tags", "keeper"} <= fields_for(staff, own)
    for role in (Role.LEAD, Role.EDITOR):
        assert not {"tags", "keeper"} & fields_for(team_member(tulsa.city, role), own)


def test_the_editor_of_a_city_shows_no_tags_and_suggests_none(client, tulsa, own):
    LibraryTag.objects.create(name="Secretword")
    client.force_login(team_member(tulsa.city, Role.LEAD))
    page = client.get(reverse("wagtailadmin_pages:edit", args=[own.pk]))
    assert page.status_code == 200
    assert 'name="tags"' not in page.content.decode()
    for url in (
        reverse("wagtailadmin_tag_model_autocomplete", args=["resources", "librarytag"]),
        reverse("wagtailadmin_tag_autocomplete"),
    ):
        response = client.get(f"{url}?term=secret")
        assert response.status_code == 403
        assert "Secretword" not in response.content.decode()


def test_staff_get_suggestions_whatever_the_capitals(client, own):
    staff = UserFactory()
    staff.groups.add(Group.objects.get(name=STAFF_GROUP))
    client.force_login(staff)
    url = reverse("wagtailadmin_tag_model_autocomplete", args=["resources", "librarytag"])
    assert client.get(f"{url}?term=hea").json() == ["Heat"]
