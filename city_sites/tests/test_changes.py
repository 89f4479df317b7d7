"""A bad day on a city's site is undone: one page, or everything since the morning, at once or not at all."""

import datetime
import json

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from city_sites.factories import city_site, spanish_home, team_member
from city_sites.models import CityHomePage, DeletedPage
from city_sites.selectors.changes import changes_since, first_day, start_of
from city_sites.selectors.plans import NOT_CONTENT, plans_for
from city_sites.selectors.sites import pages_of
from city_sites.services.changes import ChangedMeanwhileError, TakeBackError, take_back
from coalition.models import Role
from home.factories import standard_page, story
from home.models import StandardPage

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

MONDAY = datetime.datetime(2026, 5, 4, 15, 0, tzinfo=datetime.UTC)  # ten in the morning in Tulsa
TUESDAY = MONDAY + datetime.timedelta(days=1)


@pytest.fixture
def clock():
    with time_machine.travel(MONDAY) as traveller:
        yield traveller


@pytest.fixture
def home(clock):
    return city_site(time_zone="America/Chicago")


@pytest.fixture
def editor(home):
    return team_member(home.city, Role.EDITOR)


@pytest.fixture
def about(home):
    return child(home, "about")


def child(home, slug):
    return Page.objects.child_of(home).get(slug=slug).specific


def fresh(page):
    return Page.objects.get(pk=page.pk).specific


def morning(home):
    return start_of(home.city, first_day(home.city, ""))


def changed(home):
    return changes_since(city=home.city, since=morning(home))


def plans(home, user):
    return {
        each.title: plan
        for each, plan in zip(
            changed(home),
            plans_for(changed=changed(home), city=home.city, user=user, since=morning(home)).values(),
            strict=True,
        )
    }


def undo(home, by, *pages):
    """Take back what was done to these pages today; to all when none is named."""
    keys = {f"page-{page.pk}" for page in pages}
    tokens = {each.key: each.token for each in changed(home) if not keys or each.key in keys}
    return take_back(city=home.city, since=morning(home), tokens=tokens, by=by)


def edit(page, by, *, publish=True, **fields):
    page = fresh(page).get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(page, name, value)
    revision = page.save_revision(user=by, log_action=True)
    if publish:
        revision.publish(user=by)
    return fresh(page)


def url(home, name, *args, **query):
    found = reverse(f"city_sites_changes:{name}", args=[home.city.pk, *args])
    return found + ("?" + "&".join(f"{key}={value}" for key, value in query.items()) if query else "")


def contents(home):
    """Everything that editors wrote, page by page."""
    return {
        page.pk: {name: value for name, value in page.specific.serializable_data().items() if name not in NOT_CONTENT}
        | {"live": page.live, "url_path": page.url_path, "parent": page.get_parent().pk}
        for page in pages_of(home.city)
    }


# --- One page ---------------------------------------------------------------------------------------------------


def test_page_goes_back_to_what_was_public_in_the_morning(clock, home, about, editor):
    before = fresh(about)
    clock.move_to(TUESDAY)
    edit(about, editor, title="Vandalized", body=[])
    edit(about, editor, title="Vandalized again")
    versions = fresh(about).revisions.count()
    done = undo(home, editor, about)
    after = fresh(about)
    assert (after.title, after.live, after.has_unpublished_changes) == (before.title, True, False)
    assert list(after.body.raw_data) == list(before.body.raw_data)
    assert after.revisions.count() == versions + 1
    assert [page.pk for page in done.pages] == [about.pk]
    assert PageLogEntry.objects.filter(page=about.pk, action="city_sites.take_back", user=editor).count() == 1


def test_address_and_place_go_back_too(clock, home, about, editor):
    below = standard_page(about, title="History")
    clock.move_to(TUESDAY)
    edit(about, editor, slug="over-there")
    fresh(below).move(fresh(home), pos="last-child", user=editor)
    undo(home, editor)
    assert fresh(about).slug == "about"
    assert fresh(below).url_path == f"{fresh(about).url_path}history/"


