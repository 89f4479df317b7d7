"""Hours: logged after a shift or without one, approved, changed; what leaves the portal as a file."""

import csv
import datetime
import io
from decimal import Decimal

import openpyxl
import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from city_sites.factories import team_member
from coalition.models import Role
from volunteering import factories
from volunteering.models import CityRules, InitiativePage, ServiceLog, Shift
from volunteering.reached import reached_of
from volunteering.team.hours import Given, log_shift
from volunteering.when import local

DAY = datetime.date(2026, 3, 7)


@pytest.fixture
def initiative(section):
    page = InitiativePage(title="Shade for every bus stop", unit="trees", target=400, baseline=90)
    section.add_child(instance=page)
    page.save_revision().publish()
    return page


@pytest.fixture
def over(section, initiative):
    """A shift of three hours that is over, in Tulsa, on DAY."""
    page = factories.opportunity(section, initiative=initiative)
    return factories.shift(page, starts_at=datetime.datetime(2026, 3, 7, 15, tzinfo=datetime.UTC), local_on=DAY)


@pytest.fixture
def city(over):
    return over.opportunity.city


@pytest.fixture
def coordinator(client, city):
    user = team_member(city, Role.COORDINATOR)
    client.force_login(user)
    return user


def came(shift, email, people, **fields):
    return factories.sign_up_row(shift, email, group_size=people, attendance="came", came_count=people, **fields)


def log(shift, hours="3", status="pending", **fields):
    fields = {"served_on": DAY, "initiative": shift.opportunity.initiative, "opportunity": shift.opportunity} | fields
    return ServiceLog.objects.create(shift=shift, hours=hours, status=status, **fields)


def url_of(name, *args):
    return reverse(f"volunteering_team:{name}", args=args)


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def as_rows(response):
    return list(csv.DictReader(io.StringIO(body(response).decode("utf-8-sig"))))


def filled(client, url):
    """The form as it was opened."""
    soup = BeautifulSoup(client.get(url).text, "html.parser")
    return {each["name"]: each.get("value", "") for each in soup.select("form[method=post] input[name]")}


def test_hours_are_people_times_the_length_of_the_shift_and_may_be_changed(client, coordinator, city, over):
    one, two = came(over, "a@example.org", 4), came(over, "b@example.org", 1)
    factories.sign_up_row(over, "c@example.org", attendance="absent")
    url = url_of("shift_hours", city.pk, over.pk)
    data = filled(client, url)
    assert (data[f"people-{one.pk}"], data[f"hours-{one.pk}"], data["served_on"]) == ("4", "12.00", "2026-03-07")
    client.post(url, data | {f"hours-{two.pk}": "1.5", "amount": "12"})
    found = {each.sign_up_id: each for each in ServiceLog.objects.all()}
    assert {pk: (each.people, each.hours) for pk, each in found.items()} == {
        one.pk: (4, Decimal(12)), two.pk: (1, Decimal("1.5")), None: (0, Decimal(0))
    }  # fmt: skip
    assert found[None].amount == 12
    assert {(each.status, each.served_on, each.initiative) for each in found.values()} == {
        ("pending", DAY, over.opportunity.initiative)
    }


def test_a_double_click_logs_once_and_the_next_one_logs_only_who_is_new(client, coordinator, city, over):
    came(over, "a@example.org", 1)
    url = url_of("shift_hours", city.pk, over.pk)
    data = filled(client, url) | {"amount": "5"}
    client.post(url, data)
    client.post(url, data)
    assert ServiceLog.objects.count() == 2
    later = came(over, "late@example.org", 2)
    again = filled(client, url)
    assert "amount" not in again
    client.post(url, again)
    assert ServiceLog.objects.get(sign_up=later).hours == 6
    assert ServiceLog.objects.count() == 3


