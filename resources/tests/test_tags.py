"""Tags: one for all capitals, renamed and merged without losing anything."""

import json

import pytest
from django.db import IntegrityError
from django.urls import reverse
from wagtail.models import ModelLogEntry
from wagtail_localize.models import TranslationSource

from coalition.factories import CityFactory, on_team
from coalition.models import Role
from home.services.setup import STAFF_GROUP
from portal.accounts.factories import UserFactory
from resources import factories
from resources.models import GuidePage, LibraryTag, MergedTag
from resources.tags.services import TakenNameError, merge_tags, rename_tag

pytestmark = pytest.mark.django_db


@pytest.fixture
def library():
    return factories.library()


@pytest.fixture
def staff(client):
    from django.contrib.auth.models import Group

    user = UserFactory()
    user.groups.add(Group.objects.get(name=STAFF_GROUP))
    client.force_login(user)
    return user


def tag(name):
    return LibraryTag.objects.get(name=name)


def tags_of(page):
    return sorted(GuidePage.objects.get(pk=page.pk).tags.values_list("name", flat=True))


def test_capitals_accents_and_spaces_make_no_second_tag(library):
    factories.guide(library, "One", tags=["Shade trees", "Árboles", "Straße"])
    factories.guide(library, "Two", tags=["SHADE TREES", "árboles", "shade  trees", "STRASSE"])
    assert sorted(LibraryTag.objects.values_list("name", flat=True)) == ["Shade trees", "Straße", "Árboles"]
    with pytest.raises(IntegrityError):
        LibraryTag.objects.create(name="ÁRBOLES")


def test_merging_moves_rows_without_doubles(library):
    both = factories.guide(library, "Both", tags=["tree", "trees"])
    old = factories.guide(library, "Old", tags=["tree", "arbor"])
    other = factories.guide(library, "Other", tags=["roof"])
    user = UserFactory()
    moved = merge_tags(tags=[tag("tree"), tag("arbor"), tag("trees")], into=tag("trees"), by=user)
    assert moved == 1
    assert (tags_of(both), tags_of(old), tags_of(other)) == (["trees"], ["trees"], ["roof"])
    assert not LibraryTag.objects.filter(name__in=["tree", "arbor"]).exists()
    assert ModelLogEntry.objects.get(action="resources.tags.merge").user == user


def test_drafts_and_older_versions_name_the_tag_that_stays(library):
    page = factories.guide(library, "Page", tags=["tree"])
    first = page.latest_revision
    page.tags.add("arbor")
    draft = page.save_revision()
    factories.guide(library, "Third", tags=["trees"])
    merge_tags(tags=[tag("tree"), tag("arbor")], into=tag("trees"), by=None)
    draft.refresh_from_db()
    draft.publish()
    assert tags_of(page) == ["trees"]
    first.refresh_from_db()
    first.publish()
    assert tags_of(page) == ["trees"]


def test_a_tag_whose_number_begins_alike_is_left_alone(library):
    page = factories.guide(library, "Page", tags=["a"])
    wanted = tag("a").pk * 10
    LibraryTag.objects.create(pk=wanted, name="ten times")
    page.tags.add("ten times")
    page.save_revision()
    LibraryTag.objects.create(name="b")
    merge_tags(tags=[tag("a")], into=tag("b"), by=None)
    rows = GuidePage.objects.get(pk=page.pk).latest_revision.content["resource_tags"]
    assert sorted(row["tag"] for row in rows) == sorted([tag("b").pk, wanted])


def test_translations_take_the_tag_that_stays(library):
    page = factories.guide(library, "Page", tags=["tree"])
    source, _made = TranslationSource.get_or_create_from_instance(page)
    LibraryTag.objects.create(name="trees")
    merge_tags(tags=[tag("tree")], into=tag("trees"), by=None)
    source.refresh_from_db()
    assert [row["tag"] for row in json.loads(source.content_json)["resource_tags"]] == [tag("trees").pk]


