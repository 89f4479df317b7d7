"""Everything that staff see on one city's page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from wagtail.log_actions import registry
from wagtail.models import Page

from coalition.models import City, CityAlias, CityZip, Contact, Invitation, MembershipEvent, SitePlan
from coalition.selectors.team import Member, open_invitations, team_of
from coalition.services.membership import next_statuses

EDITS_SHOWN = 10


@dataclass(frozen=True)
class CityRecord:
    """One city with all that hangs on it, loaded."""

    city: City
    next_statuses: list[City.Status]
    contacts: list[Contact]
    team: list[Member]
    invitations: list[Invitation]
    aliases: list[CityAlias]
    zips: list[CityZip]
    plan: SitePlan | None
    home_page: Page | None
    events: list[MembershipEvent]
    edits: Sequence[Any]


def city_record(city: City) -> CityRecord:
    """Gather the record: the latest steps and edits come first. Eleven queries at most, whatever the city has."""
    edits = registry.get_logs_for_instance(city).select_related("user").order_by("-timestamp")
    return CityRecord(
        city=city,
        next_statuses=next_statuses(city.status),
        contacts=list(Contact.objects.filter(city=city)),
        team=team_of(city),
        invitations=open_invitations(city),
        aliases=list(city.aliases.all()),
        zips=list(city.zips.all()),
        plan=SitePlan.objects.filter(city=city).select_related("sponsor").first(),
        home_page=city.home_page,
        events=list(city.events.select_related("by")),
        edits=list(edits[:EDITS_SHOWN]),
    )