def test_a_mistake_in_the_hours_keeps_what_was_typed(client, coordinator, city, over):
    row = came(over, "a@example.org", 1)
    url = url_of("shift_hours", city.pk, over.pk)
    data = filled(client, url) | {f"hours-{row.pk}": "-1", "served_on": "2999-01-01", "amount": "7"}
    soup = BeautifulSoup(client.post(url, data).text, "html.parser")
    assert soup.select_one(f"[name=hours-{row.pk}]")["value"] == "-1"
    assert soup.select_one("[name=amount]")["value"] == "7"
    assert "still to come" in soup.get_text()
    assert not ServiceLog.objects.exists()


def test_a_group_s_day_is_logged_without_names_and_once(client, coordinator, city, over):
    url = url_of("hours_add", city.pk)
    data = {"opportunity": over.opportunity.pk, "served_on": "2026-03-08", "people": "10", "hours": "30", "amount": "4"}
    client.post(url, data)
    client.post(url, data)
    entry = ServiceLog.objects.get()
    assert (entry.people, entry.hours, entry.amount, entry.sign_up) == (10, 30, 4, None)


def test_a_result_needs_an_initiative_that_counts_one(client, coordinator, city, section):
    row = factories.row_of(factories.opportunity(section, "Read to a class"))
    data = {"opportunity": row.pk, "served_on": "2026-03-08", "people": "1", "hours": "2", "amount": "4"}
    response = client.post(url_of("hours_add", city.pk), data)
    assert "part of no initiative" in response.text
    assert not ServiceLog.objects.exists()


def test_only_approved_hours_and_amounts_are_in_the_public_result(client, coordinator, city, over, initiative):
    logs = [log(over, amount="10", people=2), log(over, amount="20"), log(over, amount="40"), log(over, amount="80")]
    hours = url_of("hours", city.pk)
    client.post(hours, {"approve": str(logs[0].pk)})
    client.post(hours, {"approve": "chosen", "log": [logs[1].pk]})
    client.post(hours, {"reject": "chosen", "log": [logs[2].pk]})
    assert reached_of(initiative).total == 30
    assert (reached_of(initiative).people, reached_of(initiative).hours) == (3, 6)
    public = client.get(initiative.url).text
    assert ">30<" in public
    assert "Counted from approved logs" in public
    client.post(hours, {"reject": str(logs[0].pk)})  # decided otherwise
    assert reached_of(initiative).total == 20
    assert ServiceLog.objects.filter(decided_by=coordinator, decided_at__isnull=False).count() == 3


def test_everything_means_what_the_filters_leave_and_nobody_has_decided(client, coordinator, city, over):
    inside, outside = log(over), log(over, served_on="2026-05-01")
    rejected = log(over, status="rejected")
    url = url_of("hours", city.pk) + "?since=2026-03-01&until=2026-03-31"
    client.post(url, {"approve": "chosen", "everything": "1"})
    found = {each.pk: each.status for each in ServiceLog.objects.all()}
    assert found == {inside.pk: "approved", outside.pk: "pending", rejected.pk: "rejected"}


def test_hours_of_others_cannot_be_approved_by_their_number(client, city, over):
    entry = log(over)
    client.force_login(team_member(city, Role.PARTNER))
    client.post(url_of("hours", city.pk), {"approve": str(entry.pk)})
    entry.refresh_from_db()
    assert entry.status == "pending"


def test_changed_hours_have_to_be_approved_again(client, coordinator, city, over, initiative):
    entry = log(over, amount="10", status="approved")
    url = url_of("hours_change", city.pk, entry.pk)
    client.post(url, filled(client, url) | {"amount": "11", "hours": "4"})
    entry.refresh_from_db()
    assert (entry.status, entry.amount, entry.hours) == ("pending", 11, 4)
    assert reached_of(initiative).total == 0