def test_page_made_today_is_taken_offline_and_stays_as_a_draft(clock, home, about, editor):
    clock.move_to(TUESDAY)
    made = standard_page(about, title="Made today", owner=editor)
    assert plans(home, editor)["Made today"].steps == [
        "It was made since then. It is taken offline and kept as a draft."
    ]
    undo(home, editor, made)
    assert (fresh(made).live, fresh(made).title) == (False, "Made today")


def test_page_taken_offline_today_is_published_again(clock, home, about, editor):
    clock.move_to(TUESDAY)
    fresh(about).unpublish(user=editor)
    undo(home, editor, about)
    assert fresh(about).live is True


def test_draft_published_today_is_a_draft_again(clock, home, about, editor):
    draft = StandardPage(title="Not yet", live=False, summary="First words")
    about.add_child(instance=draft)
    draft.save_revision(user=editor)
    clock.move_to(TUESDAY)
    edit(draft, editor, summary="Careless words")
    undo(home, editor, draft)
    after = fresh(draft)
    assert (after.live, after.summary) == (False, "First words")
    assert after.get_latest_revision_as_object().summary == "First words"


def test_draft_that_was_in_the_making_is_kept(clock, home, about, editor):
    edit(about, editor, summary="What all read")
    edit(about, editor, publish=False, summary="What is planned")
    clock.move_to(TUESDAY)
    edit(about, editor, summary="Nonsense")
    undo(home, editor, about)
    after = fresh(about)
    assert (after.summary, after.has_unpublished_changes) == ("What all read", True)
    assert after.get_latest_revision_as_object().summary == "What is planned"


def test_drafts_of_today_give_way_to_what_is_public(clock, home, about, editor):
    clock.move_to(TUESDAY)
    edit(about, editor, publish=False, summary="Nonsense")
    undo(home, editor, about)
    after = fresh(about)
    assert (after.summary, after.has_unpublished_changes) == (about.summary, False)


def test_deleted_page_comes_back_with_its_children_as_they_were_in_the_morning(clock, home, editor):
    index = child(home, "stories")
    tale = story(index, title="A tale", summary="As it was")
    clock.move_to(TUESDAY)
    edit(tale, editor, summary="Nonsense")
    fresh(index).delete()
    undo(home, editor)
    assert fresh(index).live
    assert (fresh(tale).summary, fresh(tale).live) == ("As it was", True)
    assert fresh(tale).is_child_of(fresh(index))


def test_what_was_made_and_deleted_today_comes_back_as_a_draft_if_asked(clock, home, about, editor):
    clock.move_to(TUESDAY)
    made = standard_page(about, title="Mayfly")
    fresh(made).delete(user=editor)
    assert plans(home, editor)["Mayfly"].is_ticked is False
    undo(home, editor)
    assert fresh(made).live is False


def test_theme_and_menu_go_back_with_the_home_page(clock, home, editor):
    before = fresh(home)
    clock.move_to(TUESDAY)
    edit(home, editor, color_first="#ff0000", menu=[], notice_text="Ha ha")
    undo(home, editor, home)
    after = fresh(home)
    assert (after.color_first, after.notice_text) == (before.color_first, "")
    assert list(after.menu.raw_data) == list(before.menu.raw_data)


def test_translation_goes_back_by_itself(clock, home, about, editor):
    spanish_home(home)
    other = about.copy_for_translation(spanish_home_locale())
    other.title = "Quiénes somos"
    other.save_revision().publish()
    clock.move_to(TUESDAY)
    edit(other, editor, title="¡Ja, ja!")
    edit(about, editor, title="Ha ha")
    undo(home, editor, other)
    assert (fresh(other).title, fresh(about).title) == ("Quiénes somos", "Ha ha")


def spanish_home_locale():
    return CityHomePage.objects.get(locale__language_code="es").locale


def test_taking_back_can_be_taken_back_with_older_versions(clock, home, about, editor):
    clock.move_to(TUESDAY)
    good = edit(about, editor, title="After all it was good")
    undo(home, editor, about)
    revision = good.live_revision
    revision.publish(user=editor)
    assert fresh(about).title == "After all it was good"