def test_old_addresses_lead_on_through_every_merge(client, library):
    factories.guide(library, "Page", tags=["arbor", "tree", "trees"])
    merge_tags(tags=[tag("arbor")], into=tag("tree"), by=None)
    merge_tags(tags=[tag("tree")], into=tag("trees"), by=None)
    for old in ("arbor", "tree"):
        response = client.get(library.url, {"tag": old, "effort": "day"})
        assert (response.status_code, response["Location"]) == (301, f"{library.get_url()}?tag=trees&effort=day")
    assert client.get(library.url, {"tag": "trees"}).status_code == 200
    assert client.get(library.url, {"tag": "never-there"}).status_code == 200


def test_who_types_a_word_that_is_gone_gets_the_one_that_took_its_place(library):
    factories.guide(library, "Page", tags=["tree", "trees", "shadetrees"])
    merge_tags(tags=[tag("tree")], into=tag("trees"), by=None)
    rename_tag(tag=tag("shadetrees"), name="Shade", by=None)
    later = factories.guide(library, "Later", tags=["TREE", "Shadetrees", "roof"])
    assert tags_of(later) == ["Shade", "roof", "trees"]
    assert LibraryTag.objects.count() == 3
    rename_tag(tag=tag("roof"), name="Tree", by=None)
    assert tags_of(factories.guide(library, "Last", tags=["tree"])) == ["Tree"]
    LibraryTag.objects.create(name="shadetrees")
    assert tags_of(factories.guide(library, "Directly", tags=["ShadeTrees"])) == ["shadetrees"]


def test_renaming_keeps_the_old_address(client, library):
    page = factories.guide(library, "Page", tags=["shadetrees"])
    rename_tag(tag=tag("shadetrees"), name="Shade trees", by=None)
    assert tags_of(page) == ["Shade trees"]
    assert client.get(library.url, {"tag": "shadetrees"})["Location"].endswith("?tag=shade-trees")
    rename_tag(tag=tag("Shade trees"), name="shadetrees", by=None)
    assert client.get(library.url, {"tag": "shade-trees"})["Location"].endswith("?tag=shadetrees")
    assert MergedTag.objects.count() == 1


def test_renaming_to_a_name_that_is_there_is_refused(library):
    factories.guide(library, "Page", tags=["roof", "Roofs"])
    with pytest.raises(TakenNameError):
        rename_tag(tag=tag("roof"), name="ROOFS", by=None)
    rename_tag(tag=tag("roof"), name="ROOF", by=None)
    assert LibraryTag.objects.filter(name="ROOF").exists()


def test_staff_rename_and_merge_in_the_admin(client, staff, library):
    page = factories.guide(library, "Page", tags=["tree", "trees"])
    text = client.get(reverse("library_tags:index")).content.decode()
    assert "tree" in text
    merge = f"{reverse('library_tags:merge')}?tag={tag('tree').pk}&tag={tag('trees').pk}"
    assert "Every guide that has one of them" in client.get(merge).content.decode()
    client.post(merge, {"tags": [tag("tree").pk, tag("trees").pk], "into": tag("trees").pk})
    assert tags_of(page) == ["trees"]
    client.post(reverse("library_tags:rename", args=[tag("trees").pk]), {"name": "Shade"})
    assert tags_of(page) == ["Shade"]
    assert client.get(f"{reverse('library_tags:merge')}?tag={tag('Shade').pk}").status_code == 200
    assert "No tag holds that." in client.get(reverse("library_tags:index"), {"q": "zzz"}).content.decode()


def test_city_people_do_not_get_in(client, library):
    factories.guide(library, "Page", tags=["tree"])
    client.force_login(on_team(CityFactory(member=True), Role.LEAD))
    for url in (reverse("library_tags:index"), reverse("library_tags:merge"), reverse("library_feedback:index")):
        assert client.get(url).status_code == 403
