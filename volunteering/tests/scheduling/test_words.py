"""A schedule as people say it."""

import datetime

import pytest

from volunteering.models import Schedule, Timing
from volunteering.scheduling.words import clock_range, schedule_in_words


def said(rrule, **fields):
    fields = {"starts_on": datetime.date(2026, 1, 6), "start_time": datetime.time(15, 30), "minutes": 60} | fields
    return schedule_in_words(Schedule(kind=Timing.SERIES, rrule=rrule, **fields))


def test_a_weekly_series_with_its_last_day_and_a_day_left_out():
    text = said("FREQ=WEEKLY;BYDAY=TU", ends_on=datetime.date(2026, 5, 28), skipped=["2026-12-22"])
    assert text == "Every Tuesday, 3:30 to 4:30 p.m., until May 28, not on December 22"


@pytest.mark.parametrize(
    ("rrule", "words"),
    [
        ("FREQ=WEEKLY;BYDAY=TH,TU", "Every Tuesday and Thursday"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "Every 2 weeks on Monday"),
        ("FREQ=WEEKLY", "Every Tuesday"),
        ("FREQ=DAILY", "Every day"),
        ("FREQ=DAILY;INTERVAL=3", "Every 3 days"),
        ("FREQ=MONTHLY;BYDAY=2SA", "The second Saturday of every month"),
        ("FREQ=MONTHLY;BYDAY=2SA,4SA", "The second Saturday and fourth Saturday of every month"),
        ("FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR", "The last Friday of every 2 months"),
        ("FREQ=MONTHLY;BYDAY=SA;BYSETPOS=2", "The second Saturday of every month"),
        ("FREQ=MONTHLY;BYMONTHDAY=15", "On day 15 of every month"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "On the last day of every month"),
    ],
)
def test_each_rule_has_its_words(rrule, words):
    assert said(rrule) == f"{words}, 3:30 to 4:30 p.m."


def test_half_of_the_day_is_said_once_when_it_is_the_same():
    assert clock_range(datetime.time(9), datetime.time(11, 30)) == "9 to 11:30 a.m."
    assert clock_range(datetime.time(10), datetime.time(13)) == "10 a.m. to 1 p.m."
    assert clock_range(datetime.time(9), datetime.time(12)) == "9 a.m. to noon"


def test_once_says_weekday_and_day():
    schedule = Schedule(kind=Timing.ONCE, starts_on=datetime.date(2026, 12, 5), start_time=datetime.time(10))
    assert schedule_in_words(schedule) == "Saturday, Dec. 5, 2026, 10 a.m. to 1 p.m."