# --- Everything of a day ----------------------------------------------------------------------------------------


def test_whole_day_goes_back_to_the_same_texts_addresses_and_menu(clock, home, about, editor):
    index = child(home, "stories")
    tales = [story(index, title=f"Tale {number}") for number in range(4)]
    before = contents(home)
    clock.move_to(TUESDAY)
    for tale in tales[:2]:
        edit(tale, editor, title="Nonsense", slug=f"nonsense-{tale.pk}", body=[])
    fresh(tales[2]).unpublish(user=editor)
    fresh(tales[3]).delete(user=editor)
    edit(home, editor, menu=[], hero_title="Nonsense")
    child(home, "privacy").move(fresh(about), pos="last-child", user=editor)
    made = standard_page(about, title="Made today")
    done = undo(home, editor)
    after = contents(home)
    assert after.pop(made.pk)["live"] is False
    assert {pk: json.dumps(each, default=str) for pk, each in after.items()} == {
        pk: json.dumps(each, default=str) for pk, each in before.items()
    }
    assert done.notes == []
    assert Page.find_problems() == ([], [], [], [], [])


def test_addresses_that_were_swapped_are_swapped_back(clock, home, about, editor):
    other = child(home, "privacy")
    clock.move_to(TUESDAY)
    edit(about, editor, slug="third")
    edit(other, editor, slug="about")
    edit(about, editor, slug="privacy")
    undo(home, editor)
    assert (fresh(about).slug, fresh(other).slug) == ("about", "privacy")


def test_new_page_gives_the_address_back_it_had_taken(clock, home, about, editor):
    clock.move_to(TUESDAY)
    edit(about, editor, slug="about-us")
    made = standard_page(home, title="Squatter", slug="about")
    done = undo(home, editor)
    assert fresh(about).slug == "about"
    assert fresh(made).live is False
    assert "Squatter" in done.notes[0]


def test_address_taken_by_a_page_that_is_left_alone_gets_a_number(clock, home, about, editor):
    clock.move_to(TUESDAY)
    edit(about, editor, slug="about-us")
    standard_page(home, title="Squatter", slug="about")
    done = undo(home, editor, about)
    assert fresh(about).slug == "about-2"
    assert "about-2" in done.notes[0]


def test_all_or_nothing(clock, home, about, editor):
    other = child(home, "privacy")
    clock.move_to(TUESDAY)
    edit(about, editor, title="Nonsense")
    edit(other, editor, title="Nonsense too")
    fresh(other).__class__.objects.filter(pk=other.pk).update(locked=True)
    with pytest.raises(TakeBackError, match="locked"):
        undo(home, editor)
    assert fresh(about).title == "Nonsense"


def test_second_time_nothing_is_left(clock, home, about, editor):
    clock.move_to(TUESDAY)
    edit(about, editor, title="Nonsense")
    undo(home, editor)
    assert [plan.steps for plan in plans(home, editor).values()] == [[]]
    count = fresh(about).revisions.count()
    undo(home, editor)
    assert fresh(about).revisions.count() == count


def test_page_goes_back_below_one_that_is_put_back_with_it(clock, home, about, editor):
    below = standard_page(about, title="History")
    clock.move_to(TUESDAY)
    fresh(below).move(fresh(home), pos="last-child", user=editor)
    fresh(about).delete(user=editor)
    assert "if that is put back as well" in plans(home, editor)["History"].steps[0]
    undo(home, editor)
    assert fresh(below).is_child_of(fresh(about))
    assert Page.find_problems() == ([], [], [], [], [])


def test_what_is_not_taken_back_is_told(clock, home, about, editor, client):
    clock.move_to(TUESDAY)
    fresh(about).move(child(home, "privacy"), pos="right", user=editor)
    assert plans(home, editor)[about.title].left
    client.force_login(editor)
    assert "Its place among the pages beside it stays as it is." in client.get(url(home, "today")).content.decode()


# --- What stands against it -------------------------------------------------------------------------------------


