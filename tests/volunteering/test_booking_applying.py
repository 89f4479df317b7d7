"""A form becomes a held place, a place in line, or a reason why neither."""

import datetime

import pytest
from django.utils import timezone

from tests.volunteering.booked import apply, confirmed, later, mails, status, taken
from volunteering import factories
from volunteering.booking.applying import RefusedError, Result, sign_up
from volunteering.booking.managing import cancel
from volunteering.models import Shift, ShiftStatus, SignUp, SignUpStatus, WaiverText


def refused(shift, email="new@example.org", **fields):
    """The refusal of a form."""
    with pytest.raises(RefusedError) as caught:
        apply(shift, email, **fields)
    return caught.value


def test_a_place_is_held_and_one_mail_says_until_when(shift):
    form = factories.application(
        " Jordan@Example.org ", name="Jordan\nSampleton", phone="918 555 0100", group_size=2, language="en",
        answers={"q1": ("Which crew?", "Digging")},
    )  # fmt: skip
    row, result = sign_up(shift_id=shift.pk, application=form)
    row.refresh_from_db()
    assert result == Result.HELD
    assert row.status == SignUpStatus.HELD
    assert row.held_until - row.created_at == datetime.timedelta(hours=24)
    assert (row.name, row.email, row.email_folded) == ("Jordan Sampleton", "Jordan@Example.org", "jordan@example.org")
    assert row.answers == {"q1": ["Which crew?", "Digging"]}
    assert row.consented_at == row.created_at
    assert taken(shift) == 2
    [mail] = mails()
    assert mail.to == ["Jordan@Example.org"]
    assert mail.key.startswith(f"volunteering:held:{row.pk}:")


def test_the_same_form_sent_twice_is_one_row_and_one_mail(shift):
    form = factories.application()
    first, _result = sign_up(shift_id=shift.pk, application=form)
    again, result = sign_up(shift_id=shift.pk, application=form)
    assert (again.pk, result) == (first.pk, Result.ALREADY)
    assert taken(shift) == 1
    assert len(mails()) == 1


def test_two_tabs_of_one_person_are_one_row(shift):
    first = apply(shift)
    again, result = sign_up(shift_id=shift.pk, application=factories.application("JORDAN@example.org", group_size=5))
    assert (again.pk, result, taken(shift)) == (first.pk, Result.ALREADY, 1)


def test_who_goes_back_and_picks_another_shift_signs_up_for_it_too(page, shift):
    form = factories.application()
    other = factories.shift(page, days=9)
    rows = {sign_up(shift_id=each.pk, application=form)[0].pk for each in (shift, other)}
    assert len(rows) == 2


def test_a_form_whose_sign_up_has_ended_is_to_be_opened_anew(shift):
    form = factories.application()
    cancel(sign_up=sign_up(shift_id=shift.pk, application=form)[0])
    with pytest.raises(RefusedError, match="Open the form again"):
        sign_up(shift_id=shift.pk, application=form)
    assert sign_up(shift_id=shift.pk, application=factories.application())[1] == Result.HELD


def test_the_link_is_mailed_again_once_an_hour_at_most(shift):
    row = confirmed(shift)
    apply(shift)
    assert not mails("link")
    with later(minutes=70):
        apply(shift)
        apply(shift)
    assert len(mails("link", row)) == 1
    with later(hours=3):
        apply(shift)
    assert len(mails("link", row)) == 2


def test_who_comes_when_all_is_taken_waits(page):
    shift = factories.shift(page, capacity=1, waitlist_size=2)
    apply(shift, "first@example.org")
    row, result = sign_up(shift_id=shift.pk, application=factories.application())
    assert (result, row.status, row.held_until) == (Result.WAITING, SignUpStatus.WAITING, None)
    assert taken(shift) == 1
    assert len(mails("waiting", row)) == 1


def test_a_group_is_never_split_and_nobody_smaller_goes_before_it(page):
    shift = factories.shift(page, capacity=3)
    apply(shift, "first@example.org", group_size=2)
    group = apply(shift, "group@example.org", group_size=2)
    alone = apply(shift, "alone@example.org")
    assert [status(group), status(alone)] == [SignUpStatus.WAITING, SignUpStatus.WAITING]
    assert taken(shift) == 2


def test_a_full_waitlist_takes_nobody(page):
    shift = factories.shift(page, capacity=1, waitlist_size=2)
    for number in range(3):
        apply(shift, f"p{number}@example.org")
    assert refused(shift).field == "shift"
    assert SignUp.objects.count() == 3


def test_waitlist_counts_people_and_not_groups(page):
    shift = factories.shift(page, capacity=4, waitlist_size=4)
    apply(shift, "first@example.org", group_size=4)
    apply(shift, "second@example.org", group_size=3)
    assert refused(shift, group_size=2).field == "shift"
    apply(shift, "third@example.org", group_size=1)
    assert refused(shift, group_size=1).field == "shift"
    assert SignUp.objects.count() == 3


