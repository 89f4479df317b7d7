"""What somebody of one city would try by hand against another: ids in forms, in blocks, in texts, in translations."""

import json
import uuid

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.http import QueryDict
from django.urls import reverse
from wagtail.blocks.base import BlockField
from wagtail.images import get_image_model
from wagtail.models import Locale, Page, Site
from wagtail.test.utils.form_data import nested_form_data, streamfield
from wagtail_localize.models import SegmentOverride, Translation, TranslationSource

from coalition.models import Role
from home.models import StandardPage
from portal.accounts.factories import UserFactory
from tests.walls.world import CANARY, Belongings, furnish, shared_collection

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def editor(client, cities):
    client.force_login(cities[0].people[Role.EDITOR])
    return client


def page_form(page, blocks, **fields):
    """What the editor of a standard page posts."""
    body = streamfield(blocks)
    for number in range(len(blocks)):
        body[f"{number}-id"] = str(uuid.uuid4())
    no_comments = {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0", "MIN_NUM_FORMS": "0", "MAX_NUM_FORMS": ""}
    form = {
        "title": "What we are writing",
        "slug": page.slug,
        "summary": "Kept while the form is mended",
        "body": body,
        "comments": no_comments,
        **fields,
    }
    return nested_form_data(form)


def picture(image):
    return ("image", {"image": {"image": image.pk, "alt_text": "A roof", "decorative": ""}, "caption": ""})


def prose(*entities):
    """A text whose one word is linked as each entity says."""
    return (
        "text",
        json.dumps(
            {
                "blocks": [
                    {
                        "key": "a1b2c",
                        "text": "word " * len(entities),
                        "type": "unstyled",
                        "depth": 0,
                        "inlineStyleRanges": [],
                        "entityRanges": [{"offset": 5 * n, "length": 4, "key": n} for n in range(len(entities))],
                    }
                ],
                "entityMap": {
                    str(number): {"type": kind, "mutability": "MUTABLE", "data": data}
                    for number, (kind, data) in enumerate(entities)
                },
            }
        ),
    )


def list_of(items):
    """A list block as it is posted."""
    form = {"count": str(len(items))}
    for number, item in enumerate(items):
        form |= {f"{number}-deleted": "", f"{number}-order": str(number), f"{number}-type": "item", f"{number}-id": "",
                 f"{number}-value": item}  # fmt: skip
    return form


def latest(page):
    """The page as it was saved last."""
    return StandardPage.objects.get(pk=page.pk).get_latest_revision_as_object()


def edit_url(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


@pytest.fixture
def page(cities):
    """A draft of one's own."""
    return cities[0].things["page"][0]


def blocks_naming(theirs):
    image, document, draft = (theirs.things[kind][0] for kind in ("image", "document", "page"))
    file = {"items": streamfield([]), "document": document.pk, "title": "", "text": ""}
    return {
        "a picture": [picture(image)],
        "a file": [("downloads", {"heading": "", "files": list_of([file])})],
        "a page": [prose(("LINK", {"id": draft.pk, "parentId": 1, "url": "/x/"}))],
        "a file in a text": [prose(("DOCUMENT", {"id": document.pk, "filename": "x.txt", "url": "/x/"}))],
    }


@pytest.mark.parametrize("what", ["a picture", "a file", "a page", "a file in a text"])
@pytest.mark.parametrize("way", ["save", "publish", "preview", "autosave"])
def test_what_is_anothers_is_refused_in_a_page_and_not_shown(editor, cities, page, what, way):
    _mine, theirs, belongings = cities
    form = page_form(page, blocks_naming(theirs)[what])
    if way == "publish":
        form["action-publish"] = "1"
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk]) if way == "preview" else edit_url(page)
    before = page.revisions.count()
    accept = {"accept": "application/json"} if way == "autosave" else {}
    response = editor.post(url, form, headers=accept)
    assert CANARY not in response.content.decode()
    if way == "preview":
        assert response.json()["is_valid"] is False
    elif way == "autosave":
        assert response.json()["success"] is False
    else:
        assert response.status_code == 200
        shown = response.content.decode()
        assert "not yours to use" in shown
        assert "Kept while the form is mended" in shown
    assert page.revisions.count() == before
    assert belongings.changes() == []


def test_ones_own_and_the_librarys_and_public_pages_are_taken(editor, cities, page):
    mine, theirs, _belongings = cities
    shared = get_image_model()(title="Flag", description="A flag", collection=shared_collection())
    shared.file = mine.things["image"][0].file
    shared.save()
    blocks = [
        picture(mine.things["image"][0]),
        picture(shared),
        prose(
            ("LINK", {"id": theirs.home.pk, "url": "/x/"}),
            ("LINK", {"id": mine.things["page"][3].pk, "url": "/x/"}),
            ("DOCUMENT", {"id": mine.things["document"][0].pk, "filename": "x.txt", "url": "/x/"}),
        ),
    ]
    response = editor.post(edit_url(page), page_form(page, blocks))
    assert response.status_code == 302, response.context["form"].errors
    saved = latest(page)
    assert [block.block_type for block in saved.body] == ["image", "image", "text"]


