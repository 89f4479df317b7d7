"""When a shift is, in words, on the clock of its city."""

import datetime

import pytest
import time_machine
from django.utils import translation

from volunteering.models import Shift, Timing
from volunteering.when import until, when_is

CHICAGO = "America/Chicago"


def shift(starts, ends=None, zone=CHICAGO, kind=Timing.ONCE):
    def at(text):
        return datetime.datetime.fromisoformat(text).replace(tzinfo=datetime.UTC) if text else None

    return Shift(kind=kind, time_zone=zone, starts_at=at(starts), ends_at=at(ends))


@pytest.fixture(autouse=True)
def _in_november():
    with time_machine.travel(datetime.datetime(2026, 11, 24, 12, tzinfo=datetime.UTC), tick=False):
        yield


def words(*args, **kwargs):
    return str(when_is(shift(*args, **kwargs))).replace("\xa0", " ")


@pytest.mark.parametrize(
    ("starts", "ends", "said"),
    [
        ("2026-12-05T15:00", "2026-12-05T18:00", "Saturday, December 5, 9 a.m. to noon"),
        ("2026-12-05T19:00", "2026-12-05T22:00", "Saturday, December 5, 1 to 4 p.m."),
        ("2026-12-05T18:00", "2026-12-05T20:00", "Saturday, December 5, noon to 2 p.m."),
        ("2026-12-08T21:30", "2026-12-08T22:30", "Tuesday, December 8, 3:30 to 4:30 p.m."),
        ("2026-12-06T03:00", "2026-12-06T07:00", "Saturday, December 5, 9 p.m. to 1 a.m."),
        ("2027-01-05T15:00", "2027-01-05T18:00", "Tuesday, January 5, 2027, 9 a.m. to noon"),
        ("2026-12-05T15:00", None, "Saturday, December 5, 9 a.m."),
    ],
)
def test_day_and_hours(starts, ends, said):
    assert words(starts, ends) == said


def test_the_clock_is_that_of_the_city_on_that_day():
    winter, summer = "2027-01-05T16:00", "2027-07-06T15:00"
    assert words(winter, zone=CHICAGO).endswith("10 a.m.")
    assert words(summer, zone=CHICAGO).endswith("10 a.m.")
    assert words(summer, zone="America/Phoenix").endswith("8 a.m.")
    assert words(winter, zone="No/Such_Place")  # a typing error in old data is no broken page


def test_more_than_a_day_names_both_days():
    assert words("2026-12-04T23:00", "2026-12-06T20:00") == ("Friday, December 4, 5 p.m. to Sunday, December 6, 2 p.m.")


def test_what_is_agreed_has_no_hours():
    assert words(None, kind=Timing.FLEXIBLE) == "Flexible: whenever the volunteer likes"


def test_spanish_days_begin_with_a_capital_letter_and_say_the_day_first():
    with translation.override("es"):
        assert when_is(shift("2026-12-05T15:00", "2026-12-05T18:00")).day == "Sábado, 5 de diciembre"


def test_limit_is_said_on_the_clock_of_the_shift():
    moment = datetime.datetime(2026, 11, 25, 18, 30, tzinfo=datetime.UTC)
    assert until(moment, CHICAGO).replace("\xa0", " ") == "Wednesday, November 25, 12:30 p.m."
