"""Files for members: a guessed address yields nothing."""

import pytest
from wagtail.models import Collection

from coalition.factories import CityFactory, on_team
from coalition.models import City, Role
from home.factories import national_home, standard_page
from home.services.setup import MEMBERS_LIBRARY, SHARED_LIBRARY, set_up_portal
from portal.media.factories import pdf_file
from portal.media.models import PortalDocument
from resources import factories
from resources.documents import is_for_members
from resources.models import Access

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_database")]

SECRET = "zqxonlymembers"
ASKED = [
    {},
    {"HTTP_RANGE": "bytes=0-3"},
    {"HTTP_IF_NONE_MATCH": "*"},
    {"HTTP_IF_RANGE": '"x"', "HTTP_RANGE": "bytes=1-"},
    {"HTTP_IF_MODIFIED_SINCE": "Wed, 21 Oct 2065 07:28:00 GMT"},
]


def document(collection=SHARED_LIBRARY, **fields):
    fields.setdefault("title", "Letter to the council")
    return PortalDocument.objects.create(
        file=pdf_file(text=SECRET), collection=Collection.objects.get(name=collection), **fields
    )


def body(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.fixture
def member():
    return on_team(CityFactory(member=True), Role.EDITOR)


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("headers", ASKED)
@pytest.mark.parametrize("who", ["visitor", "lapsed"])
def test_a_guessed_address_says_how_to_get_in_and_nothing_of_the_file(client, method, headers, who):
    file = document(MEMBERS_LIBRARY)
    if who == "lapsed":
        client.force_login(on_team(CityFactory(status=City.Status.LAPSED), Role.LEAD))
    if headers.get("HTTP_IF_NONE_MATCH"):
        headers = {"HTTP_IF_NONE_MATCH": f'"{file.file_hash}"'}
    response = getattr(client, method)(file.url, **headers)
    assert response.status_code == 403
    assert response["Cache-Control"] == "private, no-store"
    assert not {"ETag", "Accept-Ranges", "Content-Range", "Last-Modified", "Content-Disposition"} & set(
        response.headers
    )
    text = body(response).decode()
    assert SECRET not in text
    assert file.title not in text
    assert str(file.file_size) != response.headers.get("Content-Length")
    if method == "get":
        assert f"/account/login/?next={file.url.replace('/', '%2F')}" in text


def test_members_get_the_file_and_nobody_keeps_it(client, member):
    file = document(MEMBERS_LIBRARY)
    client.force_login(member)
    response = client.get(file.url)
    assert SECRET.encode() in body(response)
    assert response["Cache-Control"] == "private, no-store"
    unchanged = client.get(file.url, HTTP_IF_NONE_MATCH=response["ETag"])
    assert unchanged.status_code == 304
    assert unchanged["Cache-Control"] == "private, no-store"


def test_a_wrong_name_is_a_404_for_everybody(client, member):
    file = document(MEMBERS_LIBRARY)
    wrong = file.url.replace("plan", "budget")
    assert client.get(wrong).status_code == 404
    client.force_login(member)
    assert client.get(wrong).status_code == 404


def test_folders_in_the_members_library_are_closed_too():
    folder = Collection.objects.get(name=MEMBERS_LIBRARY).add_child(name="Grants")
    assert is_for_members(document("Grants"))
    assert folder.depth == 4


def test_other_files_stay_open(client):
    file = document()
    assert not is_for_members(file)
    response = client.get(file.url)
    assert SECRET.encode() in body(response)
    assert "public" in response["Cache-Control"]


def test_a_file_in_the_wrong_folder_is_closed_where_only_members_are_led_to_it(client):
    file = document()
    tools = [("tool", {"document": file, "for_members": True})]
    toolkit = factories.toolkit(factories.library(), tools=tools)
    assert is_for_members(file)
    assert client.get(file.url).status_code == 403
    toolkit.tools = [("tool", {"document": file})]
    toolkit.save_revision().publish()
    assert not is_for_members(file)


def test_a_file_in_a_members_step_or_guide_is_closed():
    library = factories.library()
    hidden, open_one = document(), document()
    steps = [
        ("step", {"title": "Ask", "for_members": True, "content": [("downloads", {"files": [{"document": hidden}]})]}),
        ("step", {"title": "Go", "content": [("downloads", {"files": [{"document": open_one}]})]}),
    ]
    guide = factories.guide(library, steps=steps)
    assert is_for_members(hidden)
    assert not is_for_members(open_one)
    guide.access = Access.MEMBERS
    guide.save_revision().publish()
    assert is_for_members(open_one)


def test_a_file_that_a_public_page_shows_is_public():
    file = document()
    linked = f'<p><a linktype="document" id="{file.pk}">The letter</a></p>'
    factories.toolkit(factories.library(), [file], access=Access.MEMBERS)
    assert is_for_members(file)
    page = standard_page(national_home(), body=[("text", linked)])
    assert not is_for_members(file)
    page.unpublish()
    assert is_for_members(file)


def test_the_members_library_cannot_be_opened_by_use_on_a_public_page():
    file = document(MEMBERS_LIBRARY)
    factories.toolkit(factories.library(), [file])
    assert is_for_members(file)


def test_setting_up_twice_makes_one_members_library_behind_a_sign_in():
    set_up_portal(hostname="testserver")
    folder = Collection.objects.get(name=MEMBERS_LIBRARY)
    assert folder.get_parent().name == SHARED_LIBRARY
    assert [each.restriction_type for each in folder.get_view_restrictions()] == ["login"]


def test_an_ordinary_file_costs_few_queries(client, django_assert_max_num_queries):
    file = document()
    standard_page(national_home(), body=[("text", f'<p><a linktype="document" id="{file.pk}">It</a></p>')])
    with django_assert_max_num_queries(8):
        client.get(file.url)


def test_a_file_that_a_public_toolkit_offers_too_is_public():
    file = document()
    tools = [("tool", {"document": file, "for_members": True})]
    library = factories.library()
    factories.toolkit(library, tools=tools)
    public = factories.toolkit(library, [file], title="For everybody")
    assert not is_for_members(file)
    public.unpublish()
    assert is_for_members(file)
