"""To which city a record of the coalition's belongs: the city's own, its team's groups, the accounts on its team."""

from collections.abc import Sequence

from django.contrib.auth.models import Group

from coalition.audit.places import Found, register_finder
from coalition.models import City, CityGroup
from coalition.services.team_rules import coalition_people
from portal.accounts.models import User

ACCOUNTS = "accounts."
"""How actions about signing in and one's own account begin; they are logged on the account."""


def register_finders() -> None:
    """Tell the log about the models of this room."""
    register_finder(City, lambda numbers: {number: [int(number)] for number in numbers})
    register_finder(Group, _cities_of_groups)
    register_finder(User, _cities_of_accounts, actions=ACCOUNTS)


def _cities_of_groups(numbers: Sequence[str]) -> Found:
    rows = CityGroup.objects.filter(group_id__in=numbers).values_list("group_id", "city_id")
    return {str(group_id): [city_id] for group_id, city_id in rows}


def _cities_of_accounts(numbers: Sequence[str]) -> Found:
    """The teams somebody is on now. Nobody's who works for the coalition, whatever team they are on besides."""
    found: dict[str, list[int]] = {}
    for user_id, city_id in CityGroup.objects.filter(group__user__id__in=numbers).values_list("group__user", "city_id"):
        found.setdefault(str(user_id), []).append(city_id)
    staff = coalition_people(User.objects.filter(pk__in=found)) if found else set()
    return {number: cities for number, cities in found.items() if int(number) not in staff}
