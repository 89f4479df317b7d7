"""See and erase one's sign-ups, and let go of them when their time is over."""

import datetime
import io
import re

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from portal.core.models import OutboxMessage
from portal.core.personal_data.services import ask_for_data, erase_data, find_data
from volunteering import factories
from volunteering.booking.applying import sign_up
from volunteering.booking.links import sign_up_of, token_of
from volunteering.booking.managing import agree_as_guardian, confirm
from volunteering.models import AgeBand, CityRules, ServiceLog, SignUp, SignUpStatus, Timing, WaiverText
from volunteering.privacy.forgetting import forget_old, forget_sign_ups

pytestmark = pytest.mark.django_db

ADDRESS = "jordan@example.org"
GUARDIAN = "robin.parent@example.org"
PERSONAL = (
    "name", "email", "email_folded", "phone", "guardian_name", "guardian_email", "guardian_email_folded", "note",
)  # fmt: skip


def apply(shift, email=ADDRESS, **fields):
    row, _result = sign_up(shift_id=shift.pk, application=factories.application(email, **fields))
    return row


def found(email):
    return [row for each in find_data(email) if each.holding.model == "volunteering.SignUp" for row in each.rows]


def assert_empty(row):
    row.refresh_from_db()
    assert {name: getattr(row, name) for name in PERSONAL} == dict.fromkeys(PERSONAL, "")
    assert (row.answers, row.waiver) == ({}, None)
    assert row.erased_at is not None


def in_days(days):
    return time_machine.travel(timezone.now() + datetime.timedelta(days=days), tick=False)


def forget(*options):
    out = io.StringIO()
    call_command("forget_people", *options, stdout=out)
    return out.getvalue()


def test_person_sees_everything_that_is_kept(shift):
    row = apply(
        shift, phone="918-555-0100", answers={"q1": ("Which crew?", "Digging")}, waiver="I come at my own risk."
    )
    SignUp.objects.filter(pk=row.pk).update(note="Brings a shovel.")
    shown = found("Jordan@Example.org")
    assert len(shown) == 1
    text = " ".join(str(value) for value in shown[0].values())
    for word in ("Jordan Sampleton", ADDRESS, "918-555-0100", "Digging", "my own risk", "Brings a shovel.", "Tulsa"):
        assert word in text
    assert found("somebody.else@example.org") == []


def test_person_without_anything_costs_a_fixed_number_of_queries(page, django_assert_max_num_queries):
    for number in range(12):
        factories.sign_up_row(factories.shift(page, days=number + 1))
    with django_assert_max_num_queries(12):
        assert len(found(ADDRESS)) == 12


def test_erasing_leaves_numbers_and_nothing_personal(shift):
    row = apply(shift, group_size=2, phone="918-555-0100", answers={"q1": ("Which crew?", "Digging")})
    confirm(sign_up=row)
    token, form_token = token_of(row), row.form_token
    erase_data(email=ADDRESS)
    assert_empty(row)
    assert row.group_size == 2
    assert row.form_token != form_token
    assert sign_up_of(token) is None
    assert not OutboxMessage.objects.exclude(text="").exists()
    assert found(ADDRESS) == []


def test_erasing_gives_the_place_back_to_who_waits(page):
    shift = factories.shift(page, capacity=1)
    first = apply(shift)
    confirm(sign_up=first)
    second = apply(shift, "sam@example.org", name="Sam Waitwell")
    assert second.status == SignUpStatus.WAITING
    confirm(sign_up=second)
    erase_data(email=ADDRESS)
    first.refresh_from_db()
    second.refresh_from_db()
    shift.refresh_from_db()
    assert first.status == SignUpStatus.CANCELLED
    assert second.status == SignUpStatus.OFFERED
    assert shift.taken == 1
    assert OutboxMessage.objects.filter(purged_at=None, key__startswith="volunteering:offered:").exists()


def test_erased_person_may_sign_up_again(shift):
    apply(shift)
    erase_data(email=ADDRESS)
    assert apply(shift).status == SignUpStatus.HELD


def test_erasing_what_is_over_keeps_who_came_and_the_hours(page):
    past = factories.shift(page, days=-10)
    row = factories.sign_up_row(past, attendance="came", came_count=1)
    log = ServiceLog.objects.create(
        opportunity=past.opportunity, shift=past, sign_up=row, served_on=past.starts_at.date(), hours=3
    )
    erase_data(email=ADDRESS)
    assert_empty(row)
    past.refresh_from_db()
    assert (row.status, row.attendance, past.taken) == (SignUpStatus.CONFIRMED, "came", 1)
    assert ServiceLog.objects.get().pk == log.pk


def test_guardian_of_a_child_erases_all_of_it(shift):
    row = apply(shift, "", name="", age_band=AgeBand.UNDER_13, guardian_email=GUARDIAN)
    agree_as_guardian(sign_up=row, guardian_name="Robin Parent", volunteer_name="Kit Parent")
    assert "Kit Parent" in str(found(GUARDIAN))
    erase_data(email=GUARDIAN)
    assert_empty(row)
    assert row.status == SignUpStatus.CANCELLED


