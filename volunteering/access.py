"""Whose shifts, rosters and hours somebody may see: the city's, their own organization's, or none."""

from typing import Any

from django.db.models import QuerySet

from coalition.models import City
from coalition.permissions import Act, may
from volunteering.models import Opportunity


def opportunities_for(user: Any, city: City) -> QuerySet[Opportunity]:
    """The opportunities of the city whose shifts and people the person may handle.

    Leads and coordinators: all. A partner: those whose page they wrote. Everybody else: none. Everything in the admin
    that shows a shift or a person goes through this.
    """
    rows = Opportunity.objects.in_city(city)
    if may(user, Act.KEEP_ROSTERS, city):
        return rows
    if may(user, Act.KEEP_OWN_ROSTERS, city):
        return rows.filter(owner=user)
    return rows.none()
