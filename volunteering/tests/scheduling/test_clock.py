"""Local times that are missing or come twice, told apart and explained."""

import datetime

import pytest

from volunteering.scheduling.clock import Fit, fit_of, moment, read_clock

SPRING = datetime.date(2027, 3, 14)
FALL = datetime.date(2026, 11, 1)
HALF_PAST_TWO = datetime.time(2, 30)
HALF_PAST_ONE = datetime.time(1, 30)
CHICAGO, PHOENIX = "America/Chicago", "America/Phoenix"


@pytest.mark.parametrize(
    ("on", "at", "zone", "fit"),
    [
        (SPRING, HALF_PAST_TWO, CHICAGO, Fit.MISSING),
        (SPRING, datetime.time(2), CHICAGO, Fit.MISSING),
        (SPRING, datetime.time(3), CHICAGO, Fit.OK),
        (SPRING, datetime.time(1, 59), CHICAGO, Fit.OK),
        (FALL, HALF_PAST_ONE, CHICAGO, Fit.TWICE),
        (FALL, datetime.time(2), CHICAGO, Fit.OK),
        (FALL, datetime.time(1), CHICAGO, Fit.TWICE),
        (SPRING, HALF_PAST_TWO, PHOENIX, Fit.OK),
        (FALL, HALF_PAST_ONE, PHOENIX, Fit.OK),
    ],
)
def test_a_time_is_there_once_never_or_twice(on, at, zone, fit):
    assert fit_of(on, at, zone) == fit


def test_a_missing_time_moves_forward_by_the_gap_whatever_the_fold():
    half_past_three = moment(SPRING, datetime.time(3, 30), CHICAGO)
    assert moment(SPRING, HALF_PAST_TWO, CHICAGO) == half_past_three
    assert moment(SPRING, HALF_PAST_TWO, CHICAGO, fold=1) == half_past_three


def test_the_two_moments_of_a_time_that_comes_twice_are_an_hour_apart():
    first, second = (moment(FALL, HALF_PAST_ONE, CHICAGO, fold=fold) for fold in (0, 1))
    assert second - first == datetime.timedelta(hours=1)


def test_a_missing_time_is_explained_with_the_times_beside_it():
    reading = read_clock(SPRING, HALF_PAST_TWO, CHICAGO)
    assert "There is no 2:30 a.m. on March 14, 2027" in reading.explanation
    assert [(choice.value, choice.at) for choice in reading.choices] == [
        ("01:30", datetime.time(1, 30)),
        ("03:30", datetime.time(3, 30)),
    ]
    assert [choice.label for choice in reading.choices] == [
        "1:30 a.m., before the change (CST)",
        "3:30 a.m., after the change (CDT)",
    ]


def test_a_time_that_comes_twice_is_explained_with_both():
    reading = read_clock(FALL, HALF_PAST_ONE, CHICAGO)
    assert "It is 1:30 a.m. twice on Nov. 1, 2026" in reading.explanation
    assert [(choice.fold, choice.label) for choice in reading.choices] == [
        (0, "The first 1:30 a.m., before the change (CDT)"),
        (1, "The second 1:30 a.m., after the change (CST)"),
    ]


def test_an_ordinary_time_needs_no_word():
    assert read_clock(FALL, datetime.time(10), CHICAGO).explanation == ""
