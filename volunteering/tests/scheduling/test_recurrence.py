"""Rules of repetition: which are taken, and the days that they make."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from volunteering.scheduling.recurrence import check_rule, dates_of


def days(text, first, last, **more):
    found = dates_of(text, first=datetime.date.fromisoformat(first), last=datetime.date.fromisoformat(last), **more)
    return [f"{day:%m-%d}" for day in found]


def test_every_other_week_counts_from_the_week_of_the_first_day():
    assert days("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR", "2026-12-02", "2026-12-31") == [
        "12-04",
        "12-14",
        "12-18",
        "12-28",
    ]


def test_second_saturday_of_the_month():
    assert days("FREQ=MONTHLY;BYDAY=2SA", "2026-11-24", "2027-02-28") == ["12-12", "01-09", "02-13"]


def test_the_last_friday_of_every_other_month():
    assert days("FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR", "2026-11-24", "2027-04-01") == ["11-27", "01-29", "03-26"]


def test_a_month_without_a_31st_has_no_shift():
    assert days("FREQ=MONTHLY;BYMONTHDAY=31", "2026-12-01", "2027-05-30") == ["12-31", "01-31", "03-31"]


def test_the_first_working_day_by_its_place_in_the_set():
    assert days("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1", "2026-12-01", "2027-02-28") == [
        "12-01",
        "01-01",
        "02-01",
    ]


def test_days_left_out_and_days_before_a_day_are_not_made():
    found = days(
        "FREQ=DAILY;INTERVAL=3", "2026-12-01", "2026-12-14", since=datetime.date(2026, 12, 4), skipped=["2026-12-07"]
    )
    assert found == ["12-04", "12-10", "12-13"]


def test_a_rule_is_written_one_way_only():
    assert check_rule("rrule:byday=tu;freq=weekly;interval=1") == "FREQ=WEEKLY;BYDAY=TU"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "every tuesday",
        "FREQ=HOURLY",
        "FREQ=YEARLY;BYDAY=TU",
        "FREQ=WEEKLY;COUNT=3",
        "FREQ=WEEKLY;UNTIL=20270101",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;BYDAY=2TU",
        "FREQ=WEEKLY;INTERVAL=0",
        "FREQ=WEEKLY;INTERVAL=²",
        "FREQ=WEEKLY;INTERVAL=1000000",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=MONTHLY;BYMONTHDAY=0",
        "FREQ=MONTHLY;BYSETPOS=1",
        "FREQ=MONTHLY;BYDAY=6SA",
        "FREQ=DAILY;BYHOUR=3",
        "FREQ=WEEKLY;FREQ=DAILY",
        "FREQ=WEEKLY\nRDATE:20260101",
    ],
)
def test_other_rules_are_refused(text):
    with pytest.raises(ValidationError):
        check_rule(text)