def test_guardian_of_a_teenager_takes_out_only_their_own(shift):
    row = apply(shift, age_band=AgeBand.TEEN, guardian_email=GUARDIAN, phone="918-555-0100")
    seen = str(found(GUARDIAN))
    assert GUARDIAN in seen
    for word in ("Jordan Sampleton", ADDRESS, "918-555-0100"):  # before anybody agreed
        assert word not in seen
    erase_data(email=GUARDIAN)
    row.refresh_from_db()
    assert (row.guardian_name, row.guardian_email) == ("", "")
    assert row.email == ADDRESS
    assert row.status == SignUpStatus.CANCELLED
    assert not [mail for mail in OutboxMessage.objects.filter(purged_at=None) if GUARDIAN in mail.to]


def test_sign_ups_are_let_go_as_long_after_the_shift_as_the_city_says(page):
    shift = factories.shift(page, days=1)
    row = factories.sign_up_row(shift)
    with in_days(300):
        assert "Nothing is old enough." in forget()
    with in_days(370):
        assert "Tulsa, OK: 1 (over for as long as the city keeps names)" in forget()
        row.refresh_from_db()
        assert row.name  # so far it was only said
        assert "1 emptied." in forget("--commit")
    assert_empty(row)
    assert row.status == SignUpStatus.CONFIRMED


def test_city_that_keeps_names_for_less_time(page):
    shift = factories.shift(page, days=1)
    CityRules.objects.create(city=shift.opportunity.city, keep_days=30)
    row = factories.sign_up_row(shift)
    with in_days(29):
        assert forget_old() == 0
    with in_days(33):
        assert forget_old() == 1
        assert forget_old() == 0
    assert_empty(row)


def test_ended_sign_ups_go_after_thirty_days(shift):
    row = factories.sign_up_row(shift, status=SignUpStatus.EXPIRED, ended_at=timezone.now())
    with in_days(29):
        assert forget_old() == 0
    with in_days(31):
        assert "cancelled or not confirmed" in forget()
        assert forget_old() == 1
    assert_empty(row)


def test_child_whose_guardian_does_not_answer_is_gone_after_seven_days_with_the_mail(page):
    shift = factories.shift(page, days=30)
    row = apply(shift, "", name="", age_band=AgeBand.UNDER_13, guardian_email=GUARDIAN)
    own = apply(factories.shift(page, days=31), GUARDIAN, name="Robin Parent")
    with in_days(6.9):
        assert forget_old() == 0
    with in_days(7.1):
        assert "no answer from a parent or guardian" in forget()
        assert forget_old() == 1
    assert_empty(row)
    shift.refresh_from_db()
    assert shift.taken == 0
    left = [mail.key for mail in OutboxMessage.objects.filter(purged_at=None) if GUARDIAN in mail.to]
    assert left
    assert all(f":{own.pk}:" in key for key in left)


def test_somebody_who_helps_on_and_on_is_kept_until_a_year_after_the_last_sign(page):
    row_of = factories.row_of(page)
    schedule = row_of.schedules.create(kind=Timing.ONGOING, time_zone="America/Chicago")
    ongoing = row_of.shifts.create(kind=Timing.ONGOING, schedule=schedule, time_zone="America/Chicago")
    row = factories.sign_up_row(ongoing)
    with in_days(200):
        ServiceLog.objects.create(opportunity=row_of, shift=ongoing, sign_up=row, served_on="2026-01-01", hours=3)
    with in_days(500):
        assert forget_old() == 0
    with in_days(600):
        assert forget_old() == 1
    assert_empty(row)
    ongoing.refresh_from_db()
    assert (row.status, ongoing.taken) == (SignUpStatus.CANCELLED, 0)


def test_waiver_stays_as_long_as_a_signature_needs_it(page):
    shift = factories.shift(page, days=1)
    text = WaiverText.objects.create(digest="x" * 64, language="en", text="I come at my own risk.")
    first = factories.sign_up_row(shift, waiver=text, waiver_signed_at=timezone.now())
    later = factories.sign_up_row(factories.shift(page, days=100), "sam@example.org", waiver=text)
    with in_days(400):
        forget_old()
        assert_empty(first)
        assert WaiverText.objects.get() == text
    with in_days(500):
        forget_old()
        assert_empty(later)
        assert not WaiverText.objects.exists()


def test_time_rule_does_the_same(shift):
    factories.sign_up_row(shift)
    with in_days(400):
        assert forget_sign_ups() == "1 sign-up emptied"
        assert forget_sign_ups() == "0 sign-ups emptied"


def test_many_old_sign_ups_cost_few_queries(page, django_assert_max_num_queries):
    for number in range(60):
        factories.sign_up_row(factories.shift(page, days=-500 - number), f"person{number}@example.org")
    with django_assert_max_num_queries(40):
        assert forget_old() == 60


def test_page_shows_and_erases_a_sign_up(client, shift):
    row = apply(shift)
    ask_for_data(email=ADDRESS)
    mail = OutboxMessage.objects.get(key__startswith="personal_data:")
    path = re.search(r"https?://[^/\s]+(/\S+)", mail.text)[1]
    text = client.get(path).content.decode()
    assert "Sign-ups to volunteer" in text
    assert "Plant shade at the bus stops" in text
    assert "Places still ahead are given back" in client.get(f"{path}erase/").content.decode()
    client.post(f"{path}erase/")
    assert_empty(row)
