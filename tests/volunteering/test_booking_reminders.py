"""One reminder, the day before, while it is day in Tulsa."""

import datetime

import pytest
import time_machine

from portal.core.due import run_rules
from portal.core.models import DueRule
from tests.volunteering.booked import apply, confirmed, mails
from volunteering import factories
from volunteering.booking.managing import cancel
from volunteering.booking.shift_acts import call_off

START = datetime.datetime(2026, 12, 5, 16, tzinfo=datetime.UTC)  # Saturday, 10 in the morning in Tulsa


@pytest.fixture
def clock():
    """A Monday, five days before."""
    with time_machine.travel(datetime.datetime(2026, 11, 30, 18, tzinfo=datetime.UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def saturday(clock, page):
    return factories.shift(page, starts_at=START)


def at(clock, day, hour):
    """The rule runs, at that hour of December on Tulsa's clock. Returns how many reminders there are by now."""
    clock.move_to(datetime.datetime(2026, 12, day, hour, tzinfo=datetime.UTC) + datetime.timedelta(hours=6))
    [run] = run_rules(["volunteering.reminders"])
    assert not run.error
    return len(mails("reminder"))


def test_reminder_comes_the_day_before_by_day_and_once(clock, saturday):
    confirmed(saturday)
    assert [at(clock, 3, 20), at(clock, 4, 0), at(clock, 4, 7), at(clock, 4, 8), at(clock, 4, 12)] == [0, 0, 0, 1, 1]
    assert at(clock, 5, 6) == 1
    [mail] = mails("reminder")
    assert "it is nearly time: Saturday, December 5" in mail.text


def test_late_tick_still_reminds_on_the_day_itself(clock, page):
    confirmed(factories.shift(page, starts_at=START + datetime.timedelta(hours=8)))  # 6 in the evening
    assert [at(clock, 4, 21), at(clock, 5, 7), at(clock, 5, 9)] == [0, 0, 1]


def test_nobody_is_reminded_shortly_before(clock, saturday):
    confirmed(saturday)
    assert [at(clock, 5, 8), at(clock, 5, 11)] == [0, 0]


def test_who_signed_up_in_the_last_hours_needs_none(clock, saturday):
    clock.move_to(START - datetime.timedelta(hours=25))
    confirmed(saturday)
    assert [at(clock, 4, 12), at(clock, 4, 20)] == [0, 0]
    assert at(clock, 4, 21) == 0


def test_only_who_has_a_place_is_reminded(clock, page):
    shift = factories.shift(page, starts_at=START, capacity=3)
    cancel(sign_up=confirmed(shift, "gone@example.org"))
    confirmed(shift, "kept@example.org", group_size=2)
    clock.move_to(START - datetime.timedelta(hours=24))
    apply(shift, "held@example.org")
    apply(shift, "waits@example.org")
    at(clock, 4, 10)
    assert [mail.to for mail in mails("reminder")] == [["kept@example.org"]]


def test_nobody_is_reminded_of_what_is_called_off(clock, saturday):
    confirmed(saturday)
    call_off(shift=saturday, message="", by=None)
    assert at(clock, 4, 10) == 0


def test_reminder_follows_the_clock_of_the_shift(clock, page):
    shift = factories.shift(page, starts_at=START + datetime.timedelta(hours=4))
    shift.time_zone = "Pacific/Honolulu"  # four hours behind Tulsa
    shift.save()
    confirmed(shift)
    assert [at(clock, 4, 10), at(clock, 4, 11), at(clock, 4, 12)] == [0, 0, 1]


def test_staff_see_what_the_rules_did(clock, saturday):
    confirmed(saturday)
    apply(saturday, "held@example.org")
    at(clock, 4, 10)
    run_rules(["volunteering.places"])
    assert DueRule.objects.get(name="volunteering.reminders").outcome == "1 reminder"
    assert DueRule.objects.get(name="volunteering.places").outcome == "1 shift settled"
