"""Who flies which flag: blocks name a city in words, the room that knows the cities registers how to find it.

Without a finder, or for a city that no finder knows, the flag is drawn from the name and state alone.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any, Self

from portal.core.flags import default_colors


@dataclass(frozen=True)
class FlagBearer:
    """What `{% flag_of %}` needs. Blank colors stand for the ones that the name gives."""

    name: str
    state: str
    color_first: str = ""
    color_second: str = ""
    flag_field: str = ""
    flag_emblem: str = ""

    @classmethod
    def of(cls, city: Any) -> Self:
        """Only what is drawn of a city, or of anything else with a name and a state."""
        return cls(**{field.name: str(getattr(city, field.name, "")) for field in fields(cls)})

    @property
    def colors(self) -> tuple[str, str]:
        """Both colors: the city's own, or the two that its name gives when one of them is missing."""
        own = (self.color_first, self.color_second)
        return own if all(own) else default_colors(self.name, self.state)


Finder = Callable[[str, str], Any | None]

_finders: list[Finder] = []


def register_flag_finder(finder: Finder) -> None:
    """Let `finder(name, state)` answer with the city that stores this flag, or with None."""
    _finders.append(finder)


def flag_bearer(name: str, state: str) -> Any:
    """The city whose flag to draw: the one a finder knows, else a FlagBearer with the name alone."""
    for finder in _finders:
        found = finder(name, state)
        if found is not None:
            return found
    return FlagBearer(name, state)
