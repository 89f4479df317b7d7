"""Schedules make shifts on a city's own clock, once each."""

import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import ValidationError

from volunteering.models import Daypart, Shift, Timing
from volunteering.scheduling.planning import HORIZON_DAYS, add_schedule, local_fields, make_shifts
from volunteering.scheduling.rules import extend_series, refresh_times

TEN = datetime.time(10)


def on_the_clock(schedule):
    zone = ZoneInfo(schedule.time_zone)
    return [f"{shift.starts_at.astimezone(zone):%m-%d %H:%M}" for shift in schedule.shifts.in_order()]


def weekly(opportunity, first, last, at=TEN, **more):
    return add_schedule(
        opportunity=opportunity,
        kind=Timing.SERIES,
        starts_on=datetime.date.fromisoformat(first),
        ends_on=datetime.date.fromisoformat(last) if last else None,
        start_time=at,
        rrule=more.pop("rrule", "FREQ=WEEKLY"),
        **more,
    )


@time_machine.travel("2026-10-20T12:00:00Z", tick=False)
def test_weekly_ten_stays_ten_when_the_clocks_go_back(opportunity):
    schedule = weekly(opportunity, "2026-10-27", "2026-11-10")
    assert on_the_clock(schedule) == ["10-27 10:00", "11-03 10:00", "11-10 10:00"]
    assert [shift.starts_at.hour for shift in schedule.shifts.in_order()] == [15, 16, 16]


@time_machine.travel("2027-03-01T12:00:00Z", tick=False)
def test_weekly_ten_stays_ten_when_the_clocks_jump_forward(opportunity):
    schedule = weekly(opportunity, "2027-03-09", "2027-03-23")
    assert on_the_clock(schedule) == ["03-09 10:00", "03-16 10:00", "03-23 10:00"]
    assert [shift.starts_at.hour for shift in schedule.shifts.in_order()] == [16, 15, 15]


@time_machine.travel("2027-03-01T12:00:00Z", tick=False)
def test_a_city_without_daylight_saving_has_one_offset_all_year(opportunity_in):
    schedule = weekly(opportunity_in("America/Phoenix"), "2027-03-09", "2027-03-23")
    assert {shift.starts_at.hour for shift in schedule.shifts.all()} == {17}


@time_machine.travel("2027-03-01T12:00:00Z", tick=False)
def test_one_day_whose_time_is_missing_moves_forward_and_the_others_stay(opportunity):
    schedule = weekly(opportunity, "2027-03-07", "2027-03-21", at=datetime.time(2, 30))
    assert on_the_clock(schedule) == ["03-07 02:30", "03-14 03:30", "03-21 02:30"]


@time_machine.travel("2026-10-20T12:00:00Z", tick=False)
def test_a_time_that_comes_twice_is_the_one_that_was_chosen(opportunity):
    made = [
        add_schedule(
            opportunity=opportunity, kind=Timing.ONCE, starts_on=datetime.date(2026, 11, 1),
            start_time=datetime.time(1, 30), fold=fold,
        ).shifts.get().starts_at
        for fold in (0, 1)
    ]  # fmt: skip
    assert made[1] - made[0] == datetime.timedelta(hours=1)


def test_once_at_a_time_that_is_missing_is_refused_with_the_reason(opportunity):
    with pytest.raises(ValidationError, match="the clocks jump forward") as refusal:
        add_schedule(
            opportunity=opportunity, kind=Timing.ONCE, starts_on=datetime.date(2027, 3, 14),
            start_time=datetime.time(2, 30),
        )  # fmt: skip
    assert set(refusal.value.message_dict) == {"start_time"}
    assert not Shift.objects.exists()


@time_machine.travel("2026-11-24T12:00:00Z", tick=False)
def test_a_shift_closes_and_ends_as_its_schedule_says(opportunity):
    schedule = add_schedule(
        opportunity=opportunity, kind=Timing.ONCE, starts_on=datetime.date(2026, 12, 5), start_time=TEN, minutes=150,
        cutoff_minutes=90, capacity=12, waitlist_size=3, note="Watering crew",
    )  # fmt: skip
    shift = schedule.shifts.get()
    assert shift.ends_at - shift.starts_at == datetime.timedelta(minutes=150)
    assert shift.starts_at - shift.closes_at == datetime.timedelta(minutes=90)
    assert (shift.capacity, shift.waitlist_size, shift.note) == (12, 3, "Watering crew")
    assert (shift.local_on, shift.weekday, shift.daypart) == (datetime.date(2026, 12, 5), 5, Daypart.MORNING)
    opportunity.refresh_from_db()
    assert opportunity.next_at == shift.starts_at


