"""Puts the first steps of a new lead away."""

from django.db import transaction
from django.utils import timezone

from city_sites.models import CitySite
from coalition.models import City


@transaction.atomic
def put_first_steps_away(*, city: City) -> None:
    """Do not show them any more on the city's desk. The day they were put away stays when it is done twice."""
    CitySite.objects.filter(city=city, first_steps_hidden_at=None).update(first_steps_hidden_at=timezone.now())
