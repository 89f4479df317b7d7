"""Cities and their people for tests."""

import datetime

import factory

from coalition.models import City, MembershipEvent, Role
from coalition.services.invitations import invite
from coalition.services.team_groups import groups_for
from portal.accounts.factories import UserFactory


class CityFactory(factory.django.DjangoModelFactory):
    """A prospect in Missouri; `member=True` makes it a member since 2024-03-01, with its log line."""

    class Meta:
        model = City
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Example {n}")
    state = "MO"
    slug = factory.LazyAttribute(lambda o: f"{o.name}-{o.state}".lower().replace(" ", "-").replace(".", ""))
    population = 60_000
    latitude = 38.6
    longitude = -92.6
    time_zone = "America/Chicago"

    class Params:
        member = factory.Trait(status=City.Status.MEMBER, member_since=datetime.date(2024, 3, 1))

    @factory.post_generation
    def log(self, create, extracted, **kwargs):
        if create and self.status == City.Status.MEMBER:
            MembershipEvent.objects.create(
                city=self,
                from_status="pending",
                to_status="member",
                effective_on=self.member_since,
                by_name="Test",
                reason="Made for a test",
            )


def on_team(city, *roles, **fields):
    """Somebody on the city's team, with the password of UserFactory."""
    user = UserFactory(**fields)
    groups = groups_for(city)
    user.groups.add(*(groups[Role(role)] for role in roles))
    return user


def asked(city, email="ana@neighbors.example", name="Ana Ruiz", roles=(Role.EDITOR,), by=None):
    """An open invitation, its mail queued. Sent by the portal itself unless `by` is given."""
    return invite(city=city, email=email, name=name, roles=roles, by=by)