def test_locked_page_stays_and_says_why(clock, home, about, editor):
    clock.move_to(TUESDAY)
    edit(about, editor, title="Nonsense")
    StandardPage.objects.filter(pk=about.pk).update(locked=True, locked_at=timezone.now())
    assert "locked" in plans(home, editor)["Nonsense"].refusal


def test_draft_that_waits_for_approval_is_told_and_ends_its_wait(clock, home, about, editor):
    author = team_member(home.city, Role.AUTHOR)
    clock.move_to(TUESDAY)
    page = edit(about, author, publish=False, title="A proposal")
    home.city.site.workflow.start(page, author)
    plan = plans(home, editor)["A proposal"]
    assert "waiting for approval" in plan.warnings[0]
    undo(home, editor, about)
    assert fresh(about).current_workflow_state is None
    assert fresh(about).get_latest_revision_as_object().title == about.title


def test_draft_that_was_never_public_leaves_approval_too(clock, home, about, editor):
    author = team_member(home.city, Role.AUTHOR)
    draft = StandardPage(title="Not yet", live=False, owner=author)
    about.add_child(instance=draft)
    draft.save_revision(user=author)
    clock.move_to(TUESDAY)
    home.city.site.workflow.start(edit(draft, author, publish=False, title="A proposal"), author)
    undo(home, editor, draft)
    assert fresh(draft).current_workflow_state is None
    assert (fresh(draft).live, fresh(draft).title) == (False, "Not yet")


def test_author_may_take_nothing_back(clock, home, about, client):
    author = team_member(home.city, Role.AUTHOR)
    clock.move_to(TUESDAY)
    edit(about, author, publish=False, title="Nonsense")
    assert "publish" in plans(home, author)["Nonsense"].refusal
    client.force_login(author)
    assert client.get(url(home, "today")).status_code == 403
    with pytest.raises(TakeBackError):
        undo(home, author)


def test_change_by_somebody_else_meanwhile_stops_it(clock, home, about, editor):
    clock.move_to(TUESDAY)
    edit(about, editor, title="Nonsense")
    tokens = {each.key: each.token for each in changed(home)}
    edit(about, editor, title="Mended by hand")
    with pytest.raises(ChangedMeanwhileError, match="Mended by hand"):
        take_back(city=home.city, since=morning(home), tokens=tokens, by=editor)
    assert fresh(about).title == "Mended by hand"


def test_other_citys_pages_are_out_of_reach(clock, home, about, editor):
    elsewhere = city_site("Boise", "ID")
    clock.move_to(TUESDAY)
    other = edit(child(elsewhere, "about"), None, title="Theirs")
    with pytest.raises(ChangedMeanwhileError):
        take_back(city=home.city, since=morning(home), tokens={f"page-{other.pk}": "0"}, by=editor)
    assert fresh(other).title == "Theirs"


# --- The days ---------------------------------------------------------------------------------------------------


def test_day_begins_at_the_citys_midnight(clock, home, about, editor):
    clock.move_to(datetime.datetime(2026, 5, 6, 4, 59, tzinfo=datetime.UTC))  # still Tuesday in Tulsa
    edit(about, editor, title="Late on Tuesday")
    clock.move_to(datetime.datetime(2026, 5, 6, 5, 1, tzinfo=datetime.UTC))
    assert changed(home) == []
    since = start_of(home.city, first_day(home.city, "2026-05-05"))
    assert [each.title for each in changes_since(city=home.city, since=since)] == ["Late on Tuesday"]


@pytest.mark.parametrize(
    ("asked", "day"),
    [
        ("", "2026-05-04"),
        ("nonsense", "2026-05-04"),
        ("2026-05-01", "2026-05-01"),
        ("2026-06-01", "2026-05-04"),
        ("2020-01-01", "2026-04-04"),
    ],
)
def test_day_is_one_of_the_last_thirty(clock, home, asked, day):
    assert first_day(home.city, asked).isoformat() == day


# --- In the admin -----------------------------------------------------------------------------------------------


