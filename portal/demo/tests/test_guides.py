"""What the demo's cities and readers did with its guides, and what visitors may not read."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageLogEntry

from coalition.models import City
from portal.accounts.models import User
from portal.demo.services.people import STAFF
from portal.demo.services.seed import seed_demo
from resources.models import (
    DownloadCount,
    Feedback,
    GuideCopy,
    GuidePage,
    GuideReferencePage,
    GuideUse,
    LibraryPage,
    ToolkitPage,
)
from resources.models.base import ResourcePage
from resources.origins import origin_of

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.usefixtures("demo"),
    pytest.mark.xdist_group("demo"),
]

MEMBERS_GUIDE = "Count dots by hand, in the room, aloud."
MEMBERS_STEP = {"/": "Ask for the contractor price on the second call", "/es/": "Pida el precio de contratista"}
TULSA = "lead.tulsa@cities.example"


def body(path, email=None):
    client = Client()
    if email:
        client.force_login(User.objects.get(email=email))
    response = client.get(path, follow=True)
    assert response.status_code == 200, path
    return response.content.decode()


def in_library(slug):
    library = LibraryPage.objects.get(slug="guides", locale__language_code="en")
    return GuidePage.objects.descendant_of(library).get(slug=slug)


def test_topics_tags_days_and_a_keeper_are_given_to_all():
    for page in ResourcePage.objects.descendant_of(LibraryPage.objects.get(locale__language_code="en")):
        assert page.topics.exists(), page.slug
        assert page.tags.exists(), page.slug
        assert page.keeper.email == STAFF
        assert page.updated_on <= page.reviewed_on


@pytest.mark.parametrize("prefix", ["/", "/es/"])
def test_old_address_of_the_blueprint_leads_to_it_and_so_does_the_home(prefix):
    client = Client()
    response = client.get(f"{prefix}recruit-your-mayor/")
    assert (response.status_code, response["Location"]) == (301, f"{prefix}guides/recruit-your-mayor/")
    assert f'href="{prefix}guides/recruit-your-mayor/"' in body(prefix)


def test_a_guide_for_members_shows_the_public_its_summary_only():
    public, member = (body("/guides/write-a-service-plan/", email) for email in (None, TULSA))
    assert "eight pages" in public
    assert MEMBERS_GUIDE not in public
    assert MEMBERS_GUIDE in member


@pytest.mark.parametrize("prefix", ["/", "/es/"])
def test_one_step_of_a_public_guide_is_for_members(prefix):
    public, member = (body(f"{prefix}guides/cool-roofs/", email) for email in (None, TULSA))
    assert MEMBERS_STEP[prefix] not in public
    assert MEMBERS_STEP[prefix] in member


def test_budgets_of_the_kit_are_for_members():
    kit = ToolkitPage.objects.get(slug="saturday-kit", locale__language_code="en")
    paths = {tool.value["for_members"]: f"{kit.get_url()}file/{tool.id}/" for tool in kit.tools}
    assert Client().get(paths[False]).status_code == 200
    assert Client().get(paths[True]).status_code == 403


def test_cities_used_guides_with_results():
    uses = GuideUse.objects.all()
    assert uses.count() > 40
    assert {use.city.status for use in uses.select_related("city")} == {City.Status.MEMBER}
    assert "312" in body("/guides/cool-roofs/")


def test_tulsa_follows_two_guides_with_its_own_words():
    pages = GuideReferencePage.objects.live().filter(url_path__contains="/cities/tulsa-ok/")
    assert pages.count() == 2
    assert "Admiral and Lewis" in body(pages.exclude(own_words="").get().get_url())


def test_source_of_el_pasos_copy_has_changed_since():
    for row in GuideCopy.objects.all():
        assert "/cities/el-paso-tx/" in row.copy.url_path
        assert origin_of(row.copy).has_changed
    assert GuideCopy.objects.count() == 2
    assert "What we learned this fall" in body("/guides/adopt-a-storm-drain/")
    assert "Lo que aprendimos este otoño" in body("/es/guides/adopt-a-storm-drain/")


def test_readers_answered_and_took_files():
    assert Feedback.objects.exclude(text="").count() > 20
    assert {row.what for row in DownloadCount.objects.filter(guide_key=in_library("cool-roofs").translation_key)} == {
        "pdf"
    }


def test_pages_brought_in_are_in_the_citys_history():
    kind = ContentType.objects.get_for_model(GuideReferencePage)
    assert PageLogEntry.objects.filter(content_type=kind, user__email=TULSA).exists()


def test_second_seed_leaves_guides_and_what_was_done_with_them_as_they_are():
    guide = in_library("tool-library")
    guide.title = "Changed by an editor"
    guide.save_revision().publish()
    rows = [GuideUse, GuideCopy, Feedback, DownloadCount, Redirect]
    before = [model.objects.count() for model in rows]
    assert not seed_demo()
    assert [model.objects.count() for model in rows] == before
    assert in_library("tool-library").title == "Changed by an editor"
