"""Calling off, moving, and other numbers of places: everybody on the shift hears of it once."""

import datetime

import pytest
from wagtail.models import ModelLogEntry

from tests.volunteering.booked import apply, confirmed, later, mails, status, taken
from tests.volunteering.racing import check
from volunteering import factories
from volunteering.booking.applying import RefusedError
from volunteering.booking.managing import cancel
from volunteering.booking.reminders import remind
from volunteering.booking.shift_acts import call_off, move, set_places
from volunteering.models import ShiftStatus, SignUpStatus


@pytest.fixture
def people(shift):
    """Confirmed, held and waiting people, and one who has gone."""
    set_places(shift=shift, capacity=2, waitlist_size=5, by=None)
    rows = [confirmed(shift, "kept@example.org"), apply(shift, "held@example.org"), apply(shift, "waits@example.org")]
    cancel(sign_up=apply(shift, "gone@example.org"))
    return rows


def hours(count):
    return datetime.timedelta(hours=count)


def test_everybody_on_a_shift_that_is_called_off_gets_the_message_once(shift, people):
    assert call_off(shift=shift, message="The lake has flooded.", by=None) == 3
    assert (shift.status, shift.sequence, shift.message) == (ShiftStatus.CANCELLED, 1, "The lake has flooded.")
    assert [status(row) for row in people] == [SignUpStatus.CANCELLED] * 3
    assert taken(shift) == 0
    sent = mails("called_off")
    assert sorted(mail.to[0] for mail in sent) == ["held@example.org", "kept@example.org", "waits@example.org"]
    assert all("The lake has flooded." in mail.text and ".ics" in mail.text for mail in sent)
    assert not mails("offered")
    assert call_off(shift=shift, message="Again.", by=None) == 0
    assert len(mails("called_off")) == 3
    with pytest.raises(RefusedError):
        apply(shift, "new@example.org")
    shift.opportunity.refresh_from_db()
    assert shift.opportunity.next_at is None
    check(shift)


def test_moving_keeps_everybody(shift, people):
    before = (shift.starts_at, shift.closes_at)
    told = move(
        shift=shift,
        starts_at=shift.starts_at + hours(50),
        ends_at=shift.ends_at + hours(51),
        message="The trees come later.",
        by=None,
    )
    assert told == 3
    shift.refresh_from_db()
    assert (shift.starts_at, shift.closes_at) == (before[0] + hours(50), before[1] + hours(50))
    assert (shift.sequence, shift.is_changed, shift.message) == (1, True, "The trees come later.")
    assert [status(row) for row in people] == ["confirmed", "held", "waiting"]
    assert taken(shift) == 2
    assert len(mails("moved")) == 3
    shift.opportunity.refresh_from_db()
    assert shift.opportunity.next_at is None, "it is full, wherever it stands"
    check(shift)


def test_moved_shift_has_the_day_of_its_new_time(shift):
    starts_at = datetime.datetime(2027, 3, 14, 3, tzinfo=datetime.UTC)  # Saturday, 9 in the evening in Tulsa
    move(shift=shift, starts_at=starts_at, ends_at=starts_at + hours(2), message="", by=None)
    shift.refresh_from_db()
    assert (str(shift.local_on), shift.weekday, shift.daypart) == ("2027-03-13", 5, 2)


def test_moving_to_the_same_time_says_nothing(shift, people):
    assert move(shift=shift, starts_at=shift.starts_at, ends_at=shift.ends_at, message="", by=None) == 0
    assert shift.sequence == 0
    assert not mails("moved")


def test_moving_is_refused_backwards_and_for_what_is_called_off(shift):
    with pytest.raises(ValueError, match="ends after"):
        move(shift=shift, starts_at=shift.starts_at, ends_at=shift.starts_at, message="", by=None)
    call_off(shift=shift, message="", by=None)
    with pytest.raises(RefusedError):
        move(shift=shift, starts_at=shift.starts_at + hours(1), ends_at=shift.ends_at + hours(1), message="", by=None)


def test_hold_of_a_shift_that_comes_earlier_ends_before_it(shift):
    row = apply(shift)
    starts_at = row.created_at + hours(10)
    move(shift=shift, starts_at=starts_at, ends_at=starts_at + hours(2), message="", by=None)
    row.refresh_from_db()
    assert row.held_until == starts_at - hours(2)


def test_reminder_comes_anew_for_the_new_time(shift):
    confirmed(shift)
    tuesday = datetime.datetime(2026, 12, 15, 16, tzinfo=datetime.UTC)
    move(shift=shift, starts_at=tuesday, ends_at=tuesday + hours(2), message="", by=None)
    with later(seconds=0) as clock:
        clock.move_to(tuesday - hours(24))
        assert remind() == 1
        move(shift=shift, starts_at=tuesday + hours(48), ends_at=tuesday + hours(50), message="", by=None)
        assert remind() == 0
        clock.move_to(tuesday + hours(24))
        assert remind() == 1


def test_more_places_are_offered_in_order(page):
    shift = factories.shift(page, capacity=1, waitlist_size=5)
    rows = [apply(shift, f"p{number}@example.org") for number in range(4)]
    set_places(shift=shift, capacity=3, waitlist_size=5, by=None)
    assert [status(row) for row in rows] == ["held", "offered", "offered", "waiting"]
    assert taken(shift) == 3
    set_places(shift=shift, capacity=None, waitlist_size=0, by=None)
    assert [status(row) for row in rows] == ["held", "offered", "offered", "offered"]
    check(shift)


def test_fewer_places_than_are_taken_are_refused(shift, people):
    with pytest.raises(RefusedError, match="2 places are taken"):
        set_places(shift=shift, capacity=1, waitlist_size=5, by=None)
    shift.refresh_from_db()
    assert shift.capacity == 2
    assert set_places(shift=shift, capacity=2, waitlist_size=0, by=None).waitlist_size == 0
    assert status(people[2]) == "waiting"


def test_no_group_is_left_waiting_for_places_that_cannot_come(page):
    shift = factories.shift(page, capacity=5)
    row = confirmed(shift, "kept@example.org", group_size=3)
    apply(shift, "group@example.org", group_size=4)
    with pytest.raises(RefusedError, match="A group of 4 waits"):
        set_places(shift=shift, capacity=3, waitlist_size=10, by=None)
    cancel(sign_up=row)
    check(shift)


def test_history_of_the_city_has_the_acts_and_no_names(shift, people, django_user_model):
    by = django_user_model.objects.create_user("lead@tulsa.example", "a-long-enough-password")
    set_places(shift=shift, capacity=4, waitlist_size=5, by=by)
    move(
        shift=shift, starts_at=shift.starts_at + hours(1), ends_at=shift.ends_at + hours(1), message="Hi Jordan", by=by
    )
    call_off(shift=shift, message="Sorry, Jordan", by=by)
    entries = ModelLogEntry.objects.filter(action__startswith="volunteering.shift.").order_by("pk")
    assert [entry.action.rpartition(".")[2] for entry in entries] == ["places", "moved", "called_off"]
    assert {entry.user for entry in entries} == {by}
    assert not any("jordan" in str(entry.data).lower() or "@" in str(entry.data) for entry in entries)
    assert all(str(entry.message) for entry in entries)
