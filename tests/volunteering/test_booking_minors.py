"""Children and teenagers: nothing is kept of a child before the guardian agrees; for teenagers the city decides."""

import json

import pytest

from tests.volunteering.booked import apply, confirmed, later, mails, status, taken
from tests.volunteering.racing import check
from volunteering import factories
from volunteering.booking.applying import RefusedError, Result, sign_up
from volunteering.booking.links import token_of
from volunteering.booking.managing import agree_as_guardian, cancel, change, confirm
from volunteering.booking.rules import settle_shifts
from volunteering.models import AgeBand, CityRules, Opportunity, SignUp, SignUpStatus, TeenRule, WaiverText

TYPED = {
    "name": "Kim Kiddo",
    "phone": "918 555 0199",
    "answers": {"q": ("Crew?", "Kiddo crew")},
    "waiver": "I take care.",
}


def child(shift, email="kiddo@example.org", guardian="parent@example.org", **fields):
    return apply(shift, email, age_band=AgeBand.UNDER_13, guardian_email=guardian, **(TYPED | fields))


def teen(shift, email="teen@example.org", guardian="parent@example.org", **fields):
    return apply(shift, email, age_band=AgeBand.TEEN, guardian_email=guardian, **(TYPED | fields))


def rule(shift, teens):
    CityRules.objects.update_or_create(city=shift.opportunity.city, defaults={"teens": teens})


def agree(row, **fields):
    return agree_as_guardian(sign_up=row, **({"guardian_name": "Pat Parent", "volunteer_name": "Kim"} | fields))


def test_of_a_child_only_the_guardians_address_is_kept(shift):
    row = child(shift)
    stored = json.dumps(list(SignUp.objects.filter(pk=row.pk).values()), default=str).lower()
    assert "kiddo" not in stored
    assert "0199" not in stored
    assert row.guardian_email == "parent@example.org"
    assert (row.name, row.email, row.email_folded, row.phone, row.answers) == ("", "", "", "", {})
    assert row.consented_at is None
    assert not WaiverText.objects.exists()
    [mail] = mails()
    assert mail.to == ["parent@example.org"]
    assert "kiddo" not in f"{mail.subject}{mail.text}".lower()
    assert taken(shift) == 1


def test_guardian_gives_the_name_and_the_place_is_confirmed(shift):
    row = agree(child(shift), waiver="My child takes care.")
    assert row.status == SignUpStatus.CONFIRMED
    assert (row.name, row.guardian_name, row.email) == ("Kim", "Pat Parent", "")
    assert row.guardian_agreed_at is not None
    assert row.waiver.text == "My child takes care."
    [mail] = mails("confirmed")
    assert mail.to == ["parent@example.org"]
    assert "Hello Pat Parent," in mail.text


def test_agreeing_twice_changes_nothing(shift):
    row = agree(child(shift))
    again = agree(row, volunteer_name="Somebody Else")
    assert (again.name, again.guardian_agreed_at) == ("Kim", row.guardian_agreed_at)
    assert len(mails("confirmed")) == 1


def test_nothing_is_confirmed_or_changed_before_the_guardian_agrees(shift):
    row = child(shift)
    with pytest.raises(RefusedError, match="has to agree first"):
        confirm(sign_up=row)
    with pytest.raises(RefusedError, match="has to agree first"):
        change(sign_up=row, group_size=2, name="Kim Kiddo", phone="1")
    row.refresh_from_db()
    assert (row.status, row.name, row.group_size) == (SignUpStatus.HELD, "", 1)


def test_guardian_who_comes_late_gets_what_is_free(page):
    shift = factories.shift(page, capacity=1)
    row = child(shift)
    with later(hours=25):
        settle_shifts()
        assert (status(row), taken(shift)) == (SignUpStatus.EXPIRED, 0)
        assert agree(row).status == SignUpStatus.CONFIRMED
    check(shift)


def test_nothing_is_kept_when_the_place_is_gone(page):
    shift = factories.shift(page, capacity=1)
    row = child(shift)
    with later(hours=25):
        confirmed(shift, "other@example.org")
        with pytest.raises(RefusedError):
            agree(row, waiver="My child takes care.")
    row.refresh_from_db()
    assert (row.name, row.guardian_name, row.guardian_agreed_at) == ("", "", None)
    assert not WaiverText.objects.exists()