def test_the_log_tells_days_and_numbers_alone(client, coordinator, city, over):
    came(over, "fennel@example.org", 2, name="Fennel Samplebrook")
    url = url_of("shift_hours", city.pk, over.pk)
    client.post(url, filled(client, url))
    client.post(url_of("hours", city.pk), {"approve": "chosen", "everything": "1"})
    entries = ModelLogEntry.objects.filter(action__startswith="volunteering.hours.")
    assert [entry.message for entry in entries.order_by("timestamp")] == [
        "Logged 6.00 hours of March 7, 2026", "Approved 6.00 hours (1 entries)"
    ]  # fmt: skip
    assert not any("ennel" in str(entry.data) for entry in entries)


@pytest.fixture
def rosters(over, section, city):
    ahead = factories.shift(
        factories.opportunity(section, "Read to a class"), local_on=timezone.localdate() + datetime.timedelta(days=7)
    )
    factories.sign_up_row(
        over, "old@example.org", name="=HYPERLINK(1)", phone="+1 918", answers={"q": ["Crew?", "-1+1"]}
    )
    factories.sign_up_row(over, "out@example.org", name="Out Gone", status="cancelled")
    factories.sign_up_row(ahead, "new@example.org", name="New Comer")
    return {"over": over, "ahead": ahead}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", {"New Comer"}),
        ("state=", {"'=HYPERLINK(1)", "Out Gone", "New Comer"}),
        ("state=over", {"'=HYPERLINK(1)", "Out Gone"}),
        ("state=&status=cancelled", {"Out Gone"}),
        ("state=&until=2026-03-31", {"'=HYPERLINK(1)", "Out Gone"}),
        ("state=&since=nonsense&status=wrong", {"'=HYPERLINK(1)", "Out Gone", "New Comer"}),
    ],
)
def test_the_file_holds_what_the_filters_on_the_screen_leave(query, names, client, coordinator, city, rosters):
    rows = as_rows(client.get(url_of("rosters_file", city.pk) + f"?{query}&format=csv"))
    assert {row["Name"] for row in rows} == names
    listed = BeautifulSoup(client.get(url_of("rosters", city.pk) + f"?{query}").text, "html.parser")
    titles = {each.get_text(strip=True) for each in listed.select(".vt-what a")}
    assert titles == {row["Opportunity"] for row in rows}


def test_formulas_are_defused_in_both_files(client, coordinator, city, rosters):
    url = url_of("rosters_file", city.pk) + f"?shift={rosters['over'].pk}"
    row = next(row for row in as_rows(client.get(f"{url}&format=csv")) if "HYPER" in row["Name"])
    assert (row["Name"], row["Telephone"]) == ("'=HYPERLINK(1)", "'+1 918")
    assert row["Begins"] == "09:00"  # in Tulsa
    sheet = openpyxl.load_workbook(io.BytesIO(body(client.get(f"{url}&format=xlsx")))).active
    cells = [cell for line in sheet.iter_rows(min_row=2) for cell in line]
    assert {cell.data_type for cell in cells if isinstance(cell.value, str)} == {"s"}
    assert any(cell.value == "=HYPERLINK(1)" and cell.quotePrefix for cell in cells)


def test_taking_a_file_out_is_logged_on_the_city(client, coordinator, city, rosters):
    client.get(url_of("rosters_file", city.pk) + "?state=&format=csv")
    client.get(url_of("hours", city.pk) + "?export=xlsx")
    found = ModelLogEntry.objects.filter(action="coalition.audit.export", object_id=str(city.pk))
    assert sorted((entry.data["list"], entry.data["rows"]) for entry in found) == [
        ("volunteer-hours", 0), ("volunteer-rosters", 3)
    ]  # fmt: skip


@pytest.mark.parametrize("value", ["x", "9" * 30, "0", "-1"])
def test_a_shift_that_is_none_gives_no_file(value, client, coordinator, city):
    assert client.get(url_of("rosters_file", city.pk) + f"?shift={value}&format=csv").status_code == 404


