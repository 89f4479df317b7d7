"""Guides to check."""

import datetime

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import PageLogEntry
from wagtail_localize.models import TranslationSource

from coalition.factories import CityFactory, on_team
from coalition.models import Role
from home.services.setup import STAFF_GROUP
from portal.accounts.factories import UserFactory
from portal.core.models import OutboxMessage
from resources import factories
from resources.models import GuidePage
from resources.review.dates import due_by, due_on, is_overdue, plus_months
from resources.review.services import mark_checked, tell_keepers

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 10, 15)


@pytest.fixture
def staff(client):
    from django.contrib.auth.models import Group

    user = UserFactory(email="staff@cities.example")
    user.groups.add(Group.objects.get(name=STAFF_GROUP))
    client.force_login(user)
    return user


@pytest.fixture
def library():
    return factories.library()


@pytest.fixture(autouse=True)
def _on_that_day():
    with time_machine.travel("2026-10-15T16:00:00Z", tick=False):
        yield


def checked(library, day, title="Walk", **fields):
    fields = {"reviewed_on": day, "updated_on": datetime.date(2024, 1, 31), "review_months": 12, **fields}
    return factories.guide(library, title, **fields)


def titles(response):
    return [each.get_text(strip=True) for each in soup(response).select("th.library-name")]


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [("2026-01-31", 1, "2026-02-28"), ("2024-02-29", 12, "2025-02-28"), ("2026-10-31", -24, "2024-10-31")],
)
def test_months_are_added_by_the_calendar(day, months, then):
    assert plus_months(datetime.date.fromisoformat(day), months) == datetime.date.fromisoformat(then)


def test_never_checked_counts_from_the_last_change(library):
    guide = checked(library, None)
    assert due_on(guide) == datetime.date(2025, 1, 31)
    assert is_overdue(guide, datetime.date(2025, 2, 1))
    assert not is_overdue(guide, datetime.date(2025, 1, 31))


def test_due_is_found_to_the_day_for_every_period(library):
    for months, since in ((6, "2026-04-15"), (12, "2025-10-15"), (24, "2024-10-15")):
        checked(library, datetime.date.fromisoformat(since), f"Due {months}", review_months=months)
        later = datetime.date.fromisoformat(since) + datetime.timedelta(days=1)
        checked(library, later, f"Not yet {months}", review_months=months)
    found = due_by(GuidePage.objects.all(), TODAY)
    assert sorted(found.values_list("title", flat=True)) == ["Due 12", "Due 24", "Due 6"]


def test_readers_see_the_month_and_a_banner_once_it_is_overdue(client, library):
    fresh = client.get(checked(library, datetime.date(2026, 10, 2)).url)
    assert "Last checked October 2026" in fresh.content.decode()
    assert not soup(fresh).select(".notice-warn")
    due_today = client.get(checked(library, datetime.date(2025, 10, 15), "Today").url)
    assert not soup(due_today).select(".notice-warn")
    late = client.get(checked(library, datetime.date(2025, 9, 15), "Late").url)
    assert "This guide was due for a check in September 2026." in soup(late).select_one(".notice-warn").get_text()


def test_checked_today_shows_at_once_and_stays_when_a_draft_goes_online(library):
    guide = checked(library, datetime.date(2025, 1, 1))
    guide.title = "A better walk"
    draft = guide.save_revision()
    by = UserFactory()
    mark_checked(page=guide, by=by)
    live = GuidePage.objects.get(pk=guide.pk)
    assert (live.reviewed_on, live.title, live.has_unpublished_changes) == (TODAY, "Walk", True)
    draft.refresh_from_db()
    draft.publish()
    live.refresh_from_db()
    assert (live.reviewed_on, live.title) == (TODAY, "A better walk")
    entry = PageLogEntry.objects.get(page=guide.pk, action="resources.review.checked")
    assert entry.user == by


