import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import NoReverseMatch, reverse
from wagtail.models import Collection, CollectionViewRestriction

from portal.media.factories import pdf_file, png_file
from portal.media.models import PortalDocument, PortalImage

pytestmark = pytest.mark.django_db
Kind = CollectionViewRestriction


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "media")


def person(name="ana"):
    return get_user_model().objects.create_user(f"{name}@cities.example", "a-long-enough-password")


@pytest.fixture
def document():
    collection = Collection.get_first_root_node().add_child(instance=Collection(name="Papers"))
    return PortalDocument.objects.create(title="Plan", file=pdf_file(), collection=collection)


def restrict(document, kind, **fields):
    return CollectionViewRestriction.objects.create(collection=document.collection, restriction_type=kind, **fields)


def test_a_document_is_a_download_in_which_nothing_runs(document, client):
    response = client.get(document.url, headers={"Accept-Encoding": "gzip"})
    assert b"".join(response) == document.file.open().read()
    assert int(response["Content-Length"]) == document.file_size
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="plan.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
    assert response["Cache-Control"] == "no-cache, public"
    assert "Content-Encoding" not in response


def test_what_has_not_changed_is_not_sent_again(document, client):
    etag = client.get(document.url)["ETag"]
    response = client.get(document.url, headers={"If-None-Match": etag})
    assert response.status_code == 304


def test_another_name_or_number_leads_nowhere(document, client):
    for address in (f"/documents/{document.pk}/other.pdf", "/documents/99999999999999999999/plan.pdf"):
        assert client.get(address).status_code == 404
    assert client.post(document.url).status_code == 405


def test_a_document_whose_file_is_lost_is_not_found(document, client):
    document.file.storage.delete(document.file.name)
    assert client.get(document.url).status_code == 404


def test_for_people_who_sign_in(document, client):
    restrict(document, Kind.LOGIN)
    response = client.get(document.url)
    assert response.status_code == 302
    assert document.file.open().read() not in response.content
    client.force_login(person())
    response = client.get(document.url)
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-cache, private"
    etag = response["ETag"]
    client.logout()
    assert client.get(document.url, headers={"If-None-Match": etag}).status_code == 302


def test_for_a_group(document, client):
    group = Group.objects.create(name="Coaches")
    restrict(document, Kind.GROUPS).groups.add(group)
    stranger, coach = person("stranger"), person("coach")
    coach.groups.add(group)
    client.force_login(stranger)
    assert client.get(document.url).status_code == 302
    client.force_login(coach)
    assert client.get(document.url).status_code == 200


def test_for_whoever_knows_the_password_and_only_within_the_site(document, client):
    rule = restrict(document, Kind.PASSWORD, password="sesame")
    form = client.get(document.url)
    assert form.status_code == 200
    assert "application/pdf" not in form["Content-Type"]
    address = reverse("wagtaildocs_authenticate_with_password", args=[rule.pk])
    wrong = client.post(address, {"password": "open", "return_url": document.url})
    assert wrong.status_code == 200
    away = client.post(address, {"password": "sesame", "return_url": "https://evil.example/"})
    assert "evil.example" not in away["Location"]
    assert client.get(document.url)["Content-Type"] == "application/pdf"


def test_the_rule_of_a_collection_holds_for_those_below_it(document, client):
    below = document.collection.add_child(instance=Collection(name="Below"))
    inner = PortalDocument.objects.create(title="Inner", file=pdf_file("inner.pdf"), collection=below)
    restrict(document, Kind.LOGIN)
    assert client.get(inner.url).status_code == 302


def test_no_file_of_a_document_and_no_original_is_below_the_media_address(document, client):
    image = PortalImage.objects.create(title="Porch", is_decorative=True, file=png_file())
    for file in (document.file, image.file):
        assert client.get(file.url).status_code == 404
        assert client.get(f"/media/images/../{file.name}").status_code in (400, 404)
        assert client.get(f"/media/images/%2e%2e/{file.name}").status_code in (400, 404)
    size = image.get_rendition("width-10")
    response = client.get(size.url)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/png"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_only_pictures_come_from_the_folder_of_pictures(document, client, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    (tmp_path / "images").mkdir()
    for name in ("a.html", "a.svg", "a.png.html", ".unfinished-x", "a"):
        (tmp_path / "images" / name).write_text("<script>alert(1)</script>")
        assert client.get(f"/media/images/{name}").status_code == 404


def test_sizes_cannot_be_ordered_from_outside():
    with pytest.raises(NoReverseMatch):
        reverse("wagtailimages_serve", args=("x", 1, "width-10"))


def test_a_document_costs_the_same_whatever_the_number_of_documents(document, client, django_assert_max_num_queries):
    client.get(document.url)
    with django_assert_max_num_queries(6):
        client.get(document.url)