def test_what_staff_put_in_may_stay(editor, cities, page):
    """An editor goes on with a page in which coalition staff used a picture of theirs."""
    _mine, theirs, _belongings = cities
    staff = UserFactory()
    staff.groups.add(Group.objects.get(name="Coalition staff"))
    other = editor.__class__()
    other.force_login(staff)
    blocks = [picture(theirs.things["image"][0])]
    assert other.post(edit_url(page), page_form(page, blocks)).status_code == 302
    assert editor.post(edit_url(page), page_form(page, blocks)).status_code == 302


def test_another_citys_picture_is_refused_as_the_look_of_a_home(cities):
    mine, theirs, _belongings = cities
    form_class = type(mine.home).get_edit_handler().get_form_class()
    image = theirs.things["image"][0]
    empty = {f"{name}-count": "0" for name, field in form_class.base_fields.items() if isinstance(field, BlockField)}
    no_comments = {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
    data = QueryDict(mutable=True)
    data.update({"hero_image": str(image.pk), "title": "Our look", **empty, **no_comments})
    form = form_class(data, instance=mine.home, for_user=mine.people[Role.LEAD])
    assert "not yours to use" in str(form.errors["hero_image"])
    assert form.data["hero_image"] == ""
    assert form.data["title"] == "Our look"


def test_every_page_type_has_the_form_that_asks():
    from wagtail.models import get_page_models

    from portal.core.page_forms import PortalPageForm

    for model in get_page_models():
        if model is not Page:
            assert issubclass(model.get_edit_handler().get_form_class(), PortalPageForm), model


@pytest.mark.parametrize("kind", ["image", "document"])
def test_a_file_cannot_be_put_into_another_citys_collection(editor, cities, kind):
    mine, theirs, belongings = cities
    mine_file = mine.things[kind][0]
    name = "wagtailimages:edit" if kind == "image" else "wagtaildocs:edit"
    collection = theirs.things["collection"][0].pk
    form = {"title": "Mine", "description": "Mine", "collection": collection, "language": "en"}
    editor.post(reverse(name, args=[mine_file.pk]), form)
    mine_file.refresh_from_db()
    assert mine_file.collection != theirs.things["collection"][0]
    assert belongings.changes() == []


def test_a_translation_does_not_take_another_citys_picture(editor, cities):
    mine, theirs, _belongings = cities
    page = mine.things["page"][0]
    assert editor.post(edit_url(page), page_form(page, [picture(mine.things["image"][0])])).status_code == 302
    source, _made = TranslationSource.update_or_create_from_instance(latest(page))
    translation = Translation.objects.create(source=source, target_locale=Locale.objects.get(language_code="es"))
    translation.save_target(publish=False)
    segment = source.overridablesegment_set.get(context__field_path__startswith="body")
    url = reverse("wagtail_localize:edit_override", args=[translation.pk, segment.pk])
    ask = {"data": f"value={theirs.things['image'][0].pk}", "content_type": "application/x-www-form-urlencoded"}
    assert editor.put(url, **ask).status_code == 403
    assert not SegmentOverride.objects.exists()
    ask["data"] = f"value={mine.things['image'][0].pk}"
    assert editor.put(url, **ask).status_code == 201


@pytest.mark.parametrize("content", [b"", b"no translations", b"\xff\xfe", b"/etc/passwd", None])
def test_a_file_of_translations_that_cannot_be_read_is_refused_in_words(editor, cities, content):
    translation = cities[0].things["translation"][0]
    page = translation.get_target_instance()
    url = reverse("wagtail_localize:upload_pofile", args=[translation.pk])
    form = {"next": edit_url(page)} | ({} if content is None else {"file": ContentFile(content, name="es.po")})
    response = editor.post(url, form, follow=True)
    assert response.redirect_chain == [(edit_url(page), 302)]
    assert "this one cannot be read" in response.content.decode()


def test_a_file_of_translations_that_was_downloaded_is_taken(editor, cities):
    translation = cities[0].things["translation"][0]
    file = editor.get(reverse("wagtail_localize:download_pofile", args=[translation.pk])).content
    url = reverse("wagtail_localize:upload_pofile", args=[translation.pk])
    page = translation.get_target_instance()
    form = {"next": edit_url(page), "file": ContentFile(file, name="es.po")}
    assert "Successfully imported" in editor.post(url, form, follow=True).content.decode()


@pytest.mark.parametrize("act", ["copy", "move"])
def test_a_page_cannot_be_copied_or_moved_to_another_city(editor, cities, page, act):
    _mine, theirs, belongings = cities
    form = {
        "new_title": "Taken over",
        "new_slug": "taken-over",
        "new_parent_page": theirs.home.pk,
        "publish_copies": "on",
        "alias": "on",
    }
    assert editor.post(reverse(f"wagtailadmin_pages:{act}", args=[page.pk]), form).status_code == 404
    url = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, theirs.home.pk])
    assert editor.post(url).status_code == 404
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
    assert editor.post(f"{bulk}?id={page.pk}", {"chooser": theirs.home.pk}).status_code == 404
    assert belongings.changes() == []


