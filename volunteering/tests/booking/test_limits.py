"""How long a place is held and an offer stands, seen from any moment before the start."""

import datetime

import pytest

from volunteering.booking.limits import hold_until, is_daytime, offer_until
from volunteering.booking.mails import greeting_name
from volunteering.models import Shift

START = datetime.datetime(2026, 12, 5, 16, tzinfo=datetime.UTC)  # 10 in the morning in Tulsa


def shift(**fields):
    fields.setdefault("starts_at", START)
    fields.setdefault("ends_at", START + datetime.timedelta(hours=3))
    return Shift(time_zone="America/Chicago", **fields)


def before(**span):
    return START - datetime.timedelta(**span)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (before(days=7), before(days=6)),
        (before(hours=26), before(hours=2)),
        (before(hours=26, minutes=1), before(hours=2, minutes=1)),
        (before(hours=25), before(hours=2)),
        (before(hours=3), before(hours=2)),
        (before(hours=2), before(hours=1, minutes=30)),
        (before(minutes=90), before(minutes=60)),
        (before(minutes=10), START),
        (START + datetime.timedelta(minutes=1), START + datetime.timedelta(minutes=31)),
        (START + datetime.timedelta(hours=2, minutes=50), START + datetime.timedelta(hours=3)),
    ],
)
def test_a_place_is_held_a_day_or_until_two_hours_before(now, expected):
    assert hold_until(shift(), now) == expected


def test_what_has_no_time_is_held_a_day():
    now = before(days=3)
    assert hold_until(Shift(time_zone="America/Chicago"), now) == now + datetime.timedelta(hours=24)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (before(days=7), before(days=6)),
        (before(days=2), before(days=2) + datetime.timedelta(hours=6)),  # 10 in the morning: until 4
        (before(days=2) + datetime.timedelta(hours=6), before(days=1)),  # 4 in the afternoon: not at 10 at night
        (before(days=2) + datetime.timedelta(hours=16), before(days=1)),  # 2 at night: not at 8, but at 10
        (before(hours=14), before(hours=2)),  # 8 in the evening before: until two hours before the start
        (before(minutes=60), before(minutes=30)),
    ],
)
def test_an_offer_near_the_start_is_short_and_does_not_end_at_night(now, expected):
    assert offer_until(shift(), now) == expected


@pytest.mark.parametrize(("hour", "expected"), [(13, False), (14, True), (2, True), (3, False)])
def test_day_is_from_eight_to_nine_on_the_citys_clock(hour, expected):
    assert is_daytime(START.replace(hour=hour), "America/Chicago") is expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ana María O’Neill-Núñez", True),
        ("J. R. Smith Jr.", True),
        ("王小明", True),
        ("Win a phone at bit.ly", False),
        ("spam.example", False),
        ("http://spam.example", False),
        ("Call 918 555 0100", False),
        ("Buy now at our shop because it is cheap", False),
        ("x" * 60, False),
        ("Ana\r\nBcc: x@y.example", False),
        ("", False),
    ],
)
def test_a_mail_greets_by_name_only_what_is_a_name(name, expected):
    assert (greeting_name(name) == name) is (expected or not name)
