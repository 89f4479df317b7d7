"""The canary walk: as everybody of one city, ask every admin address with what belongs to another."""

import pytest
from django.urls import reverse

from coalition.models import Role
from coalition.walls.registry import rule_for
from portal.accounts.factories import UserFactory
from tests.walls.addresses import addresses, admin_patterns
from tests.walls.walking import Walker

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

KEPT = {
    "draft", "changedraft", "changedsummary", "private", "approval", "scheduled", "spanish", "comment", "taskcomment",
    "image", "alt", "imagefile", "document", "person", "mail", "invitation", "invited", "oldpath", "hostname",
    "contact", "contactmail", "sponsor", "reason", "mailsubject", "mailto", "deleted", "readerwords",
    "guidecopy", "guidefollowed", "guideuse", "promoted", "promotedtext", "searched",
    "opportunitydraft", "volunteer", "volunteermail", "phone", "answer", "guardian", "rosternote", "rostermessage",
}  # fmt: skip
"""Kinds of canary that somebody with every right must meet on the same walk: they are really there to be found."""


def test_every_admin_address_is_classified():
    unknown = sorted({each.name for each in admin_patterns() if rule_for(each.name) is None})
    assert unknown == [], "Say in a walls module who may open these"


WALKERS = [
    Role.LEAD,
    *(pytest.param(role, marks=pytest.mark.one_engine) for role in [*Role, "guest", "nobody"] if role != Role.LEAD),
]
"""On a second engine the lead walks alone: they reach the most."""


@pytest.mark.parametrize("role", WALKERS)
def test_nobody_reaches_another_city(cities, role, record_property):
    mine, theirs, belongings = cities
    if role == "nobody":
        person = None
    elif role == "guest":
        person = UserFactory()
    else:
        person = mine.people[role]
    walker = Walker(person, mine, theirs, belongings)
    for pattern in admin_patterns():
        for address in addresses(pattern, mine, theirs):
            walker.ask(address)
    walk = walker.walk
    ways = ", ".join(f"{way} {count}" for way, count in sorted(walk.methods.items()))
    told = f"as {role}: {len(walk.addresses)} URLs, {walk.requests} requests ({ways}), {len(walk.leaks)} leaks"
    record_property("walk", told)
    assert walk.addresses == {each.name for each in admin_patterns()}
    assert walk.leaks == []
    assert walk.crashes == []
    if isinstance(role, Role):  # nobody else is let in at all
        assert [each for each in walk.sent_away if not each.endswith(("/logout/", "/people/leave/"))] == []


class StatingWalker(Walker):
    """Nobody of the coalition sees a volunteer without saying why, in each session anew."""

    def sign_in(self) -> None:
        super().sign_in()
        for estate in (self.mine, self.theirs):
            roster = reverse("volunteering_team:roster", args=[estate.city.pk, estate.things["shift"][0].pk])
            self.client.post(roster, {"stated_reason": "The walk looks whether its canaries are there"})


@pytest.mark.one_engine
def test_the_canaries_are_there_to_be_found(cities):
    """The same walk as somebody who may see everything meets them all; reading only."""
    mine, theirs, _belongings = cities
    walker = StatingWalker(UserFactory(is_superuser=True), mine, theirs, None)
    for pattern in admin_patterns():
        for address in addresses(pattern, mine, theirs):
            walker.read(address)
    assert walker.walk.seen >= KEPT
