"""Every act in the admin leaves exactly one entry, also where Wagtail itself writes none."""

import io
import json

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from PIL import Image as Picture
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, ModelLogEntry, Site

from coalition.audit.net import GROUPS, MANY
from coalition.factories import CityFactory
from coalition.models import City
from coalition.services.membership import change_status
from portal.accounts.factories import UserFactory
from portal.accounts.models import User

pytestmark = pytest.mark.django_db

Image, Document = get_image_model(), get_document_model()


@pytest.fixture
def boss(client):
    user = UserFactory(is_superuser=True)
    client.force_login(user)
    ModelLogEntry.objects.all().delete()
    return user


def png(name="porch.png"):
    data = io.BytesIO()
    Picture.new("RGB", (8, 8), "teal").save(data, "png")
    return SimpleUploadedFile(name, data.getvalue(), "image/png")


def told(instance, pk=None):
    """(action, actor) of every entry about the object, the first one first."""
    found = ModelLogEntry.objects.get_for_model(type(instance)).filter(object_id=str(pk or instance.pk)).order_by("pk")
    return [(entry.action, entry.user_id) for entry in found]


def document(title="Plan"):
    made = Document(title=title, collection=Collection.get_first_root_node())
    made.file.save("plan.csv", ContentFile(b"a,b\n"))
    made.save()
    return made


def bulk(model, act, *objects):
    address = reverse("wagtail_bulk_action", args=[model._meta.app_label, model._meta.model_name, act])
    return address + "?" + "&".join(f"id={each.pk}" for each in objects)


def test_many_pictures_at_once(client, boss):
    answer = client.post(reverse("wagtailimages:add_multiple"), {"files[]": png(), "title": "Porch"})
    waiting = json.loads(answer.content)["uploaded_file_id"]
    prefix = f"uploaded-image-{waiting}"
    values = {"title": "Porch", "collection": 1, "description": "A porch", "tags": ""}
    create = reverse("wagtailimages:create_multiple_from_uploaded_image", args=[waiting])
    answer = client.post(create, {f"{prefix}-{name}": value for name, value in values.items()})
    assert json.loads(answer.content)["success"], answer.content
    made = Image.objects.get()
    assert told(made) == [("wagtail.create", boss.pk)]
    values = {f"image-{made.pk}-{name}": value for name, value in (values | {"title": "Porch lights"}).items()}
    answer = client.post(reverse("wagtailimages:edit_multiple", args=[made.pk]), values)
    assert json.loads(answer.content)["success"], answer.content
    assert told(made) == [("wagtail.create", boss.pk), ("wagtail.edit", boss.pk)]
    client.post(reverse("wagtailimages:delete_multiple", args=[made.pk]))
    assert not Image.objects.exists()
    assert told(made)[-1] == ("wagtail.delete", boss.pk)


def test_a_document_that_wagtail_logs_is_told_once(client, boss):
    plan = document()
    ModelLogEntry.objects.all().delete()
    edit = {"title": "New plan", "collection": plan.collection_id, "tags": "", "language": "en"}
    assert client.post(reverse("wagtaildocs:edit", args=[plan.pk]), edit).status_code == 302
    assert told(plan) == [("wagtail.edit", boss.pk)]
    number = plan.pk
    assert client.post(reverse("wagtaildocs:delete", args=[plan.pk])).status_code == 302
    assert told(plan, number) == [("wagtail.edit", boss.pk), ("wagtail.delete", boss.pk)]
    assert not ModelLogEntry.objects.filter(data__noted=True).exists()


def test_acts_on_many_files(client, boss):
    one, two = document("One"), document("Two")
    ModelLogEntry.objects.all().delete()
    library = Collection.get_first_root_node().add_child(instance=Collection(name="Library"))
    client.post(bulk(Document, "add_to_collection", one, two), {"collection": library.pk})
    one.refresh_from_db()
    assert one.collection == library
    assert told(one) == told(two) == [(MANY, boss.pk)]
    client.post(bulk(Document, "delete", one, two))
    assert not Document.objects.exists()
    assert told(one)[-1] == told(two)[-1] == ("wagtail.delete", boss.pk)


