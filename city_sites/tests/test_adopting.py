"""A city brings guides of the library in: following them or copying them, once, in every language that both have."""

import pytest
from wagtail.models import PageLogEntry

from city_sites.adopting.bringing import AdoptError, copy_guide, follow_guide
from city_sites.adopting.changes import look_at_change
from city_sites.adopting.places import guide_sections
from city_sites.adopting.using import mark_used, take_mark_away
from city_sites.factories import city_site, spanish_home, team_member
from city_sites.models import CitySectionPage, DeletedPage
from city_sites.services.deletion import delete_site
from city_sites.services.put_back import put_back
from city_sites.tests.adopting import SECRET, a_guide, change, closed_steps, in_spanish
from coalition.models import City, Role
from portal.accounts.models import User
from portal.core.models import Topic
from resources.models import Access, GuideCopy, GuidePage, GuideReferencePage, GuideUse, Licence
from resources.origins import origin_of
from resources.uses import uses_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(tulsa):
    return team_member(tulsa.city, Role.EDITOR)


def with_spanish(home):
    """The home and its list of guides in Spanish too."""
    spanish = spanish_home(home)
    section = CitySectionPage.objects.child_of(home).get(section="guides")
    section.copy_for_translation(spanish.locale).save_revision().publish()
    return spanish


def origin(page):
    return origin_of(GuidePage.objects.get(pk=page.pk))


class TestFollowing:
    def test_it_is_a_draft_in_the_citys_list_of_guides(self, tulsa, editor):
        source = a_guide()
        done = follow_guide(city=tulsa.city, guide=source, by=editor)
        (page,) = GuideReferencePage.objects.all()
        assert done.is_new
        assert [each.pk for each in done.pages] == [page.pk]
        assert not page.live
        assert page.source_key == source.translation_key != page.translation_key
        assert page.get_parent().specific.section == "guides"
        assert (page.title, page.owner) == (source.title, editor)
        assert PageLogEntry.objects.filter(page=page.pk, action="wagtail.create", user=editor).exists()

    def test_an_editor_publishes_it_at_once(self, tulsa, editor):
        follow_guide(city=tulsa.city, guide=a_guide(), by=editor, publish=True)
        assert GuideReferencePage.objects.get().live

    def test_twice_changes_nothing_and_says_where_it_is(self, tulsa, editor):
        source = a_guide()
        first = follow_guide(city=tulsa.city, guide=source, by=editor)
        again = follow_guide(city=tulsa.city, guide=source, by=editor, publish=True)
        assert not again.is_new
        assert [page.pk for page in again.pages] == [page.pk for page in first.pages]
        assert not GuideReferencePage.objects.get().live

    def test_a_taken_address_gets_a_number(self, tulsa, editor):
        for number in range(2):
            follow_guide(city=tulsa.city, guide=a_guide(slug=f"walk-{number}"), by=editor)
        copy_guide(city=tulsa.city, guide=GuidePage.objects.get(slug="walk-0"), by=editor)
        assert GuidePage.objects.get(origin__isnull=False).slug == "walk-0-2"

    def test_spanish_comes_along_where_both_have_it(self, tulsa, editor):
        source = a_guide()
        in_spanish(source)
        spanish = with_spanish(tulsa)
        follow_guide(city=tulsa.city, guide=source, by=editor, publish=True)
        pages = {page.locale.language_code: page for page in GuideReferencePage.objects.all()}
        assert set(pages) == {"en", "es"}
        assert pages["en"].translation_key == pages["es"].translation_key
        assert pages["es"].path.startswith(spanish.path)
        assert pages["es"].title == "Caminar juntos"

    def test_a_language_that_comes_later_is_added_by_asking_again(self, tulsa, editor):
        source = a_guide()
        follow_guide(city=tulsa.city, guide=source, by=editor)
        in_spanish(source)
        with_spanish(tulsa)
        editor = User.objects.get(pk=editor.pk)  # whose rights on the new pages are asked for anew
        again = follow_guide(city=tulsa.city, guide=source, by=editor)
        assert again.is_new
        assert len({page.translation_key for page in GuideReferencePage.objects.all()}) == 1
        assert GuideReferencePage.objects.count() == 2


