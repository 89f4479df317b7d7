"""What people do by their link: confirm, change, cancel. Each of it twice is once."""

import datetime

import pytest
from django.utils import timezone

from tests.volunteering.booked import apply, confirmed, later, mails, status, taken
from tests.volunteering.racing import check
from volunteering import factories
from volunteering.booking.applying import RefusedError
from volunteering.booking.links import manage_url, reissue, sign_up_of, token_of
from volunteering.booking.managing import cancel, change, confirm
from volunteering.booking.rules import settle_shifts
from volunteering.models import Shift, SignUp, SignUpStatus


def to(row, **fields):
    """The row changed; what is not named stays."""
    return change(sign_up=row, **{"group_size": row.group_size, "name": row.name, "phone": row.phone} | fields)


def test_the_link_keeps_the_place(shift):
    row = apply(shift)
    kept = confirm(sign_up=row)
    assert (kept.status, kept.held_until) == (SignUpStatus.CONFIRMED, None)
    assert kept.confirmed_at is not None
    assert taken(shift) == 1
    assert len(mails("confirmed", row)) == 1


def test_confirming_twice_changes_nothing(shift):
    row = apply(shift)
    first = confirm(sign_up=row)
    again = confirm(sign_up=row)
    assert (again.sequence, again.confirmed_at) == (first.sequence, first.confirmed_at)
    assert len(mails("confirmed", row)) == 1
    with later(hours=30):
        settle_shifts()
    assert status(row) == SignUpStatus.CONFIRMED


def test_late_confirmation_is_taken_while_places_are_free(shift):
    row = apply(shift, group_size=2)
    with later(hours=25):
        assert confirm(sign_up=row).status == SignUpStatus.CONFIRMED
    assert taken(shift) == 2
    assert not mails("hold_expired")


def test_late_confirmation_is_taken_also_after_the_rule_has_freed_the_place(shift):
    row = apply(shift, group_size=2)
    with later(hours=25):
        settle_shifts()
        assert (status(row), taken(shift)) == (SignUpStatus.EXPIRED, 0)
        kept = confirm(sign_up=row)
    assert (kept.status, kept.ended_at, taken(shift)) == (SignUpStatus.CONFIRMED, None, 2)
    check(shift)


def test_late_confirmation_comes_after_who_waits(page):
    shift = factories.shift(page, capacity=2)
    late = apply(shift, "late@example.org", group_size=2)
    waiting = apply(shift, "waiting@example.org")
    with later(hours=25):
        with pytest.raises(RefusedError, match="the place is gone"):
            confirm(sign_up=late)
        # One of two places is free now, and nobody waits; a group of two does not fit.
        assert [status(late), status(waiting)] == [SignUpStatus.EXPIRED, SignUpStatus.OFFERED]
        assert len(mails("hold_expired", late)) == 1
        check(shift)


def test_late_confirmation_does_not_jump_a_group_that_waits(page):
    shift = factories.shift(page, capacity=3)
    confirmed(shift, "holder@example.org")
    late = apply(shift, "late@example.org")
    group = apply(shift, "group@example.org", group_size=3)
    with later(hours=25):
        with pytest.raises(RefusedError):
            confirm(sign_up=late)
        assert [status(late), status(group), taken(shift)] == [SignUpStatus.EXPIRED, SignUpStatus.WAITING, 1]


def test_late_confirmation_is_refused_once_the_shift_has_begun(shift):
    row = apply(shift)
    with later(days=7, minutes=1), pytest.raises(RefusedError):
        confirm(sign_up=row)
    assert taken(shift) == 0


def test_late_confirmation_of_who_signed_up_anew_is_refused(shift):
    row = apply(shift)
    with later(hours=25):
        settle_shifts()
        apply(shift)
        with pytest.raises(RefusedError):
            confirm(sign_up=row)
        check(shift)


def test_a_canceled_sign_up_cannot_be_confirmed(shift):
    row = apply(shift)
    cancel(sign_up=row)
    with pytest.raises(RefusedError, match="canceled"):
        confirm(sign_up=row)
    assert taken(shift) == 0


def test_who_waits_confirms_the_address_and_goes_on_waiting(page):
    shift = factories.shift(page, capacity=1)
    apply(shift, "first@example.org")
    row = confirm(sign_up=apply(shift))
    assert (row.status, row.confirmed_at is not None) == (SignUpStatus.WAITING, True)
    for number in range(2):
        apply(factories.shift(page, days=9 + number))
    assert apply(factories.shift(page, days=12)), "a confirmed address on a waitlist is no open sign-up"


def test_group_grows_and_shrinks_with_the_places(shift):
    row = confirmed(shift, group_size=2)
    assert to(row, group_size=10).group_size == 10
    assert taken(shift) == 10
    assert to(row, group_size=1, name="Jo Sampleton", phone="918 555 0100").name == "Jo Sampleton"
    assert taken(shift) == 1
    assert len(mails("changed", row)) == 2


def test_changing_nothing_mails_nothing(shift):
    row = confirmed(shift)
    assert to(row).sequence == row.sequence
    assert not mails("changed")


@pytest.mark.parametrize("people", [0, 11, 200])
def test_group_that_can_never_fit_changes_nothing(shift, people):
    row = confirmed(shift, group_size=2)
    with pytest.raises(RefusedError) as caught:
        to(row, group_size=people, name="Somebody Else")
    assert caught.value.field == "group_size"
    row.refresh_from_db()
    assert (row.group_size, row.name, taken(shift)) == (2, "Jordan Sampleton", 2)


