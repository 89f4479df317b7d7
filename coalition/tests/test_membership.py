"""A city's steps into the coalition and out of it."""

import datetime
from itertools import product

import pytest
import time_machine

from coalition.factories import CityFactory
from coalition.models import City, MembershipEvent
from coalition.services.membership import NEXT, IllegalTransition, MembershipError, change_status
from coalition.signals import status_changed
from portal.accounts.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up")]

Status = City.Status
LEGAL = {
    ("prospect", "pending"),
    ("pending", "member"),
    ("pending", "prospect"),
    ("member", "lapsed"),
    ("member", "withdrawn"),
    ("lapsed", "member"),
    ("lapsed", "withdrawn"),
    ("withdrawn", "pending"),
}


@pytest.mark.parametrize(("now", "to"), list(product(Status.values, Status.values)))
def test_only_legal_steps_are_taken(now, to):
    city = CityFactory(status=now, member_since=datetime.date(2024, 3, 1))
    if (now, to) in LEGAL:
        change_status(city=city, to=to, by=None, reason="Agreed")
        assert City.objects.get().status == to
    else:
        with pytest.raises(IllegalTransition):
            change_status(city=city, to=to, by=None, reason="Agreed")
        assert City.objects.get().status == now
        assert not MembershipEvent.objects.exclude(by_name="Test").exists()


def test_every_status_has_a_way_on():
    assert set(NEXT) == set(Status)
    assert all(NEXT.values())


def test_refusal_names_the_allowed_steps():
    city = CityFactory(name="Tulsa", state="OK", member=True)
    with pytest.raises(IllegalTransition) as refused:
        change_status(city=city, to="prospect", by=None, reason="A mistake")
    assert str(refused.value) == (
        "Tulsa, OK cannot go from “Member” to “Prospect”. From there it can go to: Lapsed or Withdrawn."
    )


def test_a_word_that_is_no_status_is_refused_in_words():
    with pytest.raises(IllegalTransition, match="“king”"):
        change_status(city=CityFactory(), to="king", by=None, reason="A mistake")


def test_step_is_logged_with_who_when_and_why():
    user = UserFactory(first_name="Ada", last_name="Quist")
    city = CityFactory(status="pending")
    event = change_status(
        city=city, to="member", by=user, reason=" The mayor signed. ", effective_on=datetime.date(2024, 5, 3)
    )
    event.refresh_from_db()
    assert (event.from_status, event.to_status, event.effective_on) == ("pending", "member", datetime.date(2024, 5, 3))
    assert (event.by, event.by_name, event.reason) == (user, "Ada Quist", "The mayor signed.")


def test_name_in_the_log_outlives_the_account():
    user = UserFactory(first_name="Ada", last_name="Quist")
    event = change_status(city=CityFactory(), to="pending", by=user, reason="Letter came")
    user.delete()
    event.refresh_from_db()
    assert (event.by, event.by_name) == (None, "Ada Quist")


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_a_step_without_a_reason_is_refused(reason):
    city = CityFactory()
    with pytest.raises(MembershipError, match="Say why"):
        change_status(city=city, to="pending", by=None, reason=reason)
    assert City.objects.get().status == "prospect"


@time_machine.travel("2025-03-10T15:00:00Z")
def test_a_day_to_come_is_refused_and_today_is_the_default():
    city = CityFactory()
    with pytest.raises(MembershipError, match="cannot lie ahead"):
        change_status(city=city, to="pending", by=None, reason="Soon", effective_on=datetime.date(2025, 3, 11))
    event = change_status(city=city, to="pending", by=None, reason="Letter came")
    assert event.effective_on == datetime.date(2025, 3, 10)


def test_member_since_is_kept_when_a_lapse_is_renewed():
    city = CityFactory(status="pending")
    first = datetime.date(2020, 1, 5)
    change_status(city=city, to="member", by=None, reason="Joined", effective_on=first)
    change_status(city=city, to="lapsed", by=None, reason="Fee unpaid")
    assert city.member_since == first
    change_status(city=city, to="member", by=None, reason="Fee paid")
    assert City.objects.get().member_since == first


def test_member_since_starts_anew_after_a_withdrawal():
    city = CityFactory(member=True)
    change_status(city=city, to="withdrawn", by=None, reason="Council voted")
    assert City.objects.get().member_since is None
    change_status(city=city, to="pending", by=None, reason="Back")
    day = datetime.date(2025, 1, 2)
    change_status(city=city, to="member", by=None, reason="Signed", effective_on=day)
    assert City.objects.get().member_since == day


def test_step_moves_the_day_of_change_and_the_object_in_hand():
    with time_machine.travel("2025-03-10T15:00:00Z"):
        city = CityFactory()
    before = city.updated_at
    change_status(city=city, to="pending", by=None, reason="Letter came")
    stored = City.objects.get()
    assert stored.updated_at > before
    assert (city.status, city.updated_at) == (stored.status, stored.updated_at)


def test_a_stale_object_cannot_repeat_a_step():
    city = CityFactory(status="pending")
    stale = City.objects.get()
    change_status(city=city, to="prospect", by=None, reason="Not now")
    with pytest.raises(IllegalTransition, match="from “Prospect” to “Member”"):
        change_status(city=stale, to="member", by=None, reason="Signed")


def test_step_does_not_save_other_fields_of_the_object():
    city = CityFactory(name="Old")
    City.objects.update(name="New")
    change_status(city=city, to="pending", by=None, reason="Letter came")
    assert City.objects.get().name == "New"


def test_receiver_sees_the_saved_step_and_its_error_undoes_all():
    seen = []

    def fail(sender, city, event, **kwargs):
        seen.append((city.status, event.pk))
        raise RuntimeError("no room for a site")

    city = CityFactory(status="pending")
    status_changed.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            change_status(city=city, to="member", by=None, reason="Signed")
    finally:
        status_changed.disconnect(fail)
    assert seen[0][0] == "member"
    assert seen[0][1] is not None
    assert City.objects.get().status == city.status == "pending"
    assert not MembershipEvent.objects.exists()