class TestCopying:
    def test_everything_comes_along_and_the_source_stays_apart(self, tulsa, editor):
        topic = Topic.objects.first()
        source = a_guide(topics=[topic], tags=["Shade"], cost="$20", credit="The Ohio team", source_id="x-1")
        copy_guide(city=tulsa.city, guide=source, by=editor)
        copy = GuidePage.objects.get(origin__isnull=False)
        assert not copy.live
        assert copy.translation_key != source.translation_key
        assert list(copy.steps.raw_data) == list(GuidePage.objects.get(pk=source.pk).steps.raw_data)
        assert (copy.cost, list(copy.topics.all()), [str(tag) for tag in copy.tags.all()]) == (
            "$20",
            [topic],
            ["Shade"],
        )
        assert (copy.credit, copy.source_id, copy.keeper, copy.reviewed_on) == ("", "", editor, None)
        latest = copy.get_latest_revision_as_object()
        assert (latest.slug, latest.cost, latest.keeper) == (copy.slug, "$20", editor)

    def test_twice_makes_one_copy(self, tulsa, editor):
        source = a_guide()
        assert copy_guide(city=tulsa.city, guide=source, by=editor).is_new
        assert not copy_guide(city=tulsa.city, guide=source, by=editor).is_new
        assert GuideCopy.objects.count() == 1

    def test_spanish_copies_belong_together(self, tulsa, editor):
        source = a_guide()
        in_spanish(source)
        with_spanish(tulsa)
        done = copy_guide(city=tulsa.city, guide=source, by=editor, publish=True)
        assert len(done.pages) == GuideCopy.objects.count() == 2
        assert len({page.translation_key for page in done.pages}) == 1
        assert not any(origin(page).has_changed for page in done.pages)

    def test_a_members_guide_stays_closed_whatever_its_editor_chooses(self, tulsa, editor):
        source = a_guide(access=Access.MEMBERS)
        copy_guide(city=tulsa.city, guide=source, by=editor)
        copy = GuidePage.objects.get(origin__isnull=False)
        copy.access = Access.EVERYBODY
        copy.save_revision(user=editor).publish()
        assert GuidePage.objects.get(pk=copy.pk).access == Access.MEMBERS

    def test_a_members_step_stays_closed_too(self, tulsa, editor):
        source = a_guide(steps=closed_steps())
        copy_guide(city=tulsa.city, guide=source, by=editor)
        copy = GuidePage.objects.get(origin__isnull=False)
        for child in copy.steps:
            child.value["for_members"] = False
        copy.save_revision(user=editor).publish()
        steps = GuidePage.objects.get(pk=copy.pk).steps
        assert [child.value["for_members"] for child in steps] == [False, True]

    def test_who_is_no_member_copies_nothing_of_members(self, tulsa, editor):
        source = a_guide(steps=closed_steps())
        City.objects.filter(pk=tulsa.city_id).update(status=City.Status.LAPSED)
        with pytest.raises(AdoptError, match="members only"):
            copy_guide(city=City.objects.get(pk=tulsa.city_id), guide=source, by=editor)
        assert SECRET not in str(list(GuideCopy.objects.values()))

    def test_what_must_be_asked_for_is_not_copied(self, tulsa, editor):
        with pytest.raises(AdoptError, match="without asking"):
            copy_guide(city=tulsa.city, guide=a_guide(licence=Licence.ASK), by=editor)

    def test_a_deleted_copy_comes_back_with_its_origin(self, tulsa, editor):
        done = copy_guide(city=tulsa.city, guide=a_guide(), by=editor, publish=True)
        GuidePage.objects.get(pk=done.pages[0].pk).delete(user=editor)
        assert not GuideCopy.objects.exists()
        put_back(act=DeletedPage.objects.get().act, by=editor, city=tulsa.city)
        assert GuideCopy.objects.get().copy_id == done.pages[0].pk


class TestWhoMay:
    def test_an_author_brings_drafts_and_publishes_nothing(self, tulsa):
        author = team_member(tulsa.city, Role.AUTHOR)
        source = a_guide()
        with pytest.raises(AdoptError, match="may not publish"):
            follow_guide(city=tulsa.city, guide=source, by=author, publish=True)
        assert follow_guide(city=tulsa.city, guide=source, by=author).is_new

    @pytest.mark.parametrize("role", [Role.COORDINATOR, Role.HIRING, Role.PARTNER])
    def test_who_writes_other_things_brings_no_guide(self, tulsa, role):
        with pytest.raises(AdoptError, match="list of guides"):
            copy_guide(city=tulsa.city, guide=a_guide(), by=team_member(tulsa.city, role))

    def test_nobody_brings_anything_into_another_city(self, tulsa, editor):
        paso = city_site("El Paso", "TX")
        with pytest.raises(AdoptError):
            follow_guide(city=paso.city, guide=a_guide(), by=editor)

    def test_a_guide_of_another_city_is_not_in_the_library(self, tulsa, editor):
        paso = city_site("El Paso", "TX")
        theirs = copy_guide(city=paso.city, guide=a_guide(), by=None, publish=True).pages[0]
        with pytest.raises(AdoptError, match="no longer in the library"):
            follow_guide(city=tulsa.city, guide=theirs.specific, by=editor)

    def test_a_draft_of_the_library_is_not_there(self, tulsa, editor):
        source = a_guide()
        source.unpublish()
        with pytest.raises(AdoptError, match="no longer in the library"):
            follow_guide(city=tulsa.city, guide=source, by=editor)

    def test_without_a_list_there_is_no_place(self, tulsa, editor):
        guide_sections(tulsa.city).popitem()[1].delete()
        with pytest.raises(AdoptError, match="no page that lists guides"):
            follow_guide(city=tulsa.city, guide=a_guide(), by=editor)

    def test_other_sections_hold_no_guides(self, tulsa):
        can = {each.section: GuidePage.can_create_at(each) for each in CitySectionPage.objects.child_of(tulsa)}
        assert can == {"opportunities": False, "guides": True, "jobs": False}
        assert not any(GuideReferencePage.can_create_at(each) for each in CitySectionPage.objects.child_of(tulsa))