def test_no_waitlist_means_full_is_full(page):
    shift = factories.shift(page, capacity=3, waitlist_size=0)
    apply(shift, "first@example.org", group_size=2)
    assert "1 place left" in str(refused(shift, group_size=2))
    apply(shift, "second@example.org")
    assert refused(shift).field == "shift"


@pytest.mark.parametrize("people", [0, -1, 11, 101])
def test_a_group_that_can_never_fit_is_refused(shift, people):
    assert refused(shift, group_size=people).field == "group_size"
    assert not SignUp.objects.exists()


def test_without_a_limit_everybody_has_a_place(page):
    shift = factories.shift(page, capacity=None)
    for number in range(30):
        apply(shift, f"p{number}@example.org", group_size=10)
    assert taken(shift) == 300


def test_full_answers_a_known_address_as_it_answers_a_stranger(page):
    shift = factories.shift(page, capacity=1, waitlist_size=0)
    confirmed(shift)
    with later(hours=2):
        assert str(refused(shift, "jordan@example.org")) == str(refused(shift, "stranger@example.org"))
    assert [mail.to for mail in mails("link")] == [["jordan@example.org"]]


def test_an_address_has_three_open_sign_ups_at_most(page):
    shifts = [factories.shift(page, days=5 + number) for number in range(5)]
    rows = [apply(shift) for shift in shifts[:3]]
    assert refused(shifts[3], "Jordan@example.org").field == "email"
    assert apply(shifts[3], "other@example.org")
    cancel(sign_up=rows[0])
    assert apply(shifts[3])
    assert refused(shifts[4], "jordan@example.org").field == "email"
    with later(hours=25):
        assert apply(shifts[4])


def test_confirmed_ones_do_not_count_against_an_address(page):
    for number in range(5):
        confirmed(factories.shift(page, days=5 + number))
    assert SignUp.objects.count() == 5


def test_what_nobody_confirmed_in_time_goes_to_who_asks_next(page):
    shift = factories.shift(page, capacity=1, waitlist_size=0)
    late = apply(shift, "late@example.org")
    with later(hours=24):
        row = apply(shift)
    assert [status(late), status(row)] == [SignUpStatus.EXPIRED, SignUpStatus.HELD]
    assert taken(shift) == 1
    assert len(mails("hold_expired", late)) == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"closes_at": datetime.timedelta(minutes=-1)},
        {"ends_at": datetime.timedelta(minutes=-1), "closes_at": None},
        {"status": ShiftStatus.CANCELLED},
    ],
)
def test_what_is_closed_or_called_off_takes_nobody(shift, fields):
    now = timezone.now()
    values = {name: now + value if isinstance(value, datetime.timedelta) else value for name, value in fields.items()}
    Shift.objects.filter(pk=shift.pk).update(**values)
    assert refused(shift).field == "shift"


def test_a_page_that_nobody_can_read_takes_nobody(page, shift):
    page.unpublish()
    assert refused(shift).field == "shift"


def test_waiver_is_kept_once_for_each_version(page, shift):
    other = factories.shift(page, days=9)
    rows = [
        apply(shift, "a@example.org", waiver="I take care."),
        apply(other, "b@example.org", waiver="I take care."),
        apply(other, "c@example.org", waiver="I take care!"),
        apply(other, "d@example.org", waiver="I take care.", language="es"),
        apply(other, "e@example.org"),
    ]
    assert WaiverText.objects.count() == 3
    assert [row.waiver and row.waiver.text for row in rows] == [
        "I take care.", "I take care.", "I take care!", "I take care.", None,
    ]  # fmt: skip
    assert [row.waiver_signed_at is not None for row in rows] == [True, True, True, True, False]


def test_list_knows_that_a_shift_is_full_and_free_again(page, shift):
    row = apply(shift, group_size=10)
    shift.opportunity.refresh_from_db()
    assert shift.opportunity.next_at is None
    cancel(sign_up=row)
    shift.opportunity.refresh_from_db()
    assert shift.opportunity.next_at == shift.starts_at


def test_no_personal_word_in_keys_of_mails(shift):
    apply(shift, "secret-person@example.org", name="Secret Person")
    assert not any("secret" in mail.key.lower() for mail in mails())


def test_signing_up_costs_the_same_however_many_are_on_the_shift(page, django_assert_max_num_queries):
    shift = factories.shift(page, capacity=50, waitlist_size=100)
    for number in range(60):
        factories.sign_up_row(shift, f"p{number}@example.org", status="confirmed" if number < 50 else "waiting")
    with django_assert_max_num_queries(24):
        apply(shift)
