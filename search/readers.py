"""Who finds what is for members: the room that knows its members says so."""

from collections.abc import Callable

from django.http import HttpRequest

Check = Callable[[HttpRequest], bool]

_checks: list[Check] = []


def register_reader(check: Check) -> None:
    """Let `check` say of whoever asks whether they are a member. Without any check nobody is."""
    if check not in _checks:
        _checks.append(check)


def reads_for_members(request: HttpRequest) -> bool:
    """Whether whoever asks finds the parts that are for members."""
    return any(check(request) for check in _checks)