def test_a_check_counts_for_every_language_and_survives_the_next_translation(library):
    factories.in_spanish(library)
    guide = checked(library, datetime.date(2025, 1, 1))
    source, _made = TranslationSource.get_or_create_from_instance(guide)
    spanish = factories.in_spanish(guide)
    mark_checked(page=guide, by=UserFactory())
    spanish.refresh_from_db()
    source.refresh_from_db()
    assert spanish.reviewed_on == TODAY
    assert source.as_instance().reviewed_on == TODAY


def test_list_starts_with_mine_overdue_first(client, staff, library):
    checked(library, datetime.date(2026, 1, 1), "Mine, later", keeper=staff)
    checked(library, datetime.date(2024, 1, 1), "Mine, overdue", keeper=staff)
    checked(library, datetime.date(2023, 1, 1), "Of nobody")
    url = reverse("library_review:index")
    assert titles(client.get(url)) == ["Mine, overdue", "Mine, later"]
    assert titles(client.get(f"{url}?whose=all")) == ["Of nobody", "Mine, overdue", "Mine, later"]
    assert titles(client.get(f"{url}?whose=nobody")) == ["Of nobody"]
    assert "2 are overdue." in client.get(f"{url}?whose=all").content.decode()


def test_list_costs_the_same_however_long_it_is(client, staff, library, django_assert_max_num_queries):
    url = f"{reverse('library_review:index')}?whose=all"
    for number in range(3):
        checked(library, None, f"Guide {number}", keeper=staff)
    client.get(url)
    with django_assert_max_num_queries(40) as few:
        client.get(url)
    for number in range(9):
        checked(library, None, f"More {number}", keeper=UserFactory())
    with django_assert_max_num_queries(len(few)):
        client.get(url)


def test_the_button_notes_the_check(client, staff, library):
    guide = checked(library, datetime.date(2024, 1, 1), keeper=staff)
    response = client.post(reverse("library_review:checked", args=[guide.pk]), follow=True)
    assert "was checked today" in response.content.decode()
    guide.refresh_from_db()
    assert guide.reviewed_on == TODAY


def test_city_people_see_and_check_nothing_of_the_national_library(client, library):
    user = on_team(CityFactory(member=True), Role.LEAD)
    guide = checked(library, datetime.date(2024, 1, 1), keeper=user)
    client.force_login(user)
    assert titles(client.get(f"{reverse('library_review:index')}?whose=all")) == []
    assert client.post(reverse("library_review:checked", args=[guide.pk])).status_code == 404
    guide.refresh_from_db()
    assert guide.reviewed_on == datetime.date(2024, 1, 1)


def test_first_page_of_the_admin_names_what_is_overdue(client, staff, library):
    assert "guides-to-check" not in client.get("/admin/").content.decode()
    checked(library, datetime.date(2024, 1, 1), "Overdue one", keeper=staff)
    assert "Overdue one" in client.get("/admin/").content.decode()


def test_the_keeper_is_told_once_when_the_day_comes(library):
    keeper = UserFactory(email="keeper@cities.example")
    guide = checked(library, datetime.date(2025, 10, 15), "Cool roofs", keeper=keeper)
    assert tell_keepers(TODAY - datetime.timedelta(days=1)) == "0 keepers told"
    assert tell_keepers(TODAY) == "1 keeper told"
    assert tell_keepers(TODAY + datetime.timedelta(days=30)) == "0 keepers told"
    mail = OutboxMessage.objects.get(key__startswith="resources.review:")
    assert (mail.to, mail.subject) == (["keeper@cities.example"], "Please check “Cool roofs”")
    assert guide.full_url in mail.text
    mark_checked(page=guide, by=keeper)
    assert tell_keepers(TODAY + datetime.timedelta(days=366)) == "1 keeper told"


def test_keepers_are_told_in_their_language_and_only_while_they_have_an_account(library):
    from wagtail.users.models import UserProfile

    spanish = UserFactory(email="ana@cities.example")
    UserProfile.objects.create(user=spanish, preferred_language="es")
    checked(library, datetime.date(2024, 1, 1), "One", keeper=spanish)
    checked(library, datetime.date(2024, 1, 1), "Two", keeper=UserFactory(is_active=False))
    checked(library, datetime.date(2024, 1, 1), "Three")
    assert tell_keepers(TODAY) == "1 keeper told"
