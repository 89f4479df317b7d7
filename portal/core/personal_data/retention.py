"""Which rooms let go of people's data when its time is over: what would go, and the act that does it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Going:
    """So many rows of one place (a city, as a rule) whose time is over, and why."""

    place: str
    reason: str
    count: int


@dataclass(frozen=True)
class Retention:
    """How one table is kept short. `plan()` says what would go now, `forget()` does it and says how many went."""

    name: str
    label: str | Promise
    plan: Callable[[], Iterable[Going]]
    forget: Callable[[], int]


_retentions: dict[str, Retention] = {}


def register_retention(retention: Retention) -> None:
    """Make a rule known to `manage.py forget_people`. Registering it again replaces it."""
    _retentions[retention.name] = retention


def retentions() -> list[Retention]:
    """All rules, by name."""
    return [_retentions[name] for name in sorted(_retentions)]
