"""Emblems: the one small thing that stands on a flag's field."""

import math
from collections.abc import Callable

from portal.core.flags.shapes import disc, hoop, line, n, path, rect, shape, star

Emblem = Callable[[float, float, float, str, str], str]
"""Draws itself centered on x, y within radius r, in `fill`, on ground `hole`."""


def _star(x: float, y: float, r: float, fill: str, hole: str) -> str:
    return star(x, y + r * 0.06, r, fill)


def _star6(x: float, y: float, r: float, fill: str, hole: str) -> str:
    return star(x, y, r, fill, 6, 0.45)


def _sun(x: float, y: float, r: float, fill: str, hole: str) -> str:
    return star(x, y, r, fill, 12, 0.68)


def _ring(x: float, y: float, r: float, fill: str, hole: str) -> str:
    return disc(x, y, r * 0.86, fill) + disc(x, y, r * 0.5, hole)


def _diamond(x: float, y: float, r: float, fill: str, hole: str) -> str:
    return shape([(x, y - r), (x + r * 0.72, y), (x, y + r), (x - r * 0.72, y)], fill)


def _compass(x: float, y: float, r: float, fill: str, hole: str) -> str:
    return star(x, y, r, fill, 4, 0.3) + star(x, y, r * 0.62, fill, 4, 0.42, -45)


def _disc(x: float, y: float, r: float, fill: str, hole: str) -> str:
    return disc(x, y, r * 0.82, fill)


def _tree(x: float, y: float, r: float, fill: str, hole: str) -> str:
    tiers = [(-1, 0.5), (-0.45, 0.62), (0.1, 0.75)]
    trunk = rect(x - r * 0.13, y + r * 0.5, r * 0.26, r * 0.5, fill)
    return trunk + "".join(
        shape([(x, y + r * top), (x + r * wide, y + r * (top + 0.62)), (x - r * wide, y + r * (top + 0.62))], fill)
        for top, wide in tiers
    )


def _three(x: float, y: float, r: float, fill: str, hole: str) -> str:
    places = ((-0.55, 0.42), (0, -0.5), (0.55, 0.42))
    return "".join(star(x + dx * r, y + dy * r, r * 0.46, fill) for dx, dy in places)


# The ones below are never drawn by lot: a name has to ask for them.


def _bell(x: float, y: float, r: float, fill: str, hole: str) -> str:
    def at(dx: float, dy: float) -> str:
        return f"{n(x + dx * r)} {n(y + dy * r)}"

    body = f"M{at(-0.85, 0.55)}Q{at(-0.55, 0.3)} {at(-0.52, -0.2)}Q{at(-0.45, -0.78)} {at(0, -0.78)}"
    body += f"Q{at(0.45, -0.78)} {at(0.52, -0.2)}Q{at(0.55, 0.3)} {at(0.85, 0.55)}z"
    return disc(x, y - r * 0.82, r * 0.18, fill) + path(body, fill) + disc(x, y + r * 0.74, r * 0.22, fill)


def _crown(x: float, y: float, r: float, fill: str, hole: str) -> str:
    points = [(-0.9, -0.45), (-0.45, -0.05), (0, -0.75), (0.45, -0.05), (0.9, -0.45), (0.72, 0.4), (-0.72, 0.4)]
    band = rect(x - r * 0.72, y + r * 0.52, r * 1.44, r * 0.24, fill)
    return shape([(x + dx * r, y + dy * r) for dx, dy in points], fill) + band


def _anchor(x: float, y: float, r: float, fill: str, hole: str) -> str:
    arms = f"M{n(x - r * 0.78)} {n(y + r * 0.12)}A{n(r * 0.8)} {n(r * 0.8)} 0 0 0 {n(x + r * 0.78)} {n(y + r * 0.12)}"
    flukes = "".join(
        shape(
            [(x + s * r * 0.46, y + r * 0.34), (x + s * r * 0.92, y + r * 0.46), (x + s * r * 0.86, y - r * 0.2)], fill
        )
        for s in (-1, 1)
    )
    stock = rect(x - r * 0.45, y - r * 0.42, r * 0.9, r * 0.2, fill)
    shank = rect(x - r * 0.11, y - r * 0.5, r * 0.22, r * 1.4, fill)
    return hoop(x, y - r * 0.72, r * 0.2, fill, r * 0.16) + stock + shank + line(arms, fill, r * 0.22) + flukes


def _bird(x: float, y: float, r: float, fill: str, hole: str) -> str:
    def at(dx: float, dy: float) -> str:
        return f"{n(x + dx * r)} {n(y + dy * r)}"

    wings = f"M{at(-1, -0.55)}Q{at(-0.35, -0.6)} {at(0, 0.02)}Q{at(0.35, -0.6)} {at(1, -0.55)}"
    wings += f"Q{at(0.72, 0.12)} {at(0.2, 0.3)}L{at(0.34, 0.8)}L{at(0, 0.6)}L{at(-0.34, 0.8)}L{at(-0.2, 0.3)}"
    return path(f"{wings}Q{at(-0.72, 0.12)} {at(-1, -0.55)}z", fill) + disc(x, y - r * 0.16, r * 0.2, fill)


def _flower(x: float, y: float, r: float, fill: str, hole: str) -> str:
    petals = ((0, -0.56), (0.53, -0.17), (0.33, 0.45), (-0.33, 0.45), (-0.53, -0.17))
    return "".join(disc(x + dx * r, y + dy * r, r * 0.4, fill) for dx, dy in petals) + disc(x, y, r * 0.24, hole)


def _gear(x: float, y: float, r: float, fill: str, hole: str) -> str:
    def at(degrees: float, reach: float) -> tuple[float, float]:
        turn = math.radians(degrees)
        return x + reach * r * math.sin(turn), y - reach * r * math.cos(turn)

    teeth = [at(i * 45 + off, reach) for i in range(8) for off, reach in ((-15, 0.72), (-11, 1), (11, 1), (15, 0.72))]
    return shape(teeth, fill) + disc(x, y, r * 0.74, fill) + disc(x, y, r * 0.34, hole)


def _key(x: float, y: float, r: float, fill: str, hole: str) -> str:
    bit = rect(x + r * 0.52, y, r * 0.16, r * 0.42, fill) + rect(x + r * 0.8, y, r * 0.2, r * 0.42, fill)
    return (
        hoop(x - r * 0.55, y, r * 0.34, fill, r * 0.22) + rect(x - r * 0.2, y - r * 0.1, r * 1.2, r * 0.2, fill) + bit
    )


DRAWN: dict[str, Emblem] = {
    "star": _star,
    "star6": _star6,
    "sun": _sun,
    "ring": _ring,
    "diamond": _diamond,
    "compass": _compass,
    "disc": _disc,
    "tree": _tree,
    "three": _three,
    "bell": _bell,
    "crown": _crown,
    "anchor": _anchor,
    "bird": _bird,
    "flower": _flower,
    "gear": _gear,
    "key": _key,
}


def emblem_shapes(kind: str, x: float, y: float, radius: float, fill: str, hole: str) -> str:
    """One emblem centered on x, y; `hole` is the color it stands on."""
    return DRAWN[kind](x, y, radius, fill, hole)
