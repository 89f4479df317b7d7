"""Pages drawn by views, not by editors: the rooms above register them, links and menus point at them by key."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise


@dataclass(frozen=True)
class Destination:
    """A built-in page: its key, the name editors choose it by, and the URL name behind it."""

    key: str
    label: str | Promise
    url_name: str


_destinations: dict[str, Destination] = {}


def register_destination(key: str, label: str | Promise, url_name: str) -> None:
    """Let links point at the page that `url_name` draws (it takes no arguments).

    Raises ValueError when the key is taken.
    """
    if key in _destinations:
        raise ValueError(f"The destination {key!r} is already registered.")
    _destinations[key] = Destination(key, label, url_name)


def unregister_destination(key: str) -> None:
    """Forget a destination; a key that is not known is left alone."""
    _destinations.pop(key, None)


def destinations() -> dict[str, Destination]:
    """All destinations by key, in the order they were registered."""
    return dict(_destinations)


def destination_choices() -> list[tuple[str, str | Promise]]:
    """(key, label) of every destination, for a choice field."""
    return [(destination.key, destination.label) for destination in _destinations.values()]


def destination_url(key: str) -> str:
    """The address in the active language, empty when no such destination is registered (any more).

    Raises NoReverseMatch when its URL name leads nowhere: that is a fault in the code, not in the content.
    """
    destination = _destinations.get(key)
    return reverse(destination.url_name) if destination else ""