def test_more_people_need_free_places_that_nobody_waits_for(page):
    shift = factories.shift(page, capacity=5)
    row = confirmed(shift, group_size=3)
    other = confirmed(shift, "other@example.org")
    with pytest.raises(RefusedError, match="Only 1 more place is free"):
        to(row, group_size=5)
    apply(shift, "group@example.org", group_size=3)
    with pytest.raises(RefusedError, match="Others are waiting"):
        to(row, group_size=4)
    assert taken(shift) == 4
    cancel(sign_up=other)
    check(shift)


def test_fewer_people_make_room_for_who_waits(page):
    shift = factories.shift(page, capacity=3)
    row = confirmed(shift, group_size=3)
    waiting = apply(shift, "waiting@example.org", group_size=2)
    to(row, group_size=1)
    assert status(waiting) == SignUpStatus.OFFERED
    assert taken(shift) == 3


def test_group_that_waits_keeps_its_place_in_line(page):
    shift = factories.shift(page, capacity=2, waitlist_size=6)
    holder = confirmed(shift, "holder@example.org", group_size=2)
    first = apply(shift, "first@example.org")
    second = apply(shift, "second@example.org")
    assert to(first, group_size=2).waiting_since == first.waiting_since
    with pytest.raises(RefusedError):
        to(second, group_size=6)
    with pytest.raises(RefusedError):
        to(second, group_size=3)  # more than the shift has
    cancel(sign_up=holder)
    assert [status(first), status(second)] == [SignUpStatus.OFFERED, SignUpStatus.WAITING]


def test_group_that_waits_cannot_grow_beyond_the_waitlist(page):
    shift = factories.shift(page, capacity=4, waitlist_size=4)
    confirmed(shift, "holder@example.org", group_size=4)
    row = apply(shift, group_size=2)
    apply(shift, "second@example.org")
    with pytest.raises(RefusedError, match="no room on the waitlist"):
        to(row, group_size=4)
    assert to(row, group_size=3).group_size == 3
    check(shift)


def test_an_ended_sign_up_or_a_shift_under_way_is_not_changed(shift):
    row = confirmed(shift)
    with later(days=7, minutes=1), pytest.raises(RefusedError, match="has begun"):
        to(row, group_size=2)
    cancel(sign_up=row)
    with pytest.raises(RefusedError, match="has ended"):
        to(row, group_size=2)
    assert taken(shift) == 0


def test_canceling_gives_the_places_back_once(shift):
    row = confirmed(shift, group_size=4)
    gone = cancel(sign_up=row)
    again = cancel(sign_up=row)
    assert gone.status == again.status == SignUpStatus.CANCELLED
    assert gone.sequence == again.sequence == row.sequence + 1
    assert taken(shift) == 0
    assert len(mails("cancelled", row)) == 1
    assert "The team" not in mails("cancelled")[0].text


def test_the_team_is_named_when_it_cancels(shift):
    cancel(sign_up=confirmed(shift), by_team=True)
    assert "The team in Tulsa, Oklahoma has canceled your sign-up" in mails("cancelled")[0].text


def test_after_the_shift_nothing_is_canceled_any_more(shift):
    row = confirmed(shift)
    with later(days=7, hours=4):
        assert cancel(sign_up=row).status == SignUpStatus.CONFIRMED
    assert taken(shift) == 1


def test_link_leads_to_the_sign_up_and_says_nothing_of_the_person(shift):
    row = apply(shift, "secret@example.org", name="Secret Person")
    token = token_of(row)
    assert sign_up_of(token) == row
    assert manage_url(row) == f"http://testserver/volunteer/{token}/"
    assert "secret" not in token.lower().split(".", 1)[0]
    assert "example" not in manage_url(row)


def test_link_of_a_spanish_sign_up_is_spanish(shift):
    assert manage_url(apply(shift, language="es")).startswith("http://testserver/es/volunteer/")


def test_a_token_that_was_touched_is_worthless(shift):
    token = token_of(apply(shift))
    for touched in (token.upper(), token[:-1], f"1{token}", "", ".", "1.2.3"):
        assert sign_up_of(touched) is None


def test_new_link_kills_the_old_one(shift):
    row = apply(shift)
    old = token_of(row)
    renewed = reissue(sign_up=row)
    assert sign_up_of(old) is None
    assert sign_up_of(token_of(renewed)) == row
    [mail] = mails("link")
    assert token_of(renewed) in mail.text
    assert old not in mail.text
    reissue(sign_up=renewed)
    assert len(mails("link")) == 2


def test_a_shift_without_a_time_is_confirmed_changed_and_canceled_too(shift):
    Shift.objects.filter(pk=shift.pk).update(starts_at=None, ends_at=None, closes_at=None, kind="flexible")
    row = apply(shift)
    assert row.held_until - row.created_at == datetime.timedelta(hours=24)
    assert to(confirm(sign_up=row), group_size=3).group_size == 3
    assert cancel(sign_up=row).status == SignUpStatus.CANCELLED
    assert taken(shift) == 0
    assert not any(".ics" in mail.text for mail in mails())


def test_signed_rows_of_others_are_not_touched(shift):
    other = confirmed(shift, "other@example.org")
    before = SignUp.objects.filter(pk=other.pk).values().get()
    row = confirmed(shift)
    to(row, group_size=3)
    cancel(sign_up=row)
    assert SignUp.objects.filter(pk=other.pk).values().get() == before
    assert timezone.now() > before["created_at"]
