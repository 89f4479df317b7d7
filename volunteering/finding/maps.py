"""Where opportunities are: cities on the map of the states, places of one city around a point."""

import itertools
from dataclasses import dataclass, replace
from math import cos, hypot, radians

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coalition.gazetteer import zip_place
from coalition.models import City
from volunteering.finding.screen import Screen
from volunteering.models import Opportunity

WIDTH, HEIGHT = 640, 640
MIDDLE = WIDTH // 2
RADIUS = 290
"""Of the outer ring, in units of the drawing."""
RINGS = (1, 2, 5, 10, 25, 50)
"""Miles that a ring may stand for; the drawing reaches as far as the smallest that holds all places of the page."""
MILES_A_DEGREE = 69.1
NEAR_UNITS = 44
"""Signs that would touch become one."""


@dataclass(frozen=True)
class CityCount:
    """A city of the national map: how many are open there, and how many of them meet every wish."""

    city: City
    url: str
    count: int
    met: int


@dataclass(frozen=True)
class Ring:
    """A ring around the middle, and where its label stands."""

    miles: int
    radius: int
    label_y: int

    @property
    def label(self) -> str:
        """As in "5 miles"."""
        return ngettext("%(count)d mile", "%(count)d miles", self.miles) % {"count": self.miles}


@dataclass
class Pin:
    """A sign on the map with the numbers of the lines that are there."""

    x: int
    y: int
    numbers: list[int]

    @property
    def text(self) -> str:
        """The numbers."""
        return ", ".join(map(str, self.numbers))

    @property
    def width(self) -> int:
        """As wide as its text."""
        return 22 + 14 * len(self.text)

    @property
    def left(self) -> int:
        """Its edge."""
        return self.x - self.width // 2

    @property
    def top(self) -> int:
        """Its upper edge."""
        return self.y - 19

    @property
    def base(self) -> int:
        """Where its text stands."""
        return self.y + 9


class CityCounts(list[CityCount]):
    """Counts of cities."""

    @property
    def cities(self) -> list[City]:
        """Those that the map knows a place for."""
        return [each.city for each in self if each.city.latitude is not None and each.city.longitude is not None]


def city_counts(screen: Screen) -> CityCounts:
    """The cities that have something open, by name."""
    counts, met = screen.found.cities(), screen.found.cities(missed=0)
    there = [city for city in screen.cities if counts[city.pk]]
    asked = screen.asked.without("city")
    return CityCounts(
        CityCount(city, screen.path + asked.plus(city=city.slug).query, counts[city.pk], met[city.pk])
        for city in sorted(there, key=lambda city: (city.name, city.state))
    )


class CityMap:
    """The places of one city: the lines of this page as numbered signs, all others as dots, rings for the distance."""

    def __init__(self, screen: Screen) -> None:
        self.screen = screen
        self.zip = zip_place(screen.asked["zip"])
        numbers = itertools.count(1)
        self.rows = [replace(row, number=next(numbers) if row.point else 0) for row in screen.rows]

    @cached_property
    def middle(self) -> tuple[float, float]:
        """The ZIP code, else the city, else what is on this page, in degrees."""
        city = self.screen.city
        if self.zip:
            return self.zip.latitude, self.zip.longitude
        if city is not None and city.latitude is not None and city.longitude is not None:
            return city.latitude, city.longitude
        points = [row.point for row in self.rows if row.point] or [(0.0, 0.0)]
        return sum(point[0] for point in points) / len(points), sum(point[1] for point in points) / len(points)

    @property
    def middle_name(self) -> str:
        """What is in the middle."""
        if self.zip:
            return _("ZIP code %(zip)s") % {"zip": self.zip.zip}
        return str(self.screen.city)

    @cached_property
    def reach(self) -> int:
        """Miles that the outer ring stands for."""
        farthest = max((self._miles(row.point) for row in self.rows if row.point), default=0.0)
        return next((miles for miles in RINGS if farthest <= miles), RINGS[-1])

    @property
    def rings(self) -> list[Ring]:
        """The outer ring and those within it, the largest first."""
        inner = [miles for miles in RINGS if self.reach / 6 < miles <= self.reach]
        sizes = [(miles, round(RADIUS * miles / self.reach)) for miles in reversed(inner)]
        return [Ring(miles, radius, MIDDLE - radius + 24) for miles, radius in sizes]

    @property
    def pins(self) -> list[Pin]:
        """A sign for each numbered line within reach; lines at one place share it."""
        pins: list[Pin] = []
        for row in self.rows:
            if row.point is None or self._miles(row.point) > self.reach:
                continue
            x, y = self._spot(row.point)
            beside = next((pin for pin in pins if abs(pin.x - x) < NEAR_UNITS and abs(pin.y - y) < NEAR_UNITS), None)
            if beside:
                beside.numbers.append(row.number)
            else:
                pins.append(Pin(x, y, [row.number]))
        return pins

    @cached_property
    def dots(self) -> list[tuple[int, int]]:
        """Everything else that was found within reach. One query."""
        shown = {row.point for row in self.rows if row.point}
        city = self.screen.scope.city
        places = Opportunity.objects.filter(city=city).exclude(latitude=None).exclude(longitude=None).order_by()
        found = {match.pk for match in self.screen.found}
        points = [
            (north or 0.0, east or 0.0)
            for pk, north, east in places.values_list("pk", "latitude", "longitude")
            if pk in found
        ]
        return sorted(
            {self._spot(point) for point in points if point not in shown and self._miles(point) <= self.reach}
        )

    @property
    def has_places_beyond(self) -> bool:
        """Whether a line of this page is too far away to be drawn."""
        return any(row.point and self._miles(row.point) > self.reach for row in self.rows)

    def _offset(self, point: tuple[float, float]) -> tuple[float, float]:
        """Miles east and south of the middle; near enough for a city."""
        north, east = self.middle
        across = (point[1] - east) * MILES_A_DEGREE * cos(radians(north))
        return across, (north - point[0]) * MILES_A_DEGREE

    def _miles(self, point: tuple[float, float]) -> float:
        return hypot(*self._offset(point))

    def _spot(self, point: tuple[float, float]) -> tuple[int, int]:
        across, down = self._offset(point)
        scale = RADIUS / self.reach
        return round(MIDDLE + across * scale), round(MIDDLE + down * scale)
