"""A page that was deleted from a city's site is kept for thirty days, and comes back as it was."""

import datetime

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import LogContext
from wagtail.models import GroupPagePermission, Page, PageViewRestriction, Revision
from wagtail_localize.models import StringTranslation, Translation

from city_sites.factories import city_site, spanish_home, team_member
from city_sites.models import CityHomePage, CityRedirect, CitySectionPage, DeletedPage, StarterPart
from city_sites.services.deleted_pages import nothing_kept, purge_deleted_pages
from city_sites.services.put_back import NothingToPutBackError, put_back
from coalition.factories import CityFactory
from coalition.models import Role
from home.factories import standard_page, story
from home.models import StandardPage, StoryPage
from portal.core.bilingual import Words
from portal.core.bilingual.translation import translate
from portal.core.models import Topic

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def home(tulsa_database):
    return city_site()


@pytest.fixture
def lead(home):
    return team_member(home.city, Role.LEAD)


def child(home, slug):
    return Page.objects.child_of(home).get(slug=slug).specific


def back(home, by=None):
    return put_back(act=DeletedPage.objects.latest("pk").act, by=by, city=home.city)


def body_of(page):
    return page.specific.serializable_data()["body"]


def test_page_comes_back_with_its_number_address_text_and_history(home, lead):
    page = standard_page(home, title="Our parks", summary="Forty of them.", owner=lead)
    page.summary = "Forty-one of them."
    page.save_revision(user=lead).publish()
    before = page.specific_class.objects.get(pk=page.pk)
    old_revisions = list(before.revisions.values_list("pk", flat=True))
    before.delete(user=lead)
    result = back(home, by=lead)
    after = StandardPage.objects.get(pk=before.pk)
    assert result.notes == []
    assert (after.title, after.slug, after.summary, after.live) == ("Our parks", "our-parks", before.summary, True)
    assert (after.url_path, after.path, after.owner) == (before.url_path, before.path, lead)
    assert after.translation_key == before.translation_key
    assert abs(after.first_published_at - before.first_published_at) < datetime.timedelta(milliseconds=1)
    assert set(old_revisions) <= set(after.revisions.values_list("pk", flat=True))
    assert after.get_parent().numchild == home.get_children().count()
    assert Page.find_problems() == ([], [], [], [], [])


def test_children_come_back_below_it_in_order(home):
    index = child(home, "stories")
    for number in range(3):
        story(index, title=f"Story {number}")
    titles = [page.title for page in index.get_children()]
    assert len(titles) >= 3
    CityHomePage.objects.get(pk=home.pk).get_children().get(pk=index.pk).delete()
    assert DeletedPage.objects.count() == 1 + len(titles)
    back(home)
    assert [page.title for page in Page.objects.get(pk=index.pk).get_children()] == titles
    assert Page.find_problems() == ([], [], [], [], [])


def test_links_menu_redirects_rights_and_starter_lead_to_it_again(home, client):
    section = CitySectionPage.objects.child_of(home).get(slug="opportunities")
    contact = child(home, "contact")
    assert home.contact_page_id == contact.pk
    old_way = CityRedirect.objects.create(city=home.city, old_path="/old.html", page=section)
    Redirect.objects.create(old_path="/short", redirect_page=section)
    rights = set(GroupPagePermission.objects.filter(page=section).values_list("group", "permission"))
    assert rights
    for page in (section, contact):
        Page.objects.get(pk=page.pk).delete()
        home.refresh_from_db()
        back(home)
    home.refresh_from_db()
    assert home.contact_page_id == contact.pk
    assert CityRedirect.objects.get(pk=old_way.pk).page_id == section.pk
    assert Redirect.objects.get(old_path="/short").redirect_page_id == section.pk
    assert set(GroupPagePermission.objects.filter(page_id=section.pk).values_list("group", "permission")) == rights
    assert StarterPart.objects.get(key="opportunities").page_id == section.pk
    assert client.get(section.url).status_code == 200


