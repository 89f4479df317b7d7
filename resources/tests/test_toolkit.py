"""Toolkits: files with their facts, handed out and counted."""

import uuid

import pytest
from wagtail.models import Collection
from wagtail.test.utils.form_data import nested_form_data, streamfield

from coalition.factories import CityFactory, on_team
from coalition.models import Role
from home.services.setup import MEMBERS_LIBRARY, SHARED_LIBRARY
from portal.media.factories import pdf_file
from portal.media.models import PortalDocument
from resources import factories
from resources.models import Access, DownloadCount

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_database")]


def document(collection=SHARED_LIBRARY, **fields):
    fields.setdefault("title", "Sign-in sheet")
    fields.setdefault("pages", 3)
    return PortalDocument.objects.create(
        file=pdf_file(text="zqxsheet"), collection=Collection.objects.get(name=collection), **fields
    )


@pytest.fixture
def open_kit():
    library = factories.library()
    twin = factories.guide(library)
    tools = [
        ("tool", {"document": document(language="es"), "text": "One for each crew.", "html_twin": twin}),
        ("tool", {"document": document(MEMBERS_LIBRARY, title="Budget"), "for_members": True}),
    ]
    return factories.toolkit(library, tools=tools)


@pytest.fixture
def member():
    return on_team(CityFactory(member=True), Role.EDITOR)


def address(toolkit, number=0, tool=None):
    return f"{toolkit.url}file/{tool or toolkit.tools[number].id}/"


def test_each_link_says_type_size_pages_and_language(client, open_kit):
    text = client.get(open_kit.url).content.decode()
    link = text[text.index(address(open_kit)) :]
    assert 'hreflang="es"' in link[:200]
    assert "(PDF, " in link
    assert "3 pages, Spanish)" in link
    assert "One for each crew." in link
    assert "Read “Sign-in sheet” as a page" in text


def test_the_public_sees_that_there_is_a_file_and_how_to_get_in(client, open_kit):
    text = client.get(open_kit.url).content.decode()
    assert "Budget" in text
    assert address(open_kit, 1) not in text
    assert f"/account/login/?next={open_kit.url.replace('/', '%2F')}" in text


def test_members_get_every_file(client, open_kit, member):
    client.force_login(member)
    text = client.get(open_kit.url).content.decode()
    assert address(open_kit, 1) in text
    assert "account/login/?next" not in text
    response = client.get(address(open_kit, 1))
    assert b"zqxsheet" in b"".join(response.streaming_content)
    assert response["Cache-Control"] == "private, no-store"


def test_a_members_file_is_no_visitors_by_its_address_either(client, open_kit):
    response = client.get(address(open_kit, 1))
    assert response.status_code == 403
    assert b"zqxsheet" not in response.content
    assert not DownloadCount.objects.exists()


def test_a_members_toolkit_shows_names_and_no_address(client, member):
    kit = factories.toolkit(factories.library(), [document()], access=Access.MEMBERS)
    text = client.get(kit.url).content.decode()
    assert "Sign-in sheet" in text
    assert "/file/" not in text
    assert client.get(address(kit)).status_code == 403
    client.force_login(member)
    assert client.get(address(kit)).status_code == 200


def test_a_download_is_counted_once_and_says_nothing_about_who(client, open_kit):
    for _time in range(3):
        response = client.get(address(open_kit))
        assert response.status_code == 200
        assert not response.cookies
    row = DownloadCount.objects.get()
    assert (row.count, row.what, row.language) == (3, f"file:{open_kit.tools[0].id}", "en")
    assert row.guide_key == open_kit.translation_key
    names = {field.name for field in DownloadCount._meta.get_fields()}
    assert names == {"id", "guide_key", "language", "what", "day", "count"}


def test_looking_fetching_ahead_and_going_on_are_not_counted(client, open_kit):
    etag = client.get(address(open_kit))["ETag"]
    client.head(address(open_kit))
    client.get(address(open_kit), HTTP_SEC_PURPOSE="prefetch;prerender")
    client.get(address(open_kit), HTTP_PURPOSE="prefetch")
    client.get(address(open_kit), HTTP_IF_NONE_MATCH=etag)
    client.get(address(open_kit), HTTP_RANGE="bytes=100-")
    assert DownloadCount.objects.get().count == 1


def test_a_file_that_is_not_there_is_a_404_and_nothing_else_is_taken(client, open_kit):
    assert client.get(address(open_kit, tool=uuid.uuid4())).status_code == 404
    assert client.post(address(open_kit)).status_code == 405
    PortalDocument.objects.all().delete()
    assert client.get(address(open_kit)).status_code == 404
    assert client.get(open_kit.url).status_code == 200


def test_a_toolkit_of_many_files_costs_few_queries(client, django_assert_max_num_queries):
    kit = factories.toolkit(factories.library(), [document(title=f"Sheet {number}") for number in range(12)])
    client.get(kit.url)
    with django_assert_max_num_queries(15):
        client.get(kit.url)


def test_whoever_saves_a_toolkit_with_a_pdf_without_tags_is_told(admin_client, open_kit):
    good, bad = (child.value["document"] for child in open_kit.tools)
    PortalDocument.objects.filter(pk=good.pk).update(is_tagged=True)
    PortalDocument.objects.filter(pk=bad.pk).update(is_tagged=False)
    tools = [("tool", {"document": file.pk, "title": "", "text": "", "html_twin": ""}) for file in (good, bad)]
    fields = {"title": open_kit.title, "slug": open_kit.slug, "summary": open_kit.summary, "tags": "", "keeper": ""}
    fields |= {"audience": "city_team", "access": "everybody", "review_months": 12, "licence": "cc_by"}
    fields |= {"updated_on": "2026-05-04", "opening": streamfield([]), "tools": streamfield(tools)}
    fields |= {"comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0}}
    response = admin_client.post(f"/admin/pages/{open_kit.pk}/edit/", nested_form_data(fields), follow=True)
    told = " ".join(str(message) for message in response.context["messages"])
    assert "no tags" in told
    assert bad.title in told
    assert good.title not in told
