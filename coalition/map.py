"""Where each city's dot stands on the map of the states, and which cities raise their flag there."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import hypot
from typing import Any

from coalition.geography import HEIGHT, WIDTH, project

POLE = 44  # map units, from the dot to the top of the flag
FLAG_WIDTH, FLAG_HEIGHT = 39, 26
ROOM_WIDTH, ROOM_HEIGHT = FLAG_WIDTH + 6, POLE + 8  # what a flag on its pole keeps free of other flags
CELL = 13  # dots under a flag are counted by squares of this size: a flag is three wide and two high
MOST_ZOOM = 3  # beyond it the outlines look cut with scissors
MARGIN = 80  # map units around the places in a closer view, with room for a flag
COST_OF_A_HIDDEN_DOT = 24  # in map units: a flag rather stands this much closer to the next one than hide a dot


@dataclass(frozen=True, slots=True)
class Spot:
    """A place (anything with latitude and longitude) and its point in map units, from the top left corner."""

    place: Any
    x: int
    y: int


@dataclass(frozen=True)
class View:
    """The part of the map that is shown: the land is made `zoom` times as large, then moved by (x, y)."""

    zoom: float = 1.0
    x: float = 0.0
    y: float = 0.0


@dataclass(frozen=True)
class PlacedCities:
    """`spots` has a dot for each place on the map, `flags` those that raise a flag, `off_map` the places beyond it."""

    spots: list[Spot]
    flags: list[Spot]
    off_map: list[Any]
    view: View


def place_cities(places: Iterable[Any], *, flags: int = 0, closer: bool = False) -> PlacedCities:
    """Find a dot for each place, and at most `flags` places for flags that lie far apart and never overlap.

    `closer` looks at the places from as near as shows them all. The same places in the same order always give the
    same map.
    """
    located = [(place, project(place.latitude, place.longitude)) for place in places]
    points = [point for _place, point in located if point]
    view = _closest_view(points) if closer else View()
    spots = [
        Spot(place, round(point[0] * view.zoom + view.x), round(point[1] * view.zoom + view.y))
        for place, point in located
        if point
    ]
    off_map = [place for place, point in located if not point]
    return PlacedCities(spots, _spread(spots, flags), off_map, view)


def _closest_view(points: Sequence[tuple[float, float]]) -> View:
    """The whole map when there is nothing to look at; never beyond the map's edge."""
    if not points:
        return View()
    left, right = min(x for x, _y in points), max(x for x, _y in points)
    top, bottom = min(y for _x, y in points), max(y for _x, y in points)
    wide, high = max(right - left, 1), max(bottom - top, 1)
    zoom = max(1, min(MOST_ZOOM, (WIDTH - 2 * MARGIN) / wide, (HEIGHT - 2 * MARGIN) / high))
    x = WIDTH / 2 - zoom * (left + right) / 2
    y = HEIGHT / 2 - zoom * (top + bottom) / 2
    return View(zoom, min(0, max(x, WIDTH - zoom * WIDTH)), min(0, max(y, HEIGHT - zoom * HEIGHT)))


def _spread(spots: Sequence[Spot], wanted: int) -> list[Spot]:
    """Take the spot that is farthest from all flags so far, again and again; flags that hide dots come late."""
    near = [
        (spot, float(WIDTH), cost)
        for spot, cost in zip(spots, _costs(spots), strict=True)
        if spot.x + FLAG_WIDTH <= WIDTH and spot.y >= POLE
    ]
    chosen: list[Spot] = []
    while near and len(chosen) < wanted:
        best = max(near, key=lambda entry: entry[1] - entry[2])[0]
        chosen.append(best)
        near = [
            (spot, min(distance, hypot(spot.x - best.x, spot.y - best.y)), cost)
            for spot, distance, cost in near
            if abs(spot.x - best.x) >= ROOM_WIDTH or abs(spot.y - best.y) >= ROOM_HEIGHT
        ]
    return sorted(chosen, key=lambda spot: spot.y)  # the southern flag is drawn over the northern pole, not under it


def _costs(spots: Sequence[Spot]) -> list[int]:
    """For each spot, what the dots that its flag would hide cost, in map units."""
    dots = Counter((spot.x // CELL, spot.y // CELL) for spot in spots)
    costs = []
    for spot in spots:
        left, top = (spot.x + CELL // 2) // CELL, (spot.y - POLE + CELL // 2) // CELL
        hidden = sum(dots.get((left + column, top + row), 0) for column in range(3) for row in range(2))
        costs.append(hidden * COST_OF_A_HIDDEN_DOT)
    return costs
