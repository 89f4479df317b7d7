"""Fields that are pure division: bars, bends, rings, squares. No cross and no saltire.

A city that wants a cross has reasons to choose one; a hash has none.
"""

from portal.core.colors import WHITE
from portal.core.flags.palette import Field, Palette, Spot, no_emblem
from portal.core.flags.shapes import HEIGHT, WIDTH, disc, line, rect, shape


def bars(p: Palette) -> tuple[str, Spot]:
    """Three bands across."""
    if p.is_pale:
        return p.base + rect(0, 11, WIDTH, 18, p.second), Spot(30, 20, 7.5, p.second)
    return p.base + rect(0, 13, WIDTH, 14, WHITE) + rect(0, 27, WIDTH, 13, p.second), Spot(30, 20, 6, WHITE)


def pale(p: Palette) -> tuple[str, Spot]:
    """Three bands upright, the emblem on the wide one."""
    fly = "" if p.is_pale else rect(43, 0, 17, HEIGHT, p.second)
    return p.base + rect(17, 0, 26, HEIGHT, p.top) + fly, Spot(30, 20, 11, p.top)


def bend(p: Palette) -> tuple[str, Spot]:
    """A band from corner to corner."""
    wide: list[tuple[float, float]] = [(0, 40), (0, 27), (40.5, 0), (60, 0), (60, 13), (19.5, 40)]
    thin: list[tuple[float, float]] = [(0, 40), (0, 33), (49.5, 0), (60, 0), (60, 7), (10.5, 40)]
    return p.base + shape(wide, p.top) + shape(thin, p.line), Spot(13, 11, 8, p.dark)


def arch(p: Palette) -> tuple[str, Spot]:
    """Rings rising from the foot, like a stadium or a bandstand."""
    rings = disc(30, 40, 31, p.top) + disc(30, 40, 23, p.line) + disc(30, 40, 15, p.top) + disc(30, 40, 8, p.line)
    return p.base + rings, no_emblem(p)


def corner(p: Palette) -> tuple[str, Spot]:
    """Rings in the upper hoist corner."""
    return p.base + disc(0, 0, 29, p.top) + disc(0, 0, 22, p.line) + disc(0, 0, 14, p.top), Spot(43, 25, 9, p.dark)


def hoist(p: Palette) -> tuple[str, Spot]:
    """A triangle at the pole."""
    lower = rect(0, 20, WIDTH, 20, WHITE if p.is_pale else p.second)
    return p.base + lower + shape([(0, 0), (33, 20), (0, 40)], p.top), Spot(11, 20, 7, p.top)


def gyron(p: Palette) -> tuple[str, Spot]:
    """Eight wedges around a disc, like streets around a square."""
    edge: list[tuple[float, float]] = [(0, 0), (30, 0), (60, 0), (60, 20), (60, 40), (30, 40), (0, 40), (0, 20)]
    wedges = "".join(shape([(30, 20), edge[i], edge[i + 1]], p.top) for i in (0, 2, 4, 6))
    return p.base + wedges + disc(30, 20, 11.5, p.line), Spot(30, 20, 8.5, p.line)


def wedge(p: Palette) -> tuple[str, Spot]:
    """The lower corner filled, like a road going up."""
    slopes = shape([(0, 40), (60, 0), (60, 40)], p.top) + shape([(16, 40), (60, 10.7), (60, 40)], p.line)
    return p.base + slopes, Spot(14, 11.5, 8, p.dark)


def stripes(p: Palette) -> tuple[str, Spot]:
    """Seven stripes and a canton."""
    stripe, canton = (p.dark, p.second) if p.is_pale else (p.second, p.dark)
    rows = "".join(rect(0, y, WIDTH, 5.72, stripe) for y in (0, 11.43, 22.86, 34.28))
    return rect(0, 0, WIDTH, HEIGHT, WHITE) + rows + rect(0, 0, 27, 22.86, canton), Spot(13.5, 11.4, 8, canton)


def quarters(p: Palette) -> tuple[str, Spot]:
    """Four quarters, the emblem on the light one."""
    return p.base + rect(30, 0, 30, 20, WHITE) + rect(0, 20, 30, 20, p.second), Spot(45, 10, 7.5, WHITE)


def chevron(p: Palette) -> tuple[str, Spot]:
    """A gable."""
    outer = shape([(0, 40), (0, 33), (30, 13), (60, 33), (60, 40)], p.top)
    return p.base + outer + shape([(8, 40), (30, 25), (52, 40)], p.line), Spot(12, 10, 6.5, p.dark)


def border(p: Palette) -> tuple[str, Spot]:
    """A frame."""
    inside = "" if p.is_pale else rect(5, 5, 50, 30, WHITE)
    return rect(0, 0, WIDTH, HEIGHT, p.second) + inside + rect(7, 7, 46, 26, p.dark), Spot(30, 20, 9.5, p.dark)


def roundel(p: Palette) -> tuple[str, Spot]:
    """Two halves and a disc on the seam."""
    fly = "" if p.is_pale else rect(30, 0, 30, HEIGHT, p.second)
    middle = disc(30, 20, 14.5, p.top) + disc(30, 20, 12, p.dark)
    return p.base + rect(0, 0, 30, HEIGHT, p.top) + fly + middle, Spot(30, 20, 8.5, p.dark)


def confluence(p: Palette) -> tuple[str, Spot]:
    """Two streams, or streets, that become one."""
    run = "M-4-4Q20 20 32 20H62M-4 44Q20 20 32 20"
    return p.base + line(run, p.top, 12) + line(run, p.line, 5), Spot(46, 7, 5, p.dark)


def lozenges(p: Palette) -> tuple[str, Spot]:
    """A row of diamonds between two bars."""
    row = "".join(shape([(x, 11.5), (x + 5.5, 20), (x, 28.5), (x - 5.5, 20)], p.line) for x in (8, 19, 30, 41, 52))
    bands = rect(0, 0, WIDTH, 9, p.dark) + rect(0, 31, WIDTH, 9, p.dark)
    return rect(0, 0, WIDTH, HEIGHT, p.top) + bands + row, no_emblem(p)


GEOMETRY: dict[str, Field] = {
    field.__name__: field
    for field in (
        bars, pale, bend, arch, corner, hoist, gyron, wedge, stripes, quarters, chevron, border, roundel, confluence,
        lozenges,
    )
}  # fmt: skip
