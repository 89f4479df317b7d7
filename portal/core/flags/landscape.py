"""Fields that show a place: water, hills, woods, walls, weather. Names ask for most of them."""

import math

from portal.core.colors import WHITE
from portal.core.flags.emblems import emblem_shapes
from portal.core.flags.palette import Field, Palette, Spot, no_emblem
from portal.core.flags.shapes import HEIGHT, WIDTH, disc, path, rect, shape, wave


def river(p: Palette) -> tuple[str, Spot]:
    """One broad stream."""
    stream = wave(28, p.top, 11, 3.5, 30) + wave(28, p.line, 4, 3.5, 30)
    return p.base + stream, Spot(15 if p.flip else 30, 10.5, 7, p.dark)


def waves(p: Palette) -> tuple[str, Spot]:
    """Three rows of water."""
    last = p.line if p.line == p.second else p.top
    return p.base + wave(23, p.top, 3.6) + wave(30, p.top, 3.6) + wave(37, last, 3.6), Spot(30, 9.5, 7, p.dark)


def bay(p: Palette) -> tuple[str, Spot]:
    """A sun going into the water."""
    near = wave(21, WHITE if p.is_pale else p.second, None, 2.5, 15)
    return p.base + disc(30, 17, 10, p.top) + near + wave(29, p.dark, None, 2.5, 15), no_emblem(p)


def sails(p: Palette) -> tuple[str, Spot]:
    """Two sails over water."""
    main = path("M33 3Q51 16 52 28H33z", p.top) + path("M30 8V28H13Q24 22 30 8z", p.second if not p.is_pale else p.top)
    return p.base + main + wave(33, p.top, None, 2.2, 15), no_emblem(p)


def falls(p: Palette) -> tuple[str, Spot]:
    """Water coming down."""
    fall = rect(20, 0, 20, 33, p.top) + rect(24, 0, 3, 28, p.line) + rect(33, 0, 3, 28, p.line)
    return p.base + fall + wave(29, p.top, None, 2.5, 12), Spot(10, 11, 6.5, p.dark)


def sunrise(p: Palette) -> tuple[str, Spot]:
    """Rays from the foot."""

    def far(angle: float) -> tuple[float, float]:
        return 30 + 80 * math.cos(math.radians(angle)), 40 - 80 * math.sin(math.radians(angle))

    rays = "".join(shape([(30, 40), far(angle), far(angle + 9)], p.top) for angle in range(4, 180, 18))
    sun = disc(30, 40, 17, p.dark if p.is_pale else WHITE) + disc(30, 40, 13.5, p.second)
    return p.base + rays + sun, no_emblem(p)


def hills(p: Palette) -> tuple[str, Spot]:
    """Two rolling hills."""
    back, front = "M0 40V29Q14 14 34 29T60 24V40z", "M0 40V36Q20 24 38 34T60 32V40z"
    return p.base + path(back, p.top) + path(front, p.line), Spot(44 if p.flip else 17, 10.5, 7, p.dark)


def vale(p: Palette) -> tuple[str, Spot]:
    """A valley between two slopes, and something bright above it."""
    near = path("M0 40V14Q18 16 30 33V40z", p.top)
    far = path("M60 40V14Q42 16 30 33V40z", p.top if p.is_pale else p.second)
    floor = path("M0 40V36Q30 28 60 36V40z", p.dark)
    return p.base + near + far + floor, Spot(30, 11, 7, p.dark)


def furrows(p: Palette) -> tuple[str, Spot]:
    """A plowed field running to the horizon."""
    rows = "".join(
        shape(
            [(30 + near * 2.2, 40), (30 + (near + 6) * 2.2, 40), (30 + (near + 6) * 0.5, 20), (30 + near * 0.5, 20)],
            p.line,
        )
        for near in (-27, -15, -3, 9, 21)
    )
    return p.base + rect(0, 20, WIDTH, 20, p.top) + rows, Spot(44 if p.flip else 16, 10, 6.5, p.dark)


def peaks(p: Palette) -> tuple[str, Spot]:
    """Two mountains with snow."""
    light = WHITE if p.is_pale else p.second
    snow = shape([(24, 12), (31, 21.8), (27, 19.5), (24, 23), (21, 19.5), (17, 21.8)], light)
    range_ = shape([(30, 40), (45, 20), (60, 40)], light) + shape([(4, 40), (24, 12), (44, 40)], p.top)
    return p.base + range_ + snow, Spot(47, 10, 6.5, p.dark)


def mesa(p: Palette) -> tuple[str, Spot]:
    """A table mountain."""
    land: list[tuple[float, float]] = [
        (0, 40), (0, 26), (7, 26), (12, 31), (20, 31), (25, 19), (46, 19), (51, 31), (60, 31), (60, 40),
    ]  # fmt: skip
    return p.base + shape(land, p.top) + rect(0, 35, WIDTH, 5, p.line), Spot(12, 11, 7, p.dark)


def grove(p: Palette) -> tuple[str, Spot]:
    """Three trees."""
    ground = rect(0, 32, WIDTH, 8, p.line if p.line == p.second else p.top)
    places = ((14, 23, 9), (46, 23, 9), (30, 19, 13))
    trees = "".join(emblem_shapes("tree", x, y, r, p.top, p.dark) for x, y, r in places)
    return p.base + ground + trees, no_emblem(p)


def bridge(p: Palette) -> tuple[str, Spot]:
    """A bridge of three arches."""
    arches = "M0 18h60v15h-3a7 7 0 0 0-14 0h-6a7 7 0 0 0-14 0h-6a7 7 0 0 0-14 0h-3z"
    return p.base + path(arches, p.top) + rect(0, 34.5, WIDTH, 5.5, p.second), Spot(30, 9, 6.5, p.dark)


def wall(p: Palette) -> tuple[str, Spot]:
    """A battlement."""
    teeth = "M0 40V23" + "h6.7v-5h6.6v5" * 4 + f"h6.8V{HEIGHT}z"
    return p.base + path(teeth, p.top) + rect(0, 31, WIDTH, 4, p.line), Spot(30, 9, 6.5, p.dark)


LANDSCAPE: dict[str, Field] = {
    field.__name__: field
    for field in (river, waves, bay, sails, falls, sunrise, hills, vale, furrows, peaks, mesa, grove, bridge, wall)
}
