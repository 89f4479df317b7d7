"""Links of the list: other orders, other looks, and the ways on when nothing meets every wish."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from volunteering.finding.asked import MILES, Asked
from volunteering.finding.matching import Match, Scope, missing_one
from volunteering.finding.wishes import Wish

SORT_NAMES: dict[str, str | Promise] = {
    "best": gettext_lazy("Best fit"),
    "soonest": gettext_lazy("Soonest"),
    "nearest": gettext_lazy("Nearest"),
}
VIEW_NAMES: dict[str, str | Promise] = {
    "list": gettext_lazy("List"),
    "month": gettext_lazy("Month"),
    "map": gettext_lazy("Map"),
}


@dataclass(frozen=True)
class Way:
    """A link to the list, asked otherwise. `count` is what it would show."""

    label: str | Promise
    url: str
    count: int = 0
    is_current: bool = False
    is_wider: bool = False


def sorts(asked: Asked, path: str, wishes: Sequence[Wish]) -> list[Way]:
    """The orders that make a difference: without wishes the best is the soonest, and nearest needs a place."""
    names = [name for name, is_there in _orders(wishes).items() if is_there]
    present = asked.sort if asked.sort in names else names[0]
    ways = [Way(SORT_NAMES[name], path + asked.plus(sort=name).query, is_current=name == present) for name in names]
    return ways if len(ways) > 1 else []


def _orders(wishes: Sequence[Wish]) -> dict[str, bool]:
    return {"best": bool(wishes), "soonest": True, "nearest": any(wish.center for wish in wishes)}


def views(asked: Asked, path: str) -> list[Way]:
    """List, month, map."""
    return [
        Way(name, path + asked.without("month").plus(view=view).query, is_current=view == asked.view)
        for view, name in VIEW_NAMES.items()
    ]


class WaysOn:
    """What could be asked instead when nothing meets all wishes, each with the number of what would meet them."""

    def __init__(self, asked: Asked, path: str, wishes: Sequence[Wish], found: Sequence[Match], scope: Scope) -> None:
        self.asked, self.path, self.wishes, self.found, self.scope = asked, path, wishes, found, scope

    def without_one(self, now: datetime.datetime) -> list[Way]:
        """Each wish that would have to go, the most helpful first. One query when several are about time."""
        drops = ((wish, count) for wish, count in self._drops(now) if count)
        ways = [Way(wish.label, self.path + self.asked.without(wish.key).query, count) for wish, count in drops]
        return sorted(ways, key=lambda way: -way.count)

    def _drops(self, now: datetime.datetime) -> Iterator[tuple[Wish, int]]:
        lone = [match for match in self.found if match.missed == 1]
        for bit, wish in self._bits().items():
            yield wish, sum(match.bits == bit for match in lone)
        timed = {wish: wish.shift for wish in self.wishes if wish.shift is not None}
        open_to_all = [match.pk for match in self.found if not match.bits]
        several = len(timed) > 1 and bool(open_to_all)
        fitting = missing_one(self.scope, list(timed.values()), now, open_to_all) if several else set()
        for place, wish in enumerate(timed):
            yield wish, sum(len(timed) == 1 or (pk, 1 << place) in fitting for pk in open_to_all)

    def _bits(self) -> dict[int, Wish]:
        """Bit in `Match.bits` → its wish."""
        static = [wish for wish in self.wishes if wish.opportunity is not None]
        near = [wish for wish in self.wishes if wish.center is not None]
        return {1 << place: wish for place, wish in enumerate([*static, *near])}

    def farther(self) -> list[Way]:
        """Wider circles in which something meets all other wishes."""
        bit, near = next(((bit, wish) for bit, wish in self._bits().items() if wish.center), (0, None))
        if near is None:
            return []
        away = [match.distance for match in self.found if match.missed == 1 and match.bits == bit]
        counts = {miles: sum(each is not None and each <= miles for each in away) for miles in MILES}
        return [
            Way(
                _("Up to %(miles)d miles away") % {"miles": miles},
                self.path + self.asked.without("miles").plus(miles=str(miles)).query,
                count,
                is_wider=True,
            )
            for miles, count in counts.items()
            if count and miles > near.miles
        ]