def test_draft_comes_back_as_a_draft_and_the_newer_draft_stays_the_newest(home):
    hidden = StandardPage(title="Not yet", live=False)
    home.add_child(instance=hidden)
    hidden.summary = "Still thinking."
    hidden.save_revision()
    public = standard_page(home, title="Public", summary="What all see")
    public.summary = "What is planned"
    public.save_revision()
    for page in (hidden, public):
        Page.objects.get(pk=page.pk).delete()
        back(home)
    hidden = StandardPage.objects.get(pk=hidden.pk)
    public = StandardPage.objects.get(pk=public.pk)
    assert (hidden.live, hidden.get_latest_revision_as_object().summary) == (False, "Still thinking.")
    assert (public.live, public.summary, public.has_unpublished_changes) == (True, "What all see", True)
    assert public.get_latest_revision_as_object().summary == "What is planned"


def test_taken_address_and_number_get_others_and_it_says_so(home):
    page = standard_page(home, title="Our parks")
    Page.objects.get(pk=page.pk).delete()
    other = standard_page(home, title="Our parks")
    DeletedPage.objects.update(page_id=other.pk)
    result = back(home)
    (made,) = result.pages
    assert (made.slug, made.live) == ("our-parks-2", True)
    assert made.pk != other.pk
    assert "our-parks-2" in result.notes[0]


def test_without_its_parent_it_stands_below_the_citys_home(home):
    index = child(home, "stories")
    tale = story(index, title="A tale")
    Page.objects.get(pk=tale.pk).delete()
    act = DeletedPage.objects.get(page_id=tale.pk).act
    Page.objects.get(pk=index.pk).delete()
    result = put_back(act=act, by=None, city=home.city)
    assert result.pages[0].get_parent().pk == home.pk
    assert "A tale" in result.notes[0]


def test_private_page_comes_back_private(home, client):
    group = Group.objects.create(name="Readers")
    page = standard_page(home, title="Members only")
    gate = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.GROUPS)
    gate.groups.add(group)
    Page.objects.get(pk=page.pk).delete()
    back(home)
    again = PageViewRestriction.objects.get(page_id=page.pk)
    assert list(again.groups.all()) == [group]
    assert client.get(StandardPage.objects.get(pk=page.pk).url).status_code == 302


def test_what_was_private_from_above_does_not_come_back_public_elsewhere(home):
    index = child(home, "stories")
    tale = story(index, title="A tale")
    PageViewRestriction.objects.create(page=index, restriction_type=PageViewRestriction.LOGIN)
    Page.objects.get(pk=tale.pk).delete()
    act = DeletedPage.objects.get(page_id=tale.pk).act
    Page.objects.get(pk=index.pk).delete()
    result = put_back(act=act, by=None, city=home.city)
    assert result.pages[0].live is False
    assert len(result.notes) == 2


def test_choices_that_are_gone_are_emptied_with_a_note(home):
    topic = Topic.objects.first()
    about = CityFactory(name="Gone")
    tale = story(child(home, "stories"), title="A tale", city=about)
    tale.topics.add(topic)
    tale.save()
    tale.save_revision().publish()
    Page.objects.get(pk=tale.pk).delete()
    about.delete()
    result = back(home)
    again = StoryPage.objects.get(pk=tale.pk)
    assert (again.city, again.live) == (None, True)
    assert [each.pk for each in again.topics.all()] == [topic.pk]
    assert "city" in result.notes[0]


def test_other_cities_and_national_pages_leave_no_copy_here(home):
    elsewhere = city_site("Boise", "ID")
    national = Page.objects.get(depth=2, locale__language_code="en").specific
    Page.objects.get(pk=standard_page(national, title="National").pk).delete()
    assert DeletedPage.objects.count() == 0
    Page.objects.get(pk=standard_page(elsewhere, title="Theirs").pk).delete()
    assert DeletedPage.objects.get().city == elsewhere.city
    with pytest.raises(NothingToPutBackError):
        put_back(act=DeletedPage.objects.get().act, by=None, city=home.city)


