"""Seed once, then open every page and every page's editor, in both languages."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.fields import StreamField
from wagtail.models import Page, Revision
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from city_sites.blocks import CityHomeStreamBlock
from city_sites.models import CityHomePage
from coalition.models import City, Contact, MembershipEvent, SitePlan
from home.models import HomePage, StandardPage
from portal.accounts.models import User
from portal.demo.models import Seeding
from portal.demo.services.people import ADMIN, STAFF
from portal.demo.services.seed import demo_logins, is_seeded, seed_demo
from resources.models.base import ResourcePage

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.usefixtures("demo"),
    pytest.mark.xdist_group("demo"),
]

MADE_UP = re.compile(r"Example|Sample|Tester|Placeholder|Specimen|Demo")
HREF = re.compile(r'<a [^>]*?href="(/[^"#?]*)')
LANGUAGE_LINK = re.compile(r"<a [^>]*\bhreflang=[^>]*>")
IN_SPANISH = 6  # resources of the library: four guides and the toolkit
BUILT_IN = ("/admin", "/documents/", "/static/", "/media/")


def language_of(page):
    return page.locale.language_code


def links_in(response):
    return set(HREF.findall(LANGUAGE_LINK.sub("", response.content.decode())))


def keys_in(pages, language):
    return {page.translation_key for page in pages if language_of(page) == language}


def test_every_page_opens(answers):
    assert [page.get_url() for page, response in answers.items() if response.status_code != 200] == []
    assert all(page.get_url().startswith("/es/") for page in answers if language_of(page) == "es")


def test_national_pages_are_there_in_both_languages(answers):
    national = [page for page in answers if "/cities/" not in page.url_path]
    national = [page for page in national if not issubclass(page.specific_class, ResourcePage)]
    assert keys_in(national, "en") == keys_in(national, "es")
    assert len(keys_in(national, "en")) == 20


def test_library_is_in_english_and_part_of_it_in_spanish(answers):
    resources = [page for page in answers if "/cities/" not in page.url_path]
    resources = [page for page in resources if issubclass(page.specific_class, ResourcePage)]
    assert len(keys_in(resources, "en")) == 19
    assert len(keys_in(resources, "es")) == IN_SPANISH
    assert keys_in(resources, "es") < keys_in(resources, "en")


def test_one_city_is_there_in_both_languages_and_the_others_in_english(answers):
    el_paso = [page for page in answers if "/cities/el-paso-tx/" in page.url_path]
    assert keys_in(el_paso, "en") == keys_in(el_paso, "es")
    assert len(keys_in(el_paso, "en")) == 24
    others = [page for page in answers if "/cities/" in page.url_path and page not in el_paso]
    assert keys_in(others, "es") == set()


def test_sites_look_different_and_a_pending_city_has_none():
    looks = {home.pairing for home in CityHomePage.objects.filter(locale__language_code="en")}
    assert looks == {"signpost", "poster", "plaque"}
    assert not CityHomePage.objects.filter(city__status=City.Status.PENDING).exists()
    assert City.objects.filter(status=City.Status.PENDING).exists()


def test_links_lead_to_a_page_in_the_same_language(answers):
    for page, response in answers.items():
        links = {link for link in links_in(response) if not link.startswith(BUILT_IN)}
        astray = {link for link in links if link.startswith("/es/") is not (language_of(page) == "es")}
        assert astray == set(), page.get_url()


def test_nothing_that_the_demo_links_to_is_missing(answers):
    opened = {page.get_url() for page in answers}
    links = {link for response in answers.values() for link in links_in(response)} - opened
    links = {link for link in links if not link.endswith("/pdf/")}  # slow, and throttled; see the guides’ tests
    assert links
    missing = {link for link in links if Client().get(link, follow=True).status_code != 200}
    assert missing == set()


@pytest.mark.one_engine
@pytest.mark.parametrize("language", ["en", "es"])
def test_staff_can_open_every_page_in_the_editor(language, answers):
    client = Client()
    client.force_login(User.objects.get(email=STAFF))
    for page in answers:
        if language_of(page) == language:
            assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200, page.get_url()


def test_superuser_can_open_one_page_of_each_type_in_the_editor(answers):
    client = Client()
    client.force_login(User.objects.get(email=ADMIN))
    for page in {page.content_type_id: page for page in answers}.values():
        assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200, page.get_url()


def test_every_page_can_be_saved_as_it_stands(shown):
    for page in Page.objects.filter(pk__in=[page.pk for page in shown]).specific():
        for field in page._meta.get_fields():
            if isinstance(field, StreamField):
                field.stream_block.clean(getattr(page, field.name))
        page.full_clean()


def test_every_kind_of_block_appears():
    used = {
        block.block_type for page in Page.objects.filter(depth__gt=1).specific() for block in getattr(page, "body", [])
    }
    assert used == set(CityHomeStreamBlock().child_blocks)


def test_no_segment_is_left_untranslated():
    for source in TranslationSource.objects.all():
        translation = Translation.objects.get(source=source, target_locale__language_code="es")
        total, done = translation.get_progress()
        assert total == done > 0, source.object_repr
    assert not StringTranslation.objects.filter(has_error=True).exists()
    assert TranslationSource.objects.count() == 20 + IN_SPANISH + 22  # national pages, the library's and one city's


def test_translations_keep_links_and_placeholders():
    for segment in StringSegment.objects.select_related("string"):
        english = segment.string.data
        spanish = StringTranslation.objects.get(translation_of=segment.string, context=segment.context).data
        for mark in (r'<a id="a\d+">', r"\{[a-z_]+\}"):
            assert re.findall(mark, english) == re.findall(mark, spanish), english


def test_second_seed_changes_nothing():
    def state():
        counted = [Page, Revision, City, Contact, MembershipEvent, SitePlan, User, StringTranslation, Seeding]
        revisions = dict(Page.objects.values_list("pk", "latest_revision_id"))
        return {model.__name__: model.objects.count() for model in counted}, revisions

    before = state()
    assert not seed_demo()
    assert state() == before


def test_what_an_editor_changed_or_deleted_stays_so():
    about = StandardPage.objects.get(slug="about", locale__language_code="en", depth=3)
    about.title = "Changed by an editor"
    about.save_revision().publish()
    for page in Page.objects.filter(slug="for-reporters"):
        page.delete()
    City.objects.filter(slug="tulsa-ok").update(mayor_name="Somebody Else")
    assert not seed_demo()
    about.refresh_from_db()
    assert about.title == "Changed by an editor"
    assert not Page.objects.filter(slug="for-reporters").exists()
    assert City.objects.get(slug="tulsa-ok").mayor_name == "Somebody Else"


@pytest.mark.one_engine
def test_database_without_a_home_counts_as_not_seeded():
    assert is_seeded()
    for page in HomePage.objects.all():
        page.delete()
    assert not is_seeded()


def test_cities_stand_where_their_history_ends():
    counts = {status: City.objects.filter(status=status).count() for status in City.Status.values}
    assert counts == {"member": 50, "pending": 6, "lapsed": 3, "withdrawn": 2, "prospect": 25}
    for city in City.objects.exclude(status="prospect").prefetch_related("events"):
        history = sorted(city.events.all(), key=lambda event: event.pk)
        assert history[-1].to_status == city.status
        assert [event.effective_on for event in history] == sorted(event.effective_on for event in history)
        assert all(before.to_status == after.from_status for before, after in zip(history, history[1:], strict=False))
    assert len({city.state for city in City.objects.members()}) >= 44


def test_nobody_could_take_the_people_for_real():
    names = [*City.objects.exclude(mayor_name="").values_list("mayor_name", flat=True)]
    names += Contact.objects.values_list("name", flat=True)
    assert len(names) > 150
    assert [name for name in names if not MADE_UP.search(name.split(" ", 1)[1])] == []
    assert all(email.endswith("@cities.example") for email in Contact.objects.values_list("email", flat=True))


def test_staff_and_superuser_can_sign_in_with_the_printed_passwords():
    for email, password, _role in demo_logins():
        assert Client().login(username=email, password=password), email