def test_acts_on_many_accounts(client, boss):
    ana, ben = UserFactory(), UserFactory()
    helpers = Group.objects.create(name="Helpers")
    client.post(bulk(User, "assign_role", ana, ben), {"role": helpers.pk})
    assert (GROUPS, boss.pk) in told(ana)
    client.post(bulk(User, "set_active_state", ana, ben), {"mark_as_active": "False"})
    ana.refresh_from_db()
    assert not ana.is_active
    assert (MANY, boss.pk) in told(ana)
    client.post(bulk(User, "delete", ana, ben))
    assert not User.objects.filter(pk__in=[ana.pk, ben.pk]).exists()
    assert told(ana)[-1] == told(ben)[-1] == ("wagtail.delete", boss.pk)


def test_whoever_gives_rights_is_named_with_the_group(boss):
    ana = UserFactory()
    staff = Group.objects.create(name="Inner circle")
    ana.groups.add(staff)
    staff.user_set.remove(ana)
    entries = ModelLogEntry.objects.filter(action=GROUPS, object_id=str(ana.pk)).order_by("pk")
    assert [entry.data for entry in entries] == [{"added": ["Inner circle"]}, {"removed": ["Inner circle"]}]
    assert entries[0].message == "Put the account into: Inner circle"


def test_accounts_groups_sites_and_collections_in_the_admin(client, boss):
    group = Group.objects.create(name="Helpers")
    site = Site.objects.get()
    client.post(reverse("wagtailadmin_collections:add"), {"name": "Library", "parent": 1})
    library = Collection.objects.get(name="Library")
    assert told(library) == [("wagtail.create", boss.pk)]
    values = {"hostname": "changed.example", "port": 80, "root_page": site.root_page_id, "is_default_site": "on"}
    client.post(reverse("wagtailsites:edit", args=[site.pk]), values)
    assert told(site) == [("wagtail.edit", boss.pk)]
    client.post(reverse("wagtailusers_groups:delete", args=[group.pk]))
    assert told(group) == [("wagtail.delete", boss.pk)]


def test_the_privacy_of_a_collection(client, boss):
    library = Collection.get_first_root_node().add_child(instance=Collection(name="Library"))
    client.post(reverse("wagtailadmin_collections:set_privacy", args=[library.pk]), {"restriction_type": "login"})
    restriction = library.get_view_restrictions().get()
    assert told(restriction) == [("wagtail.create", boss.pk)]


def test_a_script_writes_no_notes(db):
    document()
    Group.objects.create(name="Helpers")
    assert not ModelLogEntry.objects.exists()


def test_a_list_that_is_brought_in_names_every_city(tmp_path, db):
    file, zips = tmp_path / "cities.csv", tmp_path / "zips.csv"
    file.write_text("name,state,slug,geoid,geonameid,latitude,longitude,population\nReno,NV,reno-nv,3260600,,,,\n")
    zips.write_text("zip,city_slug\n89501,reno-nv\n")
    call_command("import_cities", str(file), "--commit")
    city = City.objects.get()
    assert told(city) == [("coalition.audit.import", None)]
    call_command("import_cities", str(file), zips=zips, commit=True)
    assert told(city) == [("coalition.audit.import", None)] * 2
    assert ModelLogEntry.objects.latest("pk").message == "1 ZIP code brought in from a list"
    call_command("import_cities", str(file), zips=zips, commit=True)
    assert len(told(city)) == 2


def test_a_step_that_fails_leaves_no_entry(boss):
    city = CityFactory()
    with pytest.raises(Exception, match="."):
        change_status(city=city, to="lapsed", by=boss, reason="No such step.")
    assert told(city) == []
