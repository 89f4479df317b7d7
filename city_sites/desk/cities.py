"""Which city somebody's home in the admin is about, for people who work for more than one."""

from django.http import HttpRequest

from coalition.models import City
from coalition.permissions import cities_of

PARAMETER = "city"
SESSION_KEY = "desk_city"


def desk_cities(request: HttpRequest) -> list[City]:
    """The person's cities by name. One query for a request."""
    known: list[City] | None = getattr(request, "_desk_cities", None)
    if known is None:
        known = request._desk_cities = list(cities_of(request.user))  # type: ignore[attr-defined]
    return known


def desk_city(request: HttpRequest) -> City | None:
    """The city that was chosen last with `?city=`, else the first. None for somebody without a team."""
    cities = {city.pk: city for city in desk_cities(request)}
    asked = request.GET.get(PARAMETER, "")
    chosen = int(asked) if asked.isdecimal() else request.session.get(SESSION_KEY)
    if chosen not in cities:
        return next(iter(cities.values()), None)
    if chosen != request.session.get(SESSION_KEY):
        request.session[SESSION_KEY] = chosen
    return cities[chosen]