def test_second_time_there_is_nothing_to_put_back(home):
    Page.objects.get(pk=standard_page(home).pk).delete()
    back(home)
    with pytest.raises(NothingToPutBackError):
        back(home)


def test_deletion_without_copies_leaves_none(home):
    page = standard_page(home)
    with nothing_kept():
        Page.objects.get(pk=page.pk).delete()
    assert not DeletedPage.objects.exists()


def test_copies_are_forgotten_after_thirty_days(home):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        Page.objects.get(pk=standard_page(home).pk).delete()
        clock.shift(datetime.timedelta(days=29, hours=23))
        assert purge_deleted_pages().startswith("0")
        clock.shift(datetime.timedelta(hours=2))
        assert purge_deleted_pages().startswith("1")
    assert not DeletedPage.objects.exists()


def test_deleting_in_the_admin_is_kept_with_who_and_shared_by_what_went_together(home, lead, client):
    client.force_login(lead)
    first, second = standard_page(home, title="One"), standard_page(home, title="Two")
    single = standard_page(home, title="Three")
    client.get(reverse("wagtailadmin_pages:delete", args=[single.pk]))
    assert not DeletedPage.objects.exists()
    client.post(reverse("wagtailadmin_pages:delete", args=[single.pk]))
    assert DeletedPage.objects.get().deleted_by == lead
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    client.post(f"{bulk}?id={first.pk}&id={second.pk}")
    assert DeletedPage.objects.filter(title__in=["One", "Two"]).values("act").distinct().count() == 1
    assert DeletedPage.objects.values("act").distinct().count() == 2


def test_history_page_opens_after_it_came_back(home, lead, client):
    client.force_login(lead)
    page = standard_page(home, title="One")
    page.save_revision(user=lead, log_action=True)
    Revision.objects.filter(pk=page.latest_revision_id).delete()
    client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    back(home, by=lead)
    response = client.get(reverse("wagtailadmin_pages:history", args=[page.pk]))
    assert "Put back after it was deleted" in response.content.decode()


def test_translation_comes_back_as_the_translation_of_its_original(home):
    spanish = spanish_home(home)
    page = standard_page(home, title="Parks")
    other = page.copy_for_translation(spanish.locale)
    other.save_revision().publish()
    Page.objects.get(pk=other.pk).delete()
    back(home)
    again = Page.objects.get(pk=other.pk)
    assert again.locale == spanish.locale
    assert [each.pk for each in page.get_translations()] == [again.pk]


@pytest.mark.parametrize("deleted", ["original", "translation", "both"])
def test_translators_find_their_words_again(home, lead, deleted):
    spanish = spanish_home(home)
    page = standard_page(home, title="Our parks", summary="Forty of them.")
    words = Words()
    words.spanish.update({"Our parks": "Nuestros parques", "Forty of them.": "Son cuarenta."})
    other = translate(page=page, words=words, locale=spanish.locale, by=lead)
    for each in {"original": [page], "translation": [other], "both": [page, other]}[deleted]:
        with LogContext(user=lead):
            Page.objects.get(pk=each.pk).delete()
    for act in DeletedPage.objects.order_by("-pk").values_list("act", flat=True):
        put_back(act=act, by=lead, city=home.city)
    again = Translation.objects.get(source__object_id=page.translation_key)
    assert (again.enabled, again.target_locale) == (True, spanish.locale)
    written = StringTranslation.objects.filter(context__object_id=page.translation_key)
    assert set(written.values_list("data", flat=True)) >= {"Nuestros parques", "Son cuarenta."}
    assert again.get_progress()[0] == again.get_progress()[1]
    assert StandardPage.objects.get(pk=other.pk).title == "Nuestros parques"