class TestAChangedOriginal:
    @pytest.fixture
    def pair(self, tulsa, editor):
        source = a_guide()
        return source, copy_guide(city=tulsa.city, guide=source, by=editor, publish=True).pages[0]

    def test_publishing_the_same_is_no_change(self, pair):
        source, copy = pair
        change(source)
        assert not origin(copy).has_changed

    def test_another_word_is_one_until_somebody_has_looked(self, pair, editor):
        source, copy = pair
        change(source, summary="Two lines now.")
        assert origin(copy).has_changed
        assert look_at_change(origin=origin(copy), by=editor)
        assert not origin(copy).has_changed
        assert not look_at_change(origin=origin(copy), by=editor)
        change(source, cost="$5")
        assert origin(copy).has_changed

    def test_a_change_of_the_copy_is_none_of_the_original(self, pair):
        _source, copy = pair
        change(copy, title="Walk, Tulsa!")
        assert not origin(copy).has_changed

    def test_an_original_that_is_gone_leaves_the_copy(self, pair):
        source, copy = pair
        title = source.title
        GuidePage.objects.get(pk=source.pk).delete()
        found = origin(copy)
        assert (found.source, found.title, found.has_changed) == (None, title, False)

    def test_a_guide_of_the_library_has_no_origin_and_asks_nothing(self, pair, django_assert_num_queries):
        source = GuidePage.objects.get(pk=pair[0].pk)
        origin_of(source)
        with django_assert_num_queries(0):
            assert origin_of(source) is None


class TestUsing:
    def test_readers_see_member_cities_newest_first_in_one_query(self, tulsa, editor, django_assert_num_queries):
        source = a_guide()
        paso, lapsed = city_site("El Paso", "TX"), city_site("Flint", "MI")
        mark_used(city=tulsa.city, guide=source, by=editor, year=2024, number=163, unit="stops", result="Shade.")
        mark_used(city=paso.city, guide=source, year=2026)
        mark_used(city=lapsed.city, guide=source, year=2025)
        City.objects.filter(pk=lapsed.city_id).update(status=City.Status.LAPSED)
        with django_assert_num_queries(1):
            assert [(use.city.name, use.year) for use in uses_of(source)] == [("El Paso", 2026), ("Tulsa", 2024)]

    def test_the_mark_counts_in_every_language(self, tulsa, editor):
        source = a_guide()
        spanish = in_spanish(source)
        mark_used(city=tulsa.city, guide=source, by=editor, year=2024)
        assert len(uses_of(spanish)) == 1

    def test_again_changes_it_and_the_same_changes_nothing(self, tulsa, editor):
        source = a_guide()
        first = mark_used(city=tulsa.city, guide=source, by=editor, year=2024)
        mark_used(city=tulsa.city, guide=source, year=2024)
        assert GuideUse.objects.get().by == editor
        again = mark_used(city=tulsa.city, guide=source, by=editor, year=2025)
        assert again.pk == first.pk
        assert GuideUse.objects.get().year == 2025

    def test_it_can_be_taken_back_or_hidden(self, tulsa, editor):
        source = a_guide()
        use = mark_used(city=tulsa.city, guide=source, by=editor, year=2024, is_shown=False)
        assert uses_of(source) == []
        take_mark_away(use=use, title=source.title, by=editor)
        assert not GuideUse.objects.exists()

    def test_what_a_city_said_goes_with_its_site(self, tulsa, editor):
        source = a_guide()
        mark_used(city=tulsa.city, guide=source, by=editor, year=2024)
        follow_guide(city=tulsa.city, guide=source, by=editor)
        copy_guide(city=tulsa.city, guide=source, by=editor)
        City.objects.filter(pk=tulsa.city_id).update(status=City.Status.WITHDRAWN)
        delete_site(city=City.objects.get(pk=tulsa.city_id), reason="Left")
        assert not GuideUse.objects.exists()
        assert not GuideCopy.objects.exists()
        assert GuidePage.objects.get().pk == source.pk
