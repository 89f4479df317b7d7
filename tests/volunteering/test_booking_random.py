"""Whatever people and teams do, and in whatever order: no place is sold twice, and the line stays in order."""

import datetime
import random

import pytest
import time_machine
from django.utils import timezone

from portal.core.models import OutboxMessage
from tests.volunteering.racing import check
from volunteering import factories
from volunteering.booking.applying import RefusedError, sign_up
from volunteering.booking.managing import agree_as_guardian, cancel, change, confirm
from volunteering.booking.rules import settle_shifts
from volunteering.booking.shift_acts import set_places
from volunteering.models import AgeBand, SignUp, SignUpStatus

ACTS = 90


def somebody_new(chance, shift):
    band = chance.choices([AgeBand.ADULT, AgeBand.TEEN, AgeBand.UNDER_13], [8, 1, 1])[0]
    form = factories.application(
        f"p{chance.randrange(30)}@example.org",
        group_size=chance.choice([1, 1, 1, 2, 3, 5]),
        age_band=band,
        guardian_email=f"g{chance.randrange(9)}@example.org",
    )
    sign_up(shift_id=shift.pk, application=form)


def some_row(chance, shift):
    return chance.choice(list(SignUp.objects.filter(shift=shift)) or [None])


def act(chance, shift, clock):
    """One act of somebody, chosen by chance; the clock goes on a little."""
    clock.shift(datetime.timedelta(minutes=chance.choice([1, 10, 120, 600])))
    row = some_row(chance, shift)
    kind = chance.choices(["new", "confirm", "cancel", "change", "agree", "tick", "places"], [9, 6, 4, 3, 1, 2, 1])[0]
    if kind == "new" or row is None:
        return somebody_new(chance, shift)
    if kind == "change":
        return change(sign_up=row, group_size=chance.choice([1, 2, 4]), name="Jordan", phone="")
    if kind == "agree":
        return agree_as_guardian(sign_up=row, guardian_name="Pat", volunteer_name="Kim")
    if kind == "places":
        return set_places(shift=shift, capacity=chance.choice([4, 6, 9]), waitlist_size=20, by=None)
    if kind == "tick":
        return settle_shifts()
    return (confirm if kind == "confirm" else cancel)(sign_up=row)


def line_of(shift):
    return list(SignUp.objects.filter(shift=shift).in_line().values_list("pk", flat=True))


def passed_over(before, after, shift):
    """Who was offered a place while somebody before them in line was not."""
    still = [pk for pk in before if pk in after]
    offered = set(
        SignUp.objects.filter(
            shift=shift, pk__in=before, status__in=[SignUpStatus.OFFERED, SignUpStatus.CONFIRMED]
        ).values_list("pk", flat=True)
    )
    return [pk for pk in offered if still and before.index(pk) > before.index(still[0])]


@pytest.mark.parametrize("seed", range(4))
def test_invariants_hold_through_any_sequence_of_acts(page, seed):
    chance = random.Random(seed)
    start = timezone.now()
    shift = factories.shift(page, days=60, capacity=6, waitlist_size=20)
    kinds = set()
    with time_machine.travel(start, tick=False) as clock:
        for _number in range(ACTS):
            before = line_of(shift)
            try:
                act(chance, shift, clock)
            except RefusedError:
                kinds.add("refused")
            rows = check(shift)
            after = line_of(shift)
            assert not passed_over(before, after, shift)
            assert [pk for pk in before if pk in after] == [pk for pk in after if pk in before]
            kinds |= {row.status for row in rows}
    assert kinds == {"refused", *SignUpStatus.values}
    keys = [message.key for message in OutboxMessage.objects.all()]
    assert len(keys) == len(set(keys))
