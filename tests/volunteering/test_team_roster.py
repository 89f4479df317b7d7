"""One roster: who stands where, marking who came, somebody by hand, the sheet."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from city_sites.factories import team_member
from coalition.models import Role
from portal.core.models import OutboxMessage
from volunteering import factories
from volunteering.booking.refusals import RefusedError
from volunteering.models import CityRules, Shift, SignUp, TeenRule
from volunteering.team.adding import Person, add_by_hand
from volunteering.team.marking import Mark, mark
from volunteering.team.messages import new_token


@pytest.fixture
def city(shift):
    return shift.opportunity.city


@pytest.fixture
def coordinator(client, city):
    user = team_member(city, Role.COORDINATOR)
    client.force_login(user)
    return user


@pytest.fixture
def url(city, shift):
    return reverse("volunteering_team:roster", args=[city.pk, shift.pk])


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def names(soup, part):
    section = soup.select_one(f"section[aria-labelledby=part-{part}]")
    return [each.get_text(strip=True) for each in section.select(".vt-name")] if section else []


def test_everybody_stands_where_they_belong_and_the_line_is_in_order(client, coordinator, shift, url):
    now = timezone.now()
    for status in ("confirmed", "held", "offered", "cancelled", "expired"):
        factories.sign_up_row(shift, f"{status}@example.org", status=status, name=status)
    for name, minutes in (("second", 5), ("first", 9), ("third", 1)):
        since = now - datetime.timedelta(minutes=minutes)
        factories.sign_up_row(shift, f"{name}@example.org", status="waiting", name=name, waiting_since=since)
    soup = BeautifulSoup(client.get(url).text, "html.parser")
    assert names(soup, "confirmed") == ["confirmed"]
    assert names(soup, "held") == ["held"]
    assert names(soup, "offered") == ["offered"]
    assert names(soup, "waiting") == ["first", "second", "third"]
    assert sorted(names(soup, "out")) == ["cancelled", "expired"]
    assert soup.select_one("details section[aria-labelledby=part-out]")


def test_the_roster_says_all_that_a_leader_needs(client, coordinator, shift, url):
    factories.sign_up_row(
        shift, name="Fennel Samplebrook", group_size=3, phone="918-555-0134",
        answers={"a": ["Which crew?", "Watering"]}, age_band="teen", needs_guardian=True,
        guardian_name="Sage Samplebrook", guardian_agreed_at=timezone.now(),
    )  # fmt: skip
    text = BeautifulSoup(client.get(url).text, "html.parser").get_text(" ", strip=True)
    for word in ("3 people", "918-555-0134", "Which crew?", "Watering", "13 to 17", "Sage Samplebrook agreed"):
        assert word in text


def test_marks_are_written_and_what_was_not_touched_is_left_alone(client, coordinator, shift, url):
    one = factories.sign_up_row(shift, "a@example.org", group_size=4)
    two = factories.sign_up_row(shift, "b@example.org", note="Needs gloves")
    SignUp.objects.filter(pk=two.pk).update(attendance="absent")  # by somebody else, after this page was opened
    client.post(
        url,
        {
            f"came-{one.pk}": "came", f"initial-came-{one.pk}": "",
            f"count-{one.pk}": "", f"initial-count-{one.pk}": "",
            f"came-{two.pk}": "", f"initial-came-{two.pk}": "", f"note-{two.pk}": "Needs gloves",
            f"initial-note-{two.pk}": "Needs gloves",
        },
    )  # fmt: skip
    assert (fresh(one).attendance, fresh(one).came_count) == ("came", 4)
    assert (fresh(two).attendance, fresh(two).note) == ("absent", "Needs gloves")
    entry = ModelLogEntry.objects.get(action="volunteering.roster.marked")
    assert entry.object_id == str(shift.opportunity.pk)
    assert entry.data["count"] == 1
    assert "example.org" not in str(entry.data)


def test_a_mistake_keeps_all_that_was_typed(client, coordinator, shift, url):
    row = factories.sign_up_row(shift)
    data = {f"came-{row.pk}": "came", f"count-{row.pk}": "-3", f"note-{row.pk}": "Brought a saw"}
    soup = BeautifulSoup(client.post(url, data).text, "html.parser")
    assert soup.select_one(f"[name=count-{row.pk}]")["value"] == "-3"
    assert soup.select_one(f"[name=note-{row.pk}]")["value"] == "Brought a saw"
    assert soup.select_one(f"[name=came-{row.pk}] option[selected]")["value"] == "came"
    assert soup.select_one(".vt-marks .error-message")
    assert fresh(row).attendance == ""


def test_a_number_alone_says_that_they_came_and_absence_takes_it_back(shift, coordinator):
    row = factories.sign_up_row(shift, group_size=3)
    mark(shift=shift, marks={row.pk: Mark(came_count=2, is_count_changed=True)}, by=coordinator)
    assert (fresh(row).attendance, fresh(row).came_count) == ("came", 2)
    mark(shift=shift, marks={row.pk: Mark(attendance="absent")}, by=coordinator)
    assert (fresh(row).attendance, fresh(row).came_count) == ("absent", None)


def test_marks_of_another_shift_are_not_touched(page, shift, coordinator):
    other = factories.sign_up_row(factories.shift(page))
    assert mark(shift=shift, marks={other.pk: Mark(attendance="came")}, by=coordinator) == 0
    assert fresh(other).attendance == ""


def test_a_roster_of_two_hundred_takes_no_more_queries_than_one_of_two(
    client, coordinator, page, django_assert_max_num_queries
):
    shift = factories.shift(page, capacity=400)
    for number in range(200):
        factories.sign_up_row(shift, f"p{number}@example.org", answers={"q": ["Crew?", "A"]}, note="x")
    url = reverse("volunteering_team:roster", args=[shift.opportunity.city.pk, shift.pk])
    client.get(url)
    with django_assert_max_num_queries(18):
        assert client.get(url).status_code == 200


def person(**fields):
    fields.setdefault("token", new_token())
    return Person(**{"name": "Basil Walkin", **fields})


def test_somebody_by_hand_takes_places_and_gets_their_link(shift, coordinator):
    row = add_by_hand(shift=shift, person=person(email="basil@example.org", group_size=2), by=coordinator)
    assert (row.status, fresh(shift).taken) == ("confirmed", 2)
    mail = OutboxMessage.objects.get()
    assert mail.to == ["basil@example.org"]
    assert "/volunteer/" in mail.text


def test_the_same_form_twice_adds_once(shift, coordinator):
    twice = person()
    first = add_by_hand(shift=shift, person=twice, by=coordinator)
    assert add_by_hand(shift=shift, person=twice, by=coordinator).pk == first.pk
    assert (SignUp.objects.count(), fresh(shift).taken) == (1, 1)


def test_by_hand_never_oversells(page, coordinator):
    small = factories.shift(page, capacity=3)
    factories.sign_up_row(small, group_size=2)
    with pytest.raises(RefusedError, match="1 place is left"):
        add_by_hand(shift=small, person=person(group_size=2), by=coordinator)
    add_by_hand(shift=small, person=person(), by=coordinator)
    assert fresh(small).taken == 3


def test_an_expired_hold_gives_its_place_to_who_stands_there(page, coordinator):
    small = factories.shift(page, capacity=1)
    factories.sign_up_row(small, status="held", held_until=timezone.now() - datetime.timedelta(minutes=1))
    add_by_hand(shift=small, person=person(), by=coordinator)
    assert fresh(small).taken == 1


def test_who_waits_comes_first_until_the_shift_begins(page, coordinator):
    small = factories.shift(page, capacity=2)
    factories.sign_up_row(small)
    waiting = {"status": "waiting", "group_size": 2, "waiting_since": timezone.now()}
    factories.sign_up_row(small, "w@example.org", **waiting)
    with pytest.raises(RefusedError, match="come first"):
        add_by_hand(shift=small, person=person(), by=coordinator)
    begun = timezone.now() + datetime.timedelta(days=7, hours=1)
    row = add_by_hand(shift=small, person=person(is_here=True), by=coordinator, now=begun)
    assert (row.attendance, row.came_count, fresh(small).taken) == ("came", 1, 2)


def test_an_address_that_is_there_and_a_shift_that_is_off_are_refused(shift, coordinator):
    factories.sign_up_row(shift, "basil@example.org")
    with pytest.raises(RefusedError) as refused:
        add_by_hand(shift=shift, person=person(email=" Basil@Example.org "), by=coordinator)
    assert refused.value.field == "email"
    Shift.objects.filter(pk=shift.pk).update(status="cancelled")
    with pytest.raises(RefusedError, match="called off"):
        add_by_hand(shift=shift, person=person(), by=coordinator)


@pytest.mark.parametrize(
    ("age", "rule", "guardian", "refused"),
    [
        ("child", TeenRule.ALONE, "", "guardian_name"),
        ("child", TeenRule.ALONE, "Sage", ""),
        ("teen", TeenRule.GUARDIAN, "", "guardian_name"),
        ("teen", TeenRule.ALONE, "", ""),
        ("teen", TeenRule.NEVER, "Sage", "age_band"),
        ("adult", TeenRule.NEVER, "", ""),
    ],
)
def test_the_city_s_rule_about_minors_holds_by_hand_too(age, rule, guardian, refused, shift, coordinator, city):
    CityRules.objects.create(city=city, teens=rule)
    given = person(age_band=age, guardian_name=guardian)
    if not refused:
        assert add_by_hand(shift=shift, person=given, by=coordinator).age_band == age
        return
    with pytest.raises(RefusedError) as error:
        add_by_hand(shift=shift, person=given, by=coordinator)
    assert error.value.field == refused


def test_the_form_says_why_not_and_keeps_what_was_typed(client, coordinator, city, page):
    small = factories.shift(page, capacity=1)
    url = reverse("volunteering_team:add", args=[city.pk, small.pk])
    token = BeautifulSoup(client.get(url).text, "html.parser").select_one("[name=token]")["value"]
    data = {"token": token, "name": "Basil Walkin", "group_size": "2", "age_band": "adult", "language": "en"}
    soup = BeautifulSoup(client.post(url, data | {"agreed": "on"}).text, "html.parser")
    assert "1 place is left" in soup.get_text()
    assert soup.select_one("[name=name]")["value"] == "Basil Walkin"
    assert soup.select_one("[name=token]")["value"] == token
    assert client.post(url, data | {"group_size": "1"}).status_code == 200  # nobody said that they agreed
    assert not SignUp.objects.exists()
    assert client.post(url, data | {"group_size": "1", "agreed": "on"}).status_code == 302
    assert SignUp.objects.get().name == "Basil Walkin"


def test_cancelling_asks_first_and_gives_the_place_on(client, coordinator, city, page):
    small = factories.shift(page, capacity=1)
    row = factories.sign_up_row(small)
    line = factories.sign_up_row(small, "w@example.org", status="waiting", waiting_since=timezone.now())
    url = reverse("volunteering_team:cancel", args=[city.pk, row.pk])
    assert client.get(url).status_code == 200
    assert fresh(row).status == "confirmed"
    client.post(url)
    client.post(url)
    assert (fresh(row).status, fresh(line).status) == ("cancelled", "offered")
    assert ModelLogEntry.objects.filter(action="volunteering.roster.cancelled").count() == 1


def test_the_sheet_has_a_line_for_each_and_for_others_and_no_menu(client, coordinator, city, shift):
    factories.sign_up_row(shift, name="Zoe Ash", phone="918-555-0134", group_size=2)
    factories.sign_up_row(shift, "w@example.org", name="Waits", status="waiting")
    html = client.get(reverse("volunteering_team:sheet", args=[city.pk, shift.pk])).text
    soup = BeautifulSoup(html, "html.parser")
    assert len(soup.select("tbody tr:not(.blank)")) == 1
    assert len(soup.select("tbody tr.blank")) == 8
    assert "918-555-0134" in html
    assert "Waits" not in html
    assert not soup.select("nav, script")