@time_machine.travel("2026-11-24T12:00:00Z", tick=False)
def test_shifts_reach_half_a_year_and_the_daily_rule_goes_on_without_making_any_twice(opportunity):
    schedule = weekly(opportunity, "2026-11-24", "")
    assert schedule.shifts.count() == HORIZON_DAYS // 7 + 1
    assert make_shifts(schedule) == []
    extend_series()
    assert schedule.shifts.count() == HORIZON_DAYS // 7 + 1
    with time_machine.travel("2026-12-02T12:00:00Z", tick=False):
        assert extend_series() == "1 shift made"
        assert extend_series() == "0 shifts made"
    assert schedule.shifts.count() == HORIZON_DAYS // 7 + 2


@time_machine.travel("2026-11-24T12:00:00Z", tick=False)
def test_a_series_that_is_over_or_ended_is_left_alone(opportunity):
    over = weekly(opportunity, "2026-11-03", "2026-11-17")
    ended = weekly(opportunity, "2026-11-03", "")
    ended.is_ended = True
    ended.save()
    with time_machine.travel("2026-12-24T12:00:00Z", tick=False):
        assert extend_series() == "0 shifts made"
    assert over.shifts.count() == 3


@time_machine.travel("2026-11-24T12:00:00Z", tick=False)
def test_a_series_that_began_earlier_has_its_past_too(opportunity):
    schedule = weekly(opportunity, "2026-11-03", "2026-12-01")
    assert [day[:5] for day in on_the_clock(schedule)] == ["11-03", "11-10", "11-17", "11-24", "12-01"]


@time_machine.travel("2026-11-24T12:00:00Z", tick=False)
def test_what_is_agreed_has_one_shift_without_a_time_until_its_last_day(opportunity):
    schedule = add_schedule(opportunity=opportunity, kind=Timing.ONGOING, ends_on=datetime.date(2026, 12, 31))
    shift = schedule.shifts.get()
    assert (shift.starts_at, shift.local_on, shift.weekday) == (None, None, None)
    assert shift.closes_at == datetime.datetime(2027, 1, 1, 6, tzinfo=datetime.UTC)
    assert make_shifts(schedule) == []
    opportunity.refresh_from_db()
    assert opportunity.is_undated
    with time_machine.travel("2027-01-01T06:00:01Z", tick=False):
        assert refresh_times() == "1 opportunity brought up to date"
    opportunity.refresh_from_db()
    assert not opportunity.is_undated


@time_machine.travel("2026-11-24T12:00:00Z", tick=False)
def test_when_sign_up_for_the_next_shift_closes_the_one_after_it_is_next(opportunity):
    schedule = weekly(opportunity, "2026-11-24", "2026-12-01")
    first, second = schedule.shifts.in_order()
    opportunity.refresh_from_db()
    assert opportunity.next_at == first.starts_at
    assert refresh_times() == "0 opportunities brought up to date"
    with time_machine.travel(first.closes_at, tick=False):
        refresh_times()
    opportunity.refresh_from_db()
    assert opportunity.next_at == second.starts_at


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"starts_on": None}, "starts_on"),
        ({"start_time": None}, "start_time"),
        ({"ends_on": datetime.date(2026, 11, 1)}, "ends_on"),
        ({"minutes": 3}, "minutes"),
        ({"minutes": 1500}, "minutes"),
        ({"capacity": 0}, "capacity"),
        ({"rrule": "FREQ=MONTHLY;BYMONTHDAY=31", "ends_on": datetime.date(2026, 12, 30)}, "rrule"),
    ],
)
def test_a_schedule_that_makes_no_sense_is_refused_at_its_field(opportunity, values, field):
    good = {
        "starts_on": datetime.date(2026, 12, 1),
        "start_time": TEN,
        "rrule": "FREQ=WEEKLY",
        "ends_on": datetime.date(2027, 1, 1),
    }
    with pytest.raises(ValidationError) as refusal:
        add_schedule(opportunity=opportunity, kind=Timing.SERIES, **(good | values))
    assert set(refusal.value.message_dict) == {field}


def test_the_day_is_that_of_the_citys_clock():
    late = datetime.datetime(2026, 12, 6, 3, tzinfo=datetime.UTC)
    fields = local_fields(late, "America/Chicago")
    assert fields == {"local_on": datetime.date(2026, 12, 5), "weekday": 5, "daypart": Daypart.EVENING}
