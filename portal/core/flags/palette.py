"""What a flag is painted with, and where its emblem goes."""

from collections.abc import Callable
from typing import NamedTuple

from portal.core.colors import WHITE, contrast
from portal.core.flags.shapes import HEIGHT, WIDTH, rect

PALE = 1.75  # a color under this contrast with white is too light to touch white


class Palette(NamedTuple):
    """`top` lies on `dark`, `line` lies on `top`, `base` is the whole flag in `dark`."""

    dark: str
    second: str
    top: str
    line: str
    is_pale: bool
    base: str
    flip: int


class Spot(NamedTuple):
    """Where the emblem stands: center, radius (0: the field has none), and the color under it."""

    x: float
    y: float
    radius: float
    ground: str


Field = Callable[[Palette], tuple[str, Spot]]


def no_emblem(palette: Palette) -> Spot:
    """For a field that says enough by itself."""
    return Spot(0, 0, 0, palette.dark)


def mix(dark: str, second: str, flip: int) -> Palette:
    """A pale second color takes white's place instead of touching it, so light never meets light."""
    is_pale = contrast(second, WHITE) < PALE
    top, line = (second, dark) if is_pale else (WHITE, second)
    return Palette(dark, second, top, line, is_pale, rect(0, 0, WIDTH, HEIGHT, dark), flip)