def test_the_file_of_hours_obeys_the_filter(client, coordinator, city, over):
    log(over, sign_up=came(over, "a@example.org", 1, name="@Ana"), amount="2")
    log(over, status="approved")
    rows = as_rows(client.get(url_of("hours", city.pk) + "?status=pending&export=csv"))
    assert [(row["Name"], row["Result"], row["Unit"]) for row in rows] == [("'@Ana", "2.00", "trees")]


def test_lists_of_two_hundred_cost_few_queries(client, coordinator, city, over, django_assert_max_num_queries):
    now = timezone.now()
    for number in range(200):
        log(over, sign_up=came(over, f"p{number}@example.org", 1) if number < 10 else None)
        Shift.objects.create(
            opportunity=over.opportunity, schedule=over.schedule, kind="once", time_zone="America/Chicago",
            occurrence_on=DAY + datetime.timedelta(days=number), ends_at=now + datetime.timedelta(hours=number + 3),
            starts_at=now + datetime.timedelta(hours=number),
        )  # fmt: skip
    for name in ("index", "rosters", "hours"):
        client.get(url_of(name, city.pk))
        with django_assert_max_num_queries(20):
            assert client.get(url_of(name, city.pk)).status_code == 200


def test_the_city_s_rules_are_saved_logged_and_keep_what_was_typed(client, coordinator, city):
    url = url_of("rules", city.pk)
    wrong = client.post(url, {"teens": "never", "keep_days": "99999"})
    assert 'value="99999"' in wrong.text
    assert not CityRules.objects.exists()
    client.post(url, {"teens": "never", "keep_days": "90"})
    rules = CityRules.objects.get(city=city)
    assert (rules.teens, rules.keep_days) == ("never", 90)
    assert ModelLogEntry.objects.get(action="volunteering.rules.changed").object_id == str(city.pk)


def test_the_overview_counts_what_is_to_be_done(client, coordinator, city, over, section, initiative):
    week = factories.shift(factories.opportunity(section, "Read to a class"), days=3, capacity=10)
    factories.sign_up_row(week, group_size=4)
    factories.sign_up_row(week, "h@example.org", status="held", group_size=2)
    factories.sign_up_row(week, "w@example.org", status="waiting", group_size=3)
    far = factories.shift(factories.opportunity(section, "Later"), days=20, capacity=50)
    factories.sign_up_row(far, "w@example.org", status="waiting")
    factories.sign_up_row(over)  # nobody has noted whether they came
    log(over, hours="7")
    log(over, hours="5", status="approved", amount="40", served_on=local(timezone.now(), city.time_zone).date())
    soup = BeautifulSoup(client.get(url_of("index", city.pk)).text, "html.parser")
    figures = {each.dt.get_text(strip=True): each.dd.get_text(strip=True) for each in soup.select(".vt-figures > div")}
    assert figures["Places to fill in the next 7 days"] == "4"
    assert figures["People who wait for a place"] == "4"
    assert figures["People who have not confirmed yet"] == "2"
    assert (figures["Hours this month"], figures["Hours this year"]) == ("5", "5")
    text = soup.get_text(" ", strip=True)
    assert "Note who came to 1 shift that is over" in text
    assert "Approve 1 entry of hours (7 hours)" in text
    assert "40 of 400 trees" in text
    assert soup.select_one("progress[max='100'][value='10']")
    assert [each.get_text(strip=True) for each in soup.select(".vt-what a")] == ["Read to a class"]
    assert soup.select_one("svg.chart")
    assert len(soup.select(".vt-narrow tbody tr")) == 12
    assert "Jordan" not in text


def test_two_people_who_log_the_same_roster_at_once_log_it_once(coordinator, over):
    row = came(over, "a@example.org", 2)
    values = {"given": {row.pk: Given(2, Decimal(6))}, "amount": Decimal(5), "served_on": DAY, "by": coordinator}
    assert len(log_shift(shift=over, **values)) == 2
    assert log_shift(shift=over, **values) == []