def test_list_says_who_did_what_latest_first(clock, home, about, editor, client):
    lead = team_member(home.city, Role.LEAD)
    clock.move_to(TUESDAY)
    edit(about, lead, title="First")
    clock.shift(60)
    fresh(child(home, "privacy")).move(fresh(about), pos="last-child", user=editor)
    clock.shift(60)
    fresh(child(home, "jobs")).delete(user=editor)
    client.force_login(editor)
    page = client.get(url(home, "today")).content.decode()
    assert page.index("deleted it") < page.index("moved it from") < page.index("published it")
    assert "Lead Tulsa" in page
    assert "Compare" in page


def test_page_is_taken_back_after_it_says_what_will_happen(clock, home, about, editor, client):
    clock.move_to(TUESDAY)
    edit(about, editor, title="Nonsense", slug="nonsense")
    client.force_login(editor)
    (row,) = client.get(url(home, "today")).context["rows"]
    asked = client.get(row["take_back_url"])
    text = asked.content.decode()
    assert "It goes back to the version of Mon May 4, 2026, 10 a.m., published." in text
    assert "Its address ends in “about” again" in text
    assert fresh(about).title == "Nonsense"
    token = asked.context["row"]["changed"].token
    done = client.post(url(home, "revert", row["changed"].key), {"since": "2026-05-05", "token": token}, follow=True)
    assert "1 page is as it was at the start of May 5, 2026." in done.content.decode()
    assert fresh(about).slug == "about"


def test_outdated_form_is_shown_again_instead(clock, home, about, editor, client):
    clock.move_to(TUESDAY)
    edit(about, editor, title="Nonsense")
    client.force_login(editor)
    (each,) = changed(home)
    edit(about, editor, title="Mended")
    response = client.post(url(home, "revert", each.key), {"token": each.token})
    assert "Somebody has changed this meanwhile" in response.content.decode()
    assert response.context["row"]["changed"].token != each.token
    assert fresh(about).title == "Mended"


def test_day_is_taken_back_by_its_boxes(clock, home, about, editor, client):
    other = child(home, "privacy")
    clock.move_to(TUESDAY)
    edit(about, editor, title="Nonsense")
    edit(other, editor, title="A mended notice")
    client.force_login(editor)
    rows = client.get(url(home, "restore_day")).context["rows"]
    data = {f"token-{row['changed'].key}": row["changed"].token for row in rows}
    client.post(url(home, "restore_day"), {**data, "since": "2026-05-05", "key": [f"page-{about.pk}"]})
    assert (fresh(about).title, fresh(other).title) == (about.title, "A mended notice")


def test_other_city_is_not_there(clock, home, editor, client):
    elsewhere = city_site("Boise", "ID")
    client.force_login(editor)
    for name, args in [("today", []), ("restore_day", []), ("revert", [f"page-{elsewhere.pk}"])]:
        assert client.get(url(elsewhere, name, *args)).status_code == 404


def test_empty_day_says_so(clock, home, editor, client):
    clock.move_to(TUESDAY)
    client.force_login(editor)
    assert "Nothing was changed today" in client.get(url(home, "today")).content.decode()
    assert "There is nothing to take back" in client.get(url(home, "restore_day")).content.decode()


def test_list_costs_as_many_queries_for_many_pages_as_for_few(
    clock, home, about, editor, client, django_assert_max_num_queries
):
    clock.move_to(TUESDAY)
    for page in Page.objects.child_of(home)[:2]:
        edit(page, editor, title="Nonsense")
    client.force_login(editor)
    client.get(url(home, "today"))
    with django_assert_max_num_queries(45) as few:
        client.get(url(home, "today"))
    for page in Page.objects.child_of(home):
        edit(page, editor, title="Nonsense again")
    with django_assert_max_num_queries(len(few)):
        client.get(url(home, "today"))


def test_copies_are_used_up(clock, home, about, editor):
    clock.move_to(TUESDAY)
    fresh(about).delete(user=editor)
    undo(home, editor)
    assert not DeletedPage.objects.filter(restored_at=None).exists()
