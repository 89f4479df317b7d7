"""Finds the city that an editor named in words, so that its stored flag is drawn."""

from coalition.models import City


def city_with_flag(name: str, state: str) -> City | None:
    """The city of this name in this state (two letters), None when there is none. One query."""
    return City.objects.in_state(state).filter(name__iexact=name.strip()).first()
