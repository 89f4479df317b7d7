"""A freed place goes to the first in line, with a limit, and then to the next."""

import datetime

import pytest
import time_machine

from tests.volunteering.booked import apply, confirmed, later, mails, status, taken
from tests.volunteering.racing import check
from volunteering import factories
from volunteering.booking.applying import RefusedError
from volunteering.booking.managing import cancel, confirm
from volunteering.booking.rules import settle_shifts, shifts_to_settle
from volunteering.booking.waitlist import position_of
from volunteering.models import SignUpStatus

WAITING, OFFERED, EXPIRED, CONFIRMED = (
    SignUpStatus.WAITING,
    SignUpStatus.OFFERED,
    SignUpStatus.EXPIRED,
    SignUpStatus.CONFIRMED,
)


@pytest.fixture
def full(page):
    """A shift with two places, both taken, and three people in line."""
    shift = factories.shift(page, capacity=2)
    shift.holder = confirmed(shift, "holder@example.org", group_size=2)
    shift.line = [apply(shift, f"line{number}@example.org") for number in range(3)]
    return shift


def states(rows):
    return [status(row) for row in rows]


def test_freed_places_are_offered_in_order(full):
    cancel(sign_up=full.holder)
    assert states(full.line) == [OFFERED, OFFERED, WAITING]
    assert taken(full) == 2
    [mail] = mails("offered", full.line[0])
    assert mail.to == ["line0@example.org"]
    assert [position_of(type(row).objects.get(pk=row.pk)) for row in full.line] == [None, None, 1]


def test_unanswered_offer_goes_to_the_next(full):
    cancel(sign_up=full.holder)
    confirm(sign_up=full.line[0])
    with later(hours=25):
        settle_shifts()
        assert states(full.line) == [CONFIRMED, EXPIRED, OFFERED]
    assert len(mails("offer_expired", full.line[1])) == 1
    assert len(mails("offered", full.line[2])) == 1
    check(full)


def test_a_late_tick_changes_nothing_for_who_asks(full):
    cancel(sign_up=full.holder)
    with later(hours=25):
        new = apply(full, "new@example.org")
        assert states(full.line) == [EXPIRED, EXPIRED, OFFERED]
        assert status(new) == SignUpStatus.HELD, "one place was left over, and nobody waited any more"
    check(full)


def test_offer_that_is_declined_goes_to_the_next_at_once(full):
    cancel(sign_up=full.holder)
    cancel(sign_up=full.line[0])
    assert states(full.line) == [SignUpStatus.CANCELLED, OFFERED, OFFERED]


def test_offer_that_ran_out_cannot_be_taken_from_the_next(full):
    fourth = apply(full, "fourth@example.org")
    cancel(sign_up=full.holder)
    with later(hours=25):
        with pytest.raises(RefusedError):
            confirm(sign_up=full.line[0])
        check(full)
    assert states([*full.line, fourth]) == [EXPIRED, EXPIRED, OFFERED, OFFERED]
    assert len(mails("offer_expired", full.line[0])) == 1


def test_group_waits_until_it_fits_whole(page):
    shift = factories.shift(page, capacity=3)
    rows = [confirmed(shift, f"p{number}@example.org") for number in range(3)]
    group = apply(shift, "group@example.org", group_size=3)
    alone = apply(shift, "alone@example.org")
    for row, expected in zip(rows, [WAITING, WAITING, OFFERED], strict=True):
        cancel(sign_up=row)
        assert states([group, alone]) == [expected, WAITING]
    assert taken(shift) == 3


def test_group_that_leaves_the_line_lets_the_others_move_up(page):
    shift = factories.shift(page, capacity=3)
    confirmed(shift, "p@example.org", group_size=2)
    group = apply(shift, "group@example.org", group_size=2)
    alone = apply(shift, "alone@example.org")
    cancel(sign_up=group)
    assert status(alone) == OFFERED


def test_who_still_waits_when_it_begins_is_told(full):
    with later(days=7, minutes=1):
        assert full.pk in shifts_to_settle()
        settle_shifts()
        assert states(full.line) == [EXPIRED] * 3
        assert shifts_to_settle() == []
    assert len(mails("no_place")) == 3
    settle_shifts()
    assert len(mails("no_place")) == 3


def test_nothing_is_offered_once_it_has_begun(full):
    with later(days=7, minutes=1):
        cancel(sign_up=full.holder)
    assert states(full.line) == [EXPIRED] * 3


def test_clock_of_another_server_does_not_turn_the_line_around(full):
    with time_machine.travel(full.line[-1].waiting_since - datetime.timedelta(minutes=5), tick=False):
        behind = apply(full, "behind@example.org")
    assert position_of(behind) == 4


def test_rule_runs_twice_without_a_second_mail(full):
    cancel(sign_up=full.holder)
    with later(hours=25):
        settle_shifts()
        settle_shifts()
    assert len(mails("offer_expired")) == 2
    assert len(mails("offered", full.line[2])) == 1


def test_rule_leaves_alone_what_has_nothing_to_settle(full, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert settle_shifts() == ""