def test_choosers_show_public_titles_of_others_and_drafts_of_ones_own(editor, cities):
    mine, theirs, _belongings = cities
    url = reverse("wagtailadmin_choose_page_child", args=[theirs.home.pk])
    shown = editor.get(url).json()["html"]
    assert f"Open {theirs.home.slug}" in shown
    assert CANARY not in shown
    own = editor.get(reverse("wagtailadmin_choose_page_child", args=[mine.home.pk])).json()["html"]
    assert mine.text("changedraft") in own
    assert mine.text("draft") in own
    Site.objects.update(hostname="cities.example")
    Site.clear_site_root_paths_cache()
    address = Page.objects.get(pk=theirs.things["page"][1].pk).get_full_url()
    answer = editor.post(
        reverse("wagtailadmin_choose_page_external_link"),
        {"external-link-chooser-url": address, "external-link-chooser-link_text": ""},
    ).json()["result"]
    assert CANARY not in str(answer)
    assert answer["id"] == theirs.things["page"][1].pk


def test_an_editor_of_two_cities_reaches_both_and_no_third(client, cities):
    mine, theirs, _belongings = cities
    both = mine.people[Role.EDITOR]
    both.groups.add(theirs.city.groups.get(role=Role.EDITOR).group)
    third = furnish("Aurora", "CO", "third")
    client.force_login(both)
    for estate, status in ((mine, 200), (theirs, 200), (third, 404)):
        assert client.get(edit_url(estate.things["page"][0])).status_code == status


@pytest.mark.parametrize("rank", ["staff", "superuser"])
def test_coalition_people_cannot_be_touched_by_a_lead(client, cities, rank):
    mine, _theirs, _belongings = cities
    above = UserFactory(is_superuser=rank == "superuser")
    if rank == "staff":
        above.groups.add(Group.objects.get(name="Coalition staff"))
    client.force_login(mine.people[Role.LEAD])
    groups = set(above.groups.all())
    for name in ("roles", "remove"):
        url = reverse(f"coalition_team:{name}", args=[mine.city.pk, above.pk])
        assert client.get(url).status_code == 404
        assert client.post(url, {"roles": ["lead"]}).status_code == 404
    above.refresh_from_db()
    assert above.is_active
    assert set(above.groups.all()) == groups


def test_a_lead_gives_no_more_than_the_roles_of_the_own_city(client, cities):
    mine, theirs, belongings = cities
    author = mine.people[Role.AUTHOR]
    staff = Group.objects.get(name="Coalition staff")
    client.force_login(mine.people[Role.LEAD])
    url = reverse("coalition_team:roles", args=[mine.city.pk, author.pk])
    more = {
        "is_superuser": "on",
        "is_staff": "on",
        "groups": [staff.pk, *(group.pk for group in theirs.things["group"])],
        "user_permissions": ["1", "2", "3"],
        "city": theirs.city.pk,
    }
    client.post(url, {"roles": ["lead"], **more})
    client.post(url, {"roles": ["superuser"], **more})
    author.refresh_from_db()
    assert not author.is_superuser
    assert not author.is_staff
    assert not author.user_permissions.exists()
    assert set(author.groups.all()) <= {row.group for row in mine.city.groups.all()}
    assert belongings.changes() == []


def test_belongings_notice_a_change(cities):
    """The instrument itself: a row that is changed, added or taken away is seen."""
    _mine, theirs, _belongings = cities
    fresh = Belongings.__new__(Belongings)
    fresh.pks = _belongings.pks
    fresh.content = fresh._content()
    draft = theirs.things["page"][0]
    StandardPage.objects.filter(pk=draft.pk).update(title="Other")
    assert fresh.changes()
    StandardPage.objects.filter(pk=draft.pk).update(title=draft.title)
    assert fresh.changes() == []
    theirs.things["group"][0].user_set.add(UserFactory())
    assert fresh.changes() == ["accounts.User_groups.group changed"]
