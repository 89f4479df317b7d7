"""Never oversold: two hundred people at one moment, on the database that the tests run on."""

import datetime
import random

import pytest
from django.utils import timezone

from portal.core.models import OutboxMessage, TaskFailure
from tests.volunteering.racing import check, together
from volunteering import factories
from volunteering.booking.applying import RefusedError, Result, sign_up
from volunteering.booking.managing import cancel, change, confirm
from volunteering.booking.rules import settle_shifts
from volunteering.booking.shift_acts import set_places
from volunteering.models import Shift, SignUp, SignUpStatus

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def section(transactional_db, tulsa_database):
    """Tulsa's English list of opportunities; what is written stays until the end of the test."""
    from city_sites.models import CitySectionPage

    return CitySectionPage.objects.get(section="opportunities", locale__language_code="en")


def applying(shift, email, token=None, **fields):
    """A call that signs up."""
    form = factories.application(email, **({"form_token": token} if token else {}), **fields)
    return lambda: sign_up(shift_id=shift.pk, application=form)


def people(shift, count, name="early"):
    """So many sign-ups, one after the other."""
    forms = [factories.application(f"{name}{number}@example.org") for number in range(count)]
    return [sign_up(shift_id=shift.pk, application=form)[0] for form in forms]


def mails_of(row, what):
    return OutboxMessage.objects.filter(key__startswith=f"volunteering:{what}:{row.pk}:").count()


def test_two_hundred_people_get_ten_places(page):
    shift = factories.shift(page, capacity=10, waitlist_size=500)
    early = people(shift, 5)
    new = [(f"person{number}@example.org", f"token-{number}") for number in range(200)]
    again = [(email.upper(), token) for email, token in new[:10]] + [(email, None) for email, _token in new[10:20]]
    calls = [applying(shift, email, token) for email, token in new + again]
    calls += [lambda row=row: cancel(sign_up=row) for row in early]
    random.Random(8).shuffle(calls)

    outcomes = together(calls)

    assert not [outcome for outcome in outcomes if isinstance(outcome, RefusedError)]
    rows = check(shift)
    assert Shift.objects.get(pk=shift.pk).taken == 10
    assert len(rows) == 205
    assert len({row.email_folded for row in rows}) == 205
    results = [outcome[1] for outcome in outcomes if isinstance(outcome, tuple)]
    assert results.count(Result.ALREADY) == 20
    assert [row.status for row in rows].count(SignUpStatus.CANCELLED) == 5
    assert [row.status for row in rows].count(SignUpStatus.WAITING) == 190
    assert not TaskFailure.objects.exists()


def test_nobody_overtakes_who_waits(page):
    shift = factories.shift(page, capacity=5, waitlist_size=500)
    early = people(shift, 5)
    calls = [applying(shift, f"person{number}@example.org") for number in range(60)]
    together(calls + [lambda row=row: cancel(sign_up=row) for row in early])
    rows = check(shift)
    waited = [row for row in rows if row.waiting_since is not None]
    waited.sort(key=lambda row: (row.waiting_since, row.pk))
    statuses = [row.status for row in waited]
    first_waiting = statuses.index(SignUpStatus.WAITING)
    assert set(statuses[:first_waiting]) <= {SignUpStatus.OFFERED}
    assert set(statuses[first_waiting:]) == {SignUpStatus.WAITING}
    held = [row for row in rows if row.status == SignUpStatus.HELD]
    assert all(row.pk < waited[0].pk for row in held if not row.email.startswith("early"))


def test_groups_stay_whole(page):
    shift = factories.shift(page, capacity=10, waitlist_size=40)
    sizes = random.Random(3).choices([1, 2, 3, 5], k=80)
    calls = [applying(shift, f"group{number}@example.org", group_size=size) for number, size in enumerate(sizes)]
    outcomes = together(calls)
    rows = check(shift)
    for size, outcome in zip(sizes, outcomes, strict=True):
        if isinstance(outcome, tuple):
            assert outcome[0].group_size == size
    for row in SignUp.objects.filter(shift=shift, status=SignUpStatus.HELD)[:6]:
        cancel(sign_up=row)
        check(shift)
    waited = [row for row in rows if row.status == SignUpStatus.WAITING]
    gone = SignUp.objects.filter(pk__in=[row.pk for row in waited], status=SignUpStatus.OFFERED).count()
    in_order = sorted(waited, key=lambda row: (row.waiting_since, row.pk))
    assert gone > 0
    assert {SignUp.objects.get(pk=row.pk).status for row in in_order[:gone]} == {SignUpStatus.OFFERED}


