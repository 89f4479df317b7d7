"""Which rooms keep data about people, and how each shows and erases what it has about one address."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class Holding:
    """One table with data about people.

    `model` as "app.Model" and `fields`: what in it is personal. `find(email)`: what there is about an address, one
    dict a row, each name in plain words and each value text or number. `erase(email)`: remove it, return how many rows.
    `note` is said below the rows, to the person: what stays when the rest goes, or whom to ask where `is_erased` is
    False, because nothing is erased by a link in a mail.
    """

    model: str
    label: str | Promise
    fields: tuple[str, ...]
    find: Callable[[str], Iterable[dict[str, Any]]]
    erase: Callable[[str], int]
    note: str | Promise = ""
    is_erased: bool = True


_holdings: dict[str, Holding] = {}


def register_holding(holding: Holding) -> None:
    """Make a table known. Registering it again replaces it."""
    _holdings[holding.model] = holding


def holdings() -> list[Holding]:
    """All tables, in the order of their names."""
    return [_holdings[name] for name in sorted(_holdings)]


def nothing_to_erase(email: str) -> int:
    """For tables that are shown and not erased by a link in a mail."""
    return 0
