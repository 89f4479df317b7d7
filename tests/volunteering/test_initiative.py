"""The public page of an initiative."""

import datetime

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.utils import timezone

from search.indexing.settling import settle
from search.models import SearchDoc
from volunteering import factories
from volunteering.models import InitiativePage, ServiceLog, Shift
from volunteering.reached import months_until, reached_of

MARCH = datetime.datetime(2026, 3, 15, 12, tzinfo=datetime.UTC)


@pytest.fixture
def initiative(section):
    page = InitiativePage(
        title="Shade for every bus stop", unit="trees planted", target=400, baseline=90,
        target_on=datetime.date(2028, 10, 1), summary="By 2028 every stop has shade.",
    )  # fmt: skip
    section.add_child(instance=page)
    page.save_revision().publish()
    return page


def log(row, day, amount, status="approved", **fields):
    fields.setdefault("decided_at", MARCH)
    return ServiceLog.objects.create(
        opportunity=row, initiative=row.initiative, served_on=day, amount=amount, hours=3, status=status, **fields
    )


@pytest.fixture
def row(section, initiative):
    return factories.row_of(factories.opportunity(section, initiative=initiative))


def soup_of(client, page):
    response = client.get(page.url)
    assert response.status_code == 200
    return BeautifulSoup(response.text, "html.parser")


def test_the_page_tells_count_goal_baseline_and_date(client, initiative, row):
    log(row, "2026-01-10", 100)
    log(row, "2026-03-01", "63.5")
    log(row, "2026-03-02", 1000, status="pending")
    log(row, "2026-03-02", 1000, status="rejected")
    with time_machine.travel(MARCH):
        soup = soup_of(client, initiative)
    text = soup.select_one(".initiative").get_text(" ", strip=True)
    assert soup.select_one(".count-so-far b").get_text() == "163.5"
    assert "Goal: 400 by October 2028" in text
    assert "Where it began: 90 trees planted. They are not in the count." in text
    assert "as of March 15, 2026" in text
    assert soup.select_one("progress")["value"] == "40"


def test_the_chart_and_its_table_say_the_same(client, initiative, row):
    log(row, "2025-12-10", 5)
    log(row, "2026-02-10", 7)
    with time_machine.travel(MARCH):
        soup = soup_of(client, initiative)
    table = [(tr.th.get_text(strip=True), tr.td.get_text(strip=True)) for tr in soup.select(".month-table tbody tr")]
    assert table == [
        ("October 2025", "0"), ("November 2025", "0"), ("December 2025", "5"), ("January 2026", "0"),
        ("February 2026", "7"), ("March 2026", "0"),
    ]  # fmt: skip
    bars = [float(rect["height"].rstrip("%")) for rect in soup.select("svg.chart rect")]
    assert [round(bar / bars[4] * 7, 1) for bar in bars] == [0, 0, 5, 0, 7, 0]
    assert not soup.select("svg.chart [style], svg.chart script")


def test_hours_are_counted_where_the_initiative_says_so(initiative, row):
    initiative.measure = InitiativePage.Measure.HOURS
    log(row, "2026-01-10", 100)
    assert reached_of(initiative).total == 3


def test_a_goal_that_is_passed_stays_at_a_hundred_and_a_near_one_below_it(initiative, row):
    log(row, "2026-01-10", "399.9")
    assert (reached_of(initiative).percent, reached_of(initiative).is_reached) == (99, False)
    log(row, "2026-01-10", 500)
    assert (reached_of(initiative).percent, reached_of(initiative).is_reached) == (100, True)


def test_an_initiative_of_the_first_day_says_so_and_draws_nothing(client, initiative):
    soup = soup_of(client, initiative)
    assert "Nothing is counted yet" in soup.get_text(" ", strip=True)
    assert not soup.select("svg.chart")
    assert "No shift is open right now" in soup.get_text(" ", strip=True)


def found(row, **fields):
    """The row of the search for the opportunity's page."""
    page = factories.OpportunityPage.objects.get(translation_key=row.family)
    settle()
    assert SearchDoc.objects.filter(page=page, kind="opportunity", family=row.family).exists()
    if fields:
        SearchDoc.objects.filter(page=page).update(**fields)
    return page


def test_open_shifts_stand_on_the_page_the_next_one_first(client, initiative, row, section):
    first = found(row)
    factories.shift(first, days=9)
    factories.shift(first, days=4)
    other = factories.opportunity(section, "Water the new trees", initiative=initiative)
    factories.shift(found(factories.row_of(other)), days=2)
    elsewhere = factories.opportunity(section, "Read to a class")
    factories.shift(found(factories.row_of(elsewhere)), days=1)
    soup = soup_of(client, initiative)
    titles = [each.get_text(strip=True) for each in soup.select(".fold-2 .row-title a")]
    assert titles == ["Water the new trees", "Plant shade at the bus stops"]
    days = [datetime.datetime.fromisoformat(each["datetime"]) for each in soup.select(".fold-2 time")]
    assert [round((day - timezone.now()).total_seconds() / 86400) for day in days] == [2, 4]


def test_what_cannot_be_seen_or_is_over_is_not_offered(client, initiative, row, section):
    hidden = factories.shift(found(row, readers="members"), days=3)
    later = factories.opportunity(section, "Over", initiative=initiative)
    factories.shift(found(factories.row_of(later)), days=-2)
    off = factories.opportunity(section, "Off", initiative=initiative)
    Shift.objects.filter(pk=factories.shift(found(factories.row_of(off))).pk).update(status="cancelled")
    assert hidden.is_open
    assert "No shift is open right now" in soup_of(client, initiative).get_text(" ", strip=True)


def test_nothing_personal_stands_on_the_page_or_in_its_revisions(client, initiative, row):
    shift = factories.shift(factories.OpportunityPage.objects.get(translation_key=row.family))
    person = factories.sign_up_row(shift, "fennel@example.org", name="Fennel Samplebrook", attendance="came")
    log(row, "2026-01-10", 3, sign_up=person, shift=shift)
    html = client.get(initiative.url).text
    assert "ennel" not in html + str(initiative.latest_revision.content)


def test_the_page_costs_the_same_however_many_logs_and_shifts(client, initiative, row, django_assert_max_num_queries):
    page = found(row)
    for number in range(40):
        log(row, datetime.date(2026, 1, 1) + datetime.timedelta(days=number), 1)
        factories.shift(page, days=number + 1)
    client.get(initiative.url)
    with django_assert_max_num_queries(18):
        client.get(initiative.url)


def test_months_go_over_the_turn_of_the_year():
    assert months_until(datetime.date(2026, 2, 28), 3) == [
        datetime.date(2025, 12, 1), datetime.date(2026, 1, 1), datetime.date(2026, 2, 1)
    ]  # fmt: skip