def test_guardian_agrees_for_who_waits(page):
    shift = factories.shift(page, capacity=1)
    holder = confirmed(shift, "holder@example.org")
    row = agree(child(shift))
    assert (row.status, row.name) == (SignUpStatus.WAITING, "Kim")
    cancel(sign_up=holder)
    assert status(row) == SignUpStatus.OFFERED
    assert confirm(sign_up=row).status == SignUpStatus.CONFIRMED


def test_guardian_signs_up_one_child_after_the_other(shift):
    first = child(shift)
    again, result = sign_up(
        shift_id=shift.pk,
        application=factories.application(age_band=AgeBand.UNDER_13, guardian_email="Parent@example.org"),
    )
    assert (again.pk, result) == (first.pk, Result.ALREADY)
    agree(first)
    assert child(shift).pk != first.pk
    assert taken(shift) == 2


def test_guardians_address_has_its_limit_of_open_sign_ups(page):
    for number in range(3):
        child(factories.shift(page, days=5 + number))
    with pytest.raises(RefusedError) as caught:
        child(factories.shift(page, days=9))
    assert caught.value.field == "guardian_email"


def test_teenager_waits_for_the_guardian_by_default(shift):
    row = teen(shift)
    assert (row.name, row.email, row.needs_guardian) == ("Kim Kiddo", "teen@example.org", True)
    assert row.waiver is None, "a guardian signs for who is under 18"
    token = token_of(row)
    to_guardian, to_teen = mails("guardian:", row), mails("guardian_asked", row)
    assert [mail.to for mail in to_guardian + to_teen] == [["parent@example.org"], ["teen@example.org"]]
    assert token in to_guardian[0].text
    assert "Kim Kiddo would like to volunteer" in to_guardian[0].text
    assert token not in to_teen[0].text, "with the link a teenager could agree in the guardian's place"
    with pytest.raises(RefusedError):
        confirm(sign_up=row)
    kept = agree(row, volunteer_name="Other Name")
    assert (kept.status, kept.name) == (SignUpStatus.CONFIRMED, "Kim Kiddo")
    assert mails("confirmed")[0].to == ["teen@example.org"]


def test_link_asked_for_again_goes_to_the_guardian_until_they_agree(shift):
    row = teen(shift)
    with later(hours=2):
        teen(shift)
        assert [mail.to for mail in mails("link")] == [["parent@example.org"]]
    agree(row)
    with later(hours=4):
        teen(shift)
    assert mails("link")[-1].to == ["teen@example.org"]


def test_teenager_signs_up_alone_where_the_city_says_so(shift):
    rule(shift, TeenRule.ALONE)
    row = teen(shift, guardian="")
    assert (row.needs_guardian, row.guardian_email) == (False, "")
    assert confirm(sign_up=row).status == SignUpStatus.CONFIRMED


@pytest.mark.parametrize("sign", [child, teen])
def test_a_city_for_grown_ups_refuses_kindly(shift, sign):
    rule(shift, TeenRule.NEVER)
    with pytest.raises(RefusedError, match="18 or older") as caught:
        sign(shift)
    assert caught.value.field == "age_band"
    assert not SignUp.objects.exists()


@pytest.mark.parametrize(
    ("ages", "of_child", "of_teen"),
    [
        ((None, None), True, True),
        ((0, None), True, True),
        ((16, None), False, True),
        ((16, 10), True, True),
        ((18, None), False, False),
        ((18, 14), False, True),
    ],
)
def test_lowest_age_of_the_opportunity_counts(shift, ages, of_child, of_teen):
    Opportunity.objects.update(min_age=ages[0], min_age_with_adult=ages[1])
    for sign, expected in ((child, of_child), (teen, of_teen)):
        guardian = f"{sign.__name__}@parents.example"
        if expected:
            assert sign(shift, guardian=guardian).status == SignUpStatus.HELD
        else:
            with pytest.raises(RefusedError) as caught:
                sign(shift, guardian=guardian)
            assert caught.value.field == "age_band"


@pytest.mark.parametrize("guardian", ["", "  ", "TEEN@example.org"])
def test_guardians_address_is_needed_and_is_another_one(shift, guardian):
    with pytest.raises(RefusedError) as caught:
        teen(shift, guardian=guardian)
    assert caught.value.field == "guardian_email"


def test_grown_up_needs_no_guardian_whatever_was_typed(shift):
    row = apply(shift, guardian_email="parent@example.org")
    assert (row.guardian_email, row.needs_guardian) == ("", False)
