"""Where a place lies on the map of the states, and how far apart two places are.

The map is d3's geoAlbersUsa (https://d3js.org/d3-geo/conic#geoAlbersUsa): three equal-area conic projections, of the
lower 48 states, Alaska and Hawaii, the last two moved below California and Alaska drawn at 0.35 of its size.
"""

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

WIDTH, HEIGHT = 975, 610  # the viewBox of the map
SCALE = 1300
MIDDLE_X, MIDDLE_Y = 487.5, 305
EARTH_RADIUS_MILES = 3958.7613  # the mean radius of 6,371.0088 km


@dataclass(frozen=True)
class _Inset:
    """One conic projection and the part of the map it may draw on, in map units."""

    parallels: tuple[float, float]
    meridian: float
    center: tuple[float, float]
    scale: float
    offset: tuple[float, float]
    left: float
    top: float
    right: float
    bottom: float

    def _raw(self, longitude: float, latitude: float) -> tuple[float, float]:
        south, north = (sin(radians(parallel)) for parallel in self.parallels)
        n = (south + north) / 2
        c = 1 + south * (2 * n - south)
        radius = sqrt(c - 2 * n * sin(latitude)) / n
        return radius * sin(longitude * n), sqrt(c) / n - radius * cos(longitude * n)

    def project(self, latitude: float, longitude: float) -> tuple[float, float] | None:
        turned = (longitude - self.meridian + 180) % 360 - 180
        x, y = self._raw(radians(turned), radians(latitude))
        center_x, center_y = self._raw(*map(radians, self.center))
        map_x = MIDDLE_X + self.offset[0] * SCALE + self.scale * (x - center_x)
        map_y = MIDDLE_Y + self.offset[1] * SCALE - self.scale * (y - center_y)
        is_inside = (
            self.left <= (map_x - MIDDLE_X) / SCALE <= self.right
            and self.top <= (map_y - MIDDLE_Y) / SCALE <= self.bottom
        )
        return (map_x, map_y) if is_inside else None


_INSETS = (
    _Inset((29.5, 45.5), -96, (-0.6, 38.7), SCALE, (0, 0), -0.455, -0.238, 0.455, 0.238),
    _Inset((55, 65), -154, (-2, 58.5), SCALE * 0.35, (-0.307, 0.201), -0.425, 0.120, -0.214, 0.234),
    _Inset((8, 18), -157, (-3, 19.9), SCALE, (-0.205, 0.212), -0.214, 0.166, -0.115, 0.234),
)


def project(lat: float | None, lon: float | None) -> tuple[float, float] | None:
    """The point of the 975 × 610 map for degrees north and east; None for places off it, such as Puerto Rico."""
    if lat is None or lon is None or not -90 <= lat <= 90 or not -180 <= lon <= 180:
        return None
    return next((point for inset in _INSETS if (point := inset.project(lat, lon))), None)


def miles_between(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Statute miles along the great circle between two points in degrees north and east."""
    phi1, phi2 = radians(lat1), radians(lat2)
    half = sin((phi2 - phi1) / 2) ** 2 + cos(phi1) * cos(phi2) * sin(radians(lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_MILES * asin(sqrt(min(1.0, half)))
