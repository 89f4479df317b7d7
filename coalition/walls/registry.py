"""Which rule stands before which admin address. Rooms above classify theirs; the rest is closed."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from coalition.walls.reach import Reach

Rule = Callable[[HttpRequest, Reach, dict[str, Any]], HttpResponse | None]
"""Asked with the request, the person's reach and the address's arguments. Raises Http404 or PermissionDenied to close,
returns a response to answer itself, None to let the view run."""

_rules: dict[str, Rule] = {}


def classify(rule: Rule, *names: str) -> None:
    """Put `rule` before these addresses: "namespace:name", or "namespace:*" for all of a namespace without their own.

    Raises ValueError when another rule stands there already: two rooms must not disagree about a door.
    """
    for name in names:
        if _rules.setdefault(name, rule) is not rule:
            raise ValueError(f"{name} is classified twice.")


def rule_for(name: str) -> Rule | None:
    """The rule before this address; None when nobody has classified it."""
    found = _rules.get(name)
    if found is None and ":" in name:
        found = _rules.get(f"{name.rpartition(':')[0]}:*")
    return found
