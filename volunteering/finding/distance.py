"""How far it is from here to there."""

from math import asin, cos, radians, sin, sqrt

EARTH_MILES = 3958.8
"""The earth's mean radius."""


def miles_between(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Miles as the crow flies between two places (degrees north, degrees east), by the haversine formula."""
    north, east = radians(other[0] - one[0]), radians(other[1] - one[1])
    half = sin(north / 2) ** 2 + cos(radians(one[0])) * cos(radians(other[0])) * sin(east / 2) ** 2
    return 2 * EARTH_MILES * asin(min(1.0, sqrt(half)))