def test_one_form_sent_twenty_times_at_once_is_one_row_and_one_mail(page):
    shift = factories.shift(page)
    outcomes = together([applying(shift, "jordan@example.org", "the-form") for _number in range(20)])
    [row] = check(shift)
    assert {outcome[0].pk for outcome in outcomes} == {row.pk}
    assert sorted(outcome[1] for outcome in outcomes) == [Result.ALREADY] * 19 + [Result.HELD]
    assert OutboxMessage.objects.count() == 1


def test_one_address_cannot_hold_more_than_three_shifts_by_asking_at_once(page):
    shifts = [factories.shift(page, days=7 + number) for number in range(8)]
    outcomes = together([applying(shift, "jordan@example.org") for shift in shifts])
    assert sum(isinstance(outcome, RefusedError) for outcome in outcomes) == 5
    assert SignUp.objects.count() == 3
    for shift in shifts:
        check(shift)


def test_confirming_and_canceling_at_once_leave_one_truth(page):
    shift = factories.shift(page, capacity=4, waitlist_size=50)
    rows = people(shift, 12)
    calls = [lambda row=row: confirm(sign_up=row) for row in rows for _twice in range(2)]
    calls += [lambda row=row: cancel(sign_up=row) for row in rows[:4] for _twice in range(2)]
    calls += [lambda: change(sign_up=rows[1], group_size=2, name="Jordan", phone="")]
    together(calls)
    check(shift)
    for row in rows[:4]:
        assert SignUp.objects.get(pk=row.pk).status == SignUpStatus.CANCELLED
        assert mails_of(row, "cancelled") == 1
        assert mails_of(row, "confirmed") <= 1
    assert all(mails_of(row, "offered") == 1 for row in rows[4:8])


def test_what_runs_out_meanwhile_is_given_once(page):
    shift = factories.shift(page, capacity=10, waitlist_size=100)
    now = timezone.now()
    past = now - datetime.timedelta(minutes=1)
    fields = {"status": SignUpStatus.HELD, "held_until": past}
    late = [factories.sign_up_row(shift, f"late{number}@example.org", **fields) for number in range(10)]
    calls = [applying(shift, f"person{number}@example.org") for number in range(40)]
    calls += [settle_shifts for _number in range(5)]
    calls += [lambda row=row: confirm(sign_up=row) for row in late]
    outcomes = together(calls)
    rows = check(shift)
    assert Shift.objects.get(pk=shift.pk).taken == 10
    kept = [row for row in rows if row.email.startswith("late") and row.status == SignUpStatus.CONFIRMED]
    lost = [row for row in rows if row.email.startswith("late") and row.status == SignUpStatus.EXPIRED]
    assert len(kept) + len(lost) == 10
    assert len([outcome for outcome in outcomes[-10:] if isinstance(outcome, RefusedError)]) == len(lost)
    for row in lost:
        assert mails_of(row, "hold_expired") == 1


def test_new_places_go_to_the_line_while_others_sign_up(page):
    shift = factories.shift(page, capacity=2, waitlist_size=100)
    before = people(shift, 10)
    calls = [applying(shift, f"new{number}@example.org") for number in range(20)]
    together([*calls, lambda: set_places(shift=shift, capacity=6, waitlist_size=100, by=None)])
    check(shift)
    assert {SignUp.objects.get(pk=row.pk).status for row in before[2:6]} == {SignUpStatus.OFFERED}
    assert {SignUp.objects.get(pk=row.pk).status for row in before[6:]} == {SignUpStatus.WAITING}


def test_shifts_of_one_opportunity_do_not_wait_for_each_other_for_ever(page):
    shifts = [factories.shift(page, days=7 + number, capacity=1, waitlist_size=20) for number in range(4)]
    calls = [
        applying(shift, f"s{number}p{person}@example.org")
        for number, shift in enumerate(shifts)
        for person in range(10)
    ]
    together(calls + [settle_shifts, settle_shifts])
    for shift in shifts:
        check(shift)
    [row] = {shift.opportunity_id for shift in shifts}
    assert Shift.objects.filter(opportunity=row, taken=1).count() == 4
    shifts[0].opportunity.refresh_from_db()
    assert shifts[0].opportunity.next_at is None
