"""Site health: unfinished pages, pictures, old pages, Spanish; who sees what; and how many queries it takes."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtail_localize.operations import translate_object

from city_sites.factories import city_site, spanish_home, team_member
from city_sites.health import Kind, Severity, Survey, findings, findings_for, register_check
from city_sites.health import checks as all_checks
from city_sites.health.finding import Finding
from city_sites.tests.health import draft, lines, lines_about, link, put
from coalition.factories import CityFactory
from coalition.models import Role
from home.factories import contact_page, standard_page, story
from home.models import HomePage, StandardPage
from home.services.setup import set_up_portal
from portal.media.models import PortalImage

pytestmark = pytest.mark.django_db

LONG_AGO = timezone.now() - datetime.timedelta(days=500)


@pytest.fixture
def home(tulsa_database):
    return city_site()


def child(home, slug):
    return Page.objects.child_of(home).get(slug=slug).specific


def saved_at(page, when):
    Page.objects.filter(pk=page.pk).update(latest_revision_created_at=when)


def about(home, page, kind=Kind.UNFINISHED):
    return lines_about(page, kind, home.city)


def texts(home, page, kind=Kind.UNFINISHED):
    return [finding.text for finding in about(home, page, kind)]


class TestUnfinished:
    def test_a_draft_that_lies_for_a_day_is_named_until_it_is_published(self, home):
        page = StandardPage(title="How we choose", summary="By need.", live=False)
        home.add_child(instance=page)
        page.save_revision()
        assert about(home, page) == []
        saved_at(page, LONG_AGO)
        assert texts(home, page) == ["This page was begun and never published."]
        page.save_revision().publish()
        assert about(home, page) == []

    def test_changes_that_nobody_published_are_named(self, home):
        page = standard_page(home, "How we choose", summary="By need.")
        draft(page, title="How we decide")
        saved_at(page, LONG_AGO)
        (line,) = about(home, page)
        assert line.text == "Somebody changed this page and has not published it."
        assert line.place == "How we decide"
        page.get_latest_revision().publish()
        assert about(home, page) == []

    def test_a_page_that_was_taken_offline_on_purpose_is_no_draft(self, home):
        page = standard_page(home, "How we choose", summary="By need.")
        page.refresh_from_db()
        page.unpublish()
        saved_at(page, LONG_AGO)
        assert about(home, page) == []

    def test_a_draft_that_waits_for_approval_is_not_nobodys(self, home):
        author = team_member(home.city, Role.AUTHOR)
        page = StandardPage(title="How we choose", owner=author, live=False)
        home.add_child(instance=page)
        page.save_revision(user=author)
        home.city.site.workflow.start(page, author)
        saved_at(page, LONG_AGO)
        assert about(home, page) == []

    def test_the_home_needs_a_button_and_an_address(self, home):
        put(home, hero_links=[], contact_lines=" \n")
        paths = [line.url.partition("contentpath=")[2] for line in about(home, home)]
        assert paths == ["hero_links", "contact_lines"]
        put(home, hero_links=[("link", "b", link("Go", page=home.pk))], contact_lines="City Hall")
        assert about(home, home) == []

    def test_a_lead_that_is_empty_has_a_line(self, home):
        page = standard_page(home, "How we choose")
        (line,) = about(home, page)
        assert line.url == f"/admin/pages/{page.pk}/edit/#:w:contentpath=summary"
        put(page, summary="By need.")
        assert about(home, page) == []

    def test_messages_that_go_to_the_coalition_are_named_until_each_subject_has_a_mailbox(self):
        set_up_portal(hostname="testserver")
        contact_page(HomePage.objects.first())
        home = city_site()
        page = child(home, "contact")
        line = about(home, page)[0]
        assert line.severity == Severity.HIGH
        assert "join@cities.example" in line.text
        route = page.routes.raw_data[0]
        assert line.url.endswith(f"#:w:contentpath=routes.{route['id']}.email")
        put(page, routes=[("route", "r", {"label": "Helping", "email": "help@tulsa.example"})])
        assert about(home, page) == []

    def test_a_subject_without_a_mailbox_reaches_nobody(self, home):
        page = put(child(home, "contact"), routes=[("route", "r", {"label": "Helping", "email": ""})])
        assert texts(home, page) == ["Messages about 1 subject reach nobody. Put your mailbox in."]

    def test_a_contact_form_without_a_subject_reaches_nobody(self, home):
        page = put(child(home, "contact"), routes=[])
        assert texts(home, page) == ["Nobody can write to you: the form has no subject to choose."]

    def test_starter_pages_are_named_until_somebody_saves_them(self, home):
        page = child(home, "about")
        (line,) = about(home, page)
        assert "Nobody has made this page yours yet" in line.text
        assert line.severity == Severity.LOW
        draft(page, title="Who we are")
        assert about(home, page) == []

    def test_lists_that_fill_themselves_are_not_starter_text(self, home):
        assert about(home, child(home, "opportunities")) == []


class TestPictures:
    def block(self, **values):
        return ("image", "pic", {"image": {"decorative": False, "alt_text": "", **values}, "caption": "", "credit": ""})

    @pytest.fixture
    def image(self, home):
        return PortalImage.objects.create(title="Porch", file=get_test_image_file(), is_decorative=True)

    def test_a_picture_without_words_has_a_line_until_it_has_them(self, home, image):
        page = standard_page(home, "How we choose", summary="By need.")
        put(page, body=[self.block(image=image.pk)])
        (line,) = about(home, page, Kind.ALT_TEXT)
        assert line.url.endswith("#:w:contentpath=body.pic.image.alt_text")
        put(page, body=[self.block(image=image.pk, alt_text="Two neighbors on a porch")])
        assert about(home, page, Kind.ALT_TEXT) == []

    def test_decoration_needs_no_words(self, home, image):
        page = standard_page(home, "How we choose")
        put(page, body=[self.block(image=image.pk, decorative=True)])
        assert about(home, page, Kind.ALT_TEXT) == []

    def test_a_picture_of_the_library_is_named_until_it_is_described(self, home):
        ours = PortalImage.objects.create(
            title="Porch", file=get_test_image_file(), collection=home.city.site.collection
        )
        PortalImage.objects.create(title="Somebody else’s", file=get_test_image_file())
        (line,) = [finding for finding in findings(home.city) if finding.kind == Kind.ALT_TEXT]
        assert (line.page, line.place) == (None, "Porch")
        assert line.url == f"/admin/images/{ours.pk}/#:w:contentpath=description"
        ours.description = "Two neighbors on a porch"
        ours.save()
        assert lines(home.city, Kind.ALT_TEXT) == []


class TestStale:
    def age(self, page):
        Page.objects.filter(pk=page.pk).update(last_published_at=LONG_AGO)

    def test_a_page_that_is_old_has_a_line_until_it_is_published_again(self, home):
        page = child(home, "privacy")
        self.age(page)
        assert "16 months ago" in texts(home, page, Kind.STALE)[0]
        child(home, "privacy").save_revision().publish()
        assert about(home, page, Kind.STALE) == []

    def test_how_old_is_old_can_be_set(self, home, settings):
        page = child(home, "privacy")
        self.age(page)
        settings.CITY_STALE_MONTHS = 24
        assert about(home, page, Kind.STALE) == []

    def test_a_story_is_not_old_but_its_list_is(self, home):
        stories = child(home, "stories")
        old = story(stories, date=LONG_AGO.date())
        self.age(old)
        (line,) = [finding for finding in findings(home.city) if finding.kind == Kind.STALE]
        assert line.page.pk == stories.pk
        assert line.url == f"/admin/pages/add/home/storypage/{stories.pk}/"
        story(child(home, "stories"), "A new one", date=timezone.localdate())
        assert lines(home.city, Kind.STALE) == []

    def test_a_notice_that_has_ended_is_named_until_it_is_cleared(self, home):
        put(home, notice_text="Storm tonight", notice_until=timezone.now() - datetime.timedelta(hours=1))
        (line,) = about(home, home, Kind.STALE)
        assert line.url.endswith("#:w:contentpath=notice_text")
        put(home, notice_text="")
        assert about(home, home, Kind.STALE) == []


class TestSpanish:
    def test_a_site_in_english_only_gets_one_offer(self, home):
        (line,) = [finding for finding in findings(home.city) if finding.kind == Kind.SPANISH]
        assert line.url == f"/admin/localize/submit/page/{home.pk}/?select_locale=es"
        assert line.severity == Severity.LOW

    def test_each_public_page_without_spanish_has_a_line_until_it_is_published_in_spanish(self, home):
        spanish = spanish_home(home)
        page = child(home, "about")
        assert texts(home, page, Kind.SPANISH) == ["This page is not in Spanish yet."]
        translated = page.copy_for_translation(spanish.locale)
        translated.save_revision()
        assert about(home, page, Kind.SPANISH) == []
        assert texts(home, translated, Kind.SPANISH) == ["The Spanish of this page is not published."]
        translated.save_revision().publish()
        assert about(home, translated, Kind.SPANISH) == []

    def test_texts_that_are_not_translated_are_counted(self, home):
        spanish_home(home)
        page = standard_page(home, "How we choose", summary="By need.")
        spanish = Locale.objects.get(language_code="es")
        translate_object(page, [spanish])
        StringTranslation.objects.filter(locale=spanish).delete()
        translated = page.get_translation(spanish)
        assert texts(home, translated, Kind.SPANISH)[0].endswith("texts of this page are not in Spanish yet.")

    def test_english_that_changed_since_it_was_translated_has_a_line_until_it_is_synced(self, home):
        spanish_home(home)
        page = standard_page(home, "How we choose", summary="By need.")
        translation = self.translated(page)
        assert lines_about(page, Kind.SPANISH, home.city) == []
        page = put(StandardPage.objects.get(pk=page.pk), summary="By greatest need.")
        source = translation.source
        TranslationSource.objects.filter(pk=source.pk).update(
            last_updated_at=page.last_published_at - datetime.timedelta(1)
        )
        (line,) = about(home, page, Kind.SPANISH)
        assert line.text == "This page has changed since it was put into Spanish."
        assert line.url.startswith(f"/admin/localize/update/{source.pk}/")
        source.refresh_from_db()
        source.update_from_db()
        self.translate_all(translation)
        assert about(home, page, Kind.SPANISH) == []

    def translated(self, page):
        spanish = Locale.objects.get(language_code="es")
        translate_object(page, [spanish])
        translation = Translation.objects.get(source__object_id=page.translation_key, target_locale=spanish)
        self.translate_all(translation)
        translation.save_target(publish=False)
        page.get_translation(spanish).get_latest_revision().publish()
        return translation

    def translate_all(self, translation):
        for segment in translation.source.stringsegment_set.all():
            StringTranslation.objects.get_or_create(
                translation_of=segment.string,
                context=segment.context,
                locale=translation.target_locale,
                defaults={"data": f"¡{segment.string.data}!"},
            )


class TestWhoSeesWhat:
    def test_editors_see_every_line_and_authors_those_of_their_own_pages(self, home):
        editor, author = (team_member(home.city, role) for role in (Role.EDITOR, Role.AUTHOR))
        page = standard_page(home, "How we choose")
        page.owner = author
        page.save()
        survey = Survey(home.city)
        assert [finding.page.pk for finding in findings_for(author, survey)] == [page.pk]
        assert findings_for(editor, survey) == findings(home.city)

    def test_a_hiring_manager_sees_the_jobs_only(self, home):
        put(child(home, "jobs"), summary="")
        put(child(home, "guides"), summary="")
        hiring = team_member(home.city, Role.HIRING)
        assert [finding.page.slug for finding in findings_for(hiring, Survey(home.city))] == ["jobs"]

    def test_somebody_of_another_city_sees_nothing(self, home):
        stranger = team_member(city_site("Mesa", "AZ").city, Role.LEAD)
        assert findings_for(stranger, Survey(home.city)) == []

    def test_rights_are_those_that_wagtail_asks_for(self, home):
        standard_page(home, "How we choose")
        for role in Role:
            user = team_member(home.city, role)
            survey = Survey(home.city)
            seen = {finding.page.pk for finding in findings_for(user, survey) if finding.page}
            every = {finding.page.pk: finding.page for finding in findings(home.city) if finding.page}
            assert seen == {pk for pk, page in every.items() if page.permissions_for_user(user).can_edit()}, role

    def test_another_citys_faults_are_not_ours(self, home):
        other = city_site("Mesa", "AZ")
        put(other, hero_links=[], contact_lines="")
        pages = {finding.page.pk for finding in findings(home.city) if finding.page}
        assert pages <= set(Page.objects.descendant_of(home, inclusive=True).values_list("pk", flat=True))


class TestCost:
    def queries(self, city):
        with CaptureQueriesContext(connection) as captured:
            found = findings(city)
        return len(captured), found

    def fill(self, home, numbers):
        for number in numbers:
            page = standard_page(home, f"Page {number}")
            links = f'<a linktype="page" id="{home.pk + number}">a</a> <a linktype="document" id="{number}">b</a>'
            picture = {"image": {"image": 9_000 + number, "decorative": False, "alt_text": ""}}
            put(page, body=[("text", "t", f"<p>{links}</p>"), ("image", "i", picture)])
            draft(page, summary="By need.")
            saved_at(page, LONG_AGO)

    @pytest.mark.slow
    def test_queries_do_not_grow_with_the_pages(self, home):
        spanish = spanish_home(home)
        self.fill(home, range(5))
        page = StandardPage.objects.child_of(home).last()
        page.copy_for_translation(spanish.locale).save_revision().publish()
        few, _found = self.queries(home.city)
        self.fill(home, range(5, 40))
        many, found = self.queries(home.city)
        assert len(found) > 100
        assert many == few
        assert many <= 24


def test_another_room_can_register_a_check(home, monkeypatch):
    monkeypatch.setattr(all_checks, "_checks", list(all_checks._checks))
    register_check(lambda survey: [Finding(Kind.UNFINISHED, "A shift has no place.", survey.pages[0], "/admin/")])
    assert "A shift has no place." in lines(home.city, Kind.UNFINISHED)


def test_a_city_without_a_site_has_no_lines(home):
    assert findings(CityFactory(name="Dayton", state="OH")) == []
