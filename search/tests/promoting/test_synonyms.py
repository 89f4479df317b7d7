"""Synonyms: what staff may write, who may, what a portal starts with."""

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from coalition.factories import CityFactory, on_team
from coalition.models import Role
from portal.accounts.factories import UserFactory
from portal.core.versions import version
from search.models import SynonymGroup
from search.promoting.starting import STARTING
from search.promoting.synonyms import SynonymForm, starting_synonyms, try_it_url
from search.viewsets import SynonymViewSet

pytestmark = pytest.mark.django_db

ADD = "/admin/search/synonyms/new/"


@pytest.fixture(autouse=True)
def _on_a_portal(portal_database):
    """Its setup may have made starting groups already."""
    SynonymGroup.objects.all().delete()


def form(words, language=""):
    return SynonymForm({"words": words, "language": language})


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("CSO\nchief service officer", "CSO\nchief service officer"),
        ("  CSO \r\n\r\n chief   service officer\n", "CSO\nchief service officer"),
        ("e-mail\nelectronic mail", "e-mail\nelectronic mail"),
    ],
)
def test_lines_are_kept_as_they_are_but_for_their_spaces(words, kept):
    assert form(words).is_valid()
    assert form(words).save(commit=False).words == kept


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("CSO", "at least two lines"),
        ("CSO\n\n", "at least two lines"),
        ("CSO\ncso", "the same to the search"),
        ("niños\nNinos", "the same to the search"),
        ("CSO\n&&", "no word in it"),
        ("CSO\n" + "a" * 61, "too long"),
        ("CSO\none two three four five six", "too long"),
        ("\n".join(f"word{number}" for number in range(21)), "At most 20 lines"),
    ],
)
def test_what_makes_no_sense_is_refused_in_plain_words(words, reason):
    assert reason in str(form(words).errors["words"])


def test_staff_add_change_and_delete_groups_and_the_log_tells(client, staff):
    before = version("search")
    client.post(ADD, {"words": "CSO\nchief service officer", "language": "en"})
    group = SynonymGroup.objects.get()
    assert version("search") > before
    index = client.get(reverse("search_synonyms:index")).content.decode()
    assert "CSO = chief service officer" in index
    before = version("search")
    client.post(reverse("search_synonyms:edit", args=[group.pk]), {"words": "CSO\nservice chief", "language": ""})
    group.refresh_from_db()
    assert group.words == "CSO\nservice chief"
    assert version("search") > before
    client.post(reverse("search_synonyms:delete", args=[group.pk]))
    assert not SynonymGroup.objects.exists()
    actions = ModelLogEntry.objects.filter(content_type__model="synonymgroup").values_list("action", flat=True)
    assert set(actions) == {"wagtail.create", "wagtail.edit", "wagtail.delete"}


def test_staff_open_every_address(client, staff):
    group = SynonymGroup.objects.create(words="a1\nb2")
    viewset = SynonymViewSet()
    for pattern in viewset.get_urlpatterns():
        args = [group.pk] if pattern.pattern.converters else []
        assert client.get(reverse(viewset.get_url_name(pattern.name), args=args)).status_code == 200, pattern.name


def test_a_wrong_group_is_shown_again_with_the_reason(client, staff):
    response = client.post(ADD, {"words": "CSO", "language": "en"})
    assert response.status_code == 200
    assert "at least two lines" in response.content.decode()
    assert not SynonymGroup.objects.exists()


def test_a_group_can_be_tried_in_its_language(client, staff):
    spanish = SynonymGroup.objects.create(words="basura\nresiduos", language="es")
    assert try_it_url(spanish) == "/es/search/?q=basura"
    assert try_it_url(SynonymGroup(words="food bank\npantry")) == "/search/?q=food+bank"
    assert "/es/search/?q=basura" in client.get(reverse("search_synonyms:index")).content.decode()


@pytest.mark.parametrize("rights", ["lead", "model"])
def test_nobody_else_gets_in_whatever_rights_they_were_given(client, rights):
    from django.contrib.auth.models import Permission

    group = SynonymGroup.objects.create(words="a1\nb2")
    if rights == "lead":
        user = on_team(CityFactory(member=True), Role.LEAD)
    else:
        user = UserFactory()
        user.user_permissions.add(
            *Permission.objects.filter(content_type__app_label="search"),
            Permission.objects.get(codename="access_admin"),
        )
    client.force_login(user)
    for path in (ADD, reverse("search_synonyms:index"), reverse("search_synonyms:edit", args=[group.pk])):
        assert client.get(path).status_code in (302, 403)
    client.post(reverse("search_synonyms:delete", args=[group.pk]))
    assert SynonymGroup.objects.exists()


def test_a_portal_starts_with_groups_that_staff_could_have_written():
    assert starting_synonyms() == len(STARTING) >= 12
    for group in SynonymGroup.objects.all():
        assert form(group.words, group.language).is_valid(), form(group.words, group.language).errors
    assert {group.language for group in SynonymGroup.objects.all()} == {"", "en", "es"}


def test_starting_again_changes_nothing_that_staff_made():
    SynonymGroup.objects.create(words="own\nwords")
    assert starting_synonyms() == 0
    assert SynonymGroup.objects.count() == 1
