"""Flag, seal and pennant as inline SVG, ready to be put into a page."""

import math
from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from portal.core.colors import WHITE, contrast, darker_first
from portal.core.flags.emblems import DRAWN as EMBLEM_DRAWN
from portal.core.flags.emblems import emblem_shapes
from portal.core.flags.geometry import GEOMETRY
from portal.core.flags.landscape import LANDSCAPE
from portal.core.flags.palette import Spot, mix
from portal.core.flags.rules import Plan, plan
from portal.core.flags.shapes import HEIGHT, WIDTH, disc, hoop, n, shape

FIELD_DRAWN = {**GEOMETRY, **LANDSCAPE}
MUTED = ("#8a877d", "#bdb9ad")  # the flag of a city that has not joined yet: the same drawing, waiting for its colors

SEAL_CENTER, SEAL_RADIUS = 32, 22.4
# The drawing inside a seal is a square whose corners the ring covers, so no clip path and no id is needed: any
# number of seals of one city can stand on a page.


def _loudest(colors: tuple[str, ...], ground: str) -> str:
    """The color that stands out most on `ground`."""
    return max((color for color in colors if color != ground), key=lambda color: contrast(color, ground))


def _chosen(name: str, state: str, field: str, emblem: str) -> Plan:
    """The stored choice where we still draw it, else what the name and the hash say."""
    planned = plan(name, state)
    return Plan(
        field if field in FIELD_DRAWN else planned.field,
        emblem if emblem in EMBLEM_DRAWN else planned.emblem,
        planned.flip,
    )


def _paints(first: str, second: str, *, muted: bool) -> tuple[str, str]:
    return MUTED if muted else darker_first(first, second)


@lru_cache(maxsize=4096)
def _drawn(chosen: Plan, dark: str, light: str) -> tuple[str, Spot]:
    """The whole flag's shapes, and where its emblem stands."""
    shapes, spot = FIELD_DRAWN[chosen.field](mix(dark, light, chosen.flip))
    if spot.radius:
        fill = _loudest((WHITE, dark, light), spot.ground)
        shapes += emblem_shapes(chosen.emblem, spot.x, spot.y, spot.radius, fill, spot.ground)
    return shapes, spot


def _svg(view_box: str, shapes: str, *, css_class: str, size: int | None, preserve: str) -> SafeString:
    width, height = (float(part) for part in view_box.split()[2:])
    named = format_html(' class="{}"', css_class) if css_class else ""
    sized = f' width="{size}" height="{round(size * height / width)}"' if size else ""
    fitted = format_html(' preserveAspectRatio="{}"', preserve) if preserve else ""
    opening = f'<svg{named}{sized}{fitted} xmlns="http://www.w3.org/2000/svg" viewBox="{view_box}" aria-hidden="true">'
    return mark_safe(f"{opening}{shapes}</svg>")  # nosec B308, B703 - our own shapes, in colors that were read as colors


def drawing(
    name: str, state: str, first: str, second: str, *, field: str = "", emblem: str = "", muted: bool = False
) -> SafeString:
    """The flag's shapes on a ground 60 wide and 40 high, without the <svg> around them: for cards and maps."""
    shapes, _spot = _drawn(_chosen(name, state, field, emblem), *_paints(first, second, muted=muted))
    return mark_safe(shapes)  # nosec B308, B703 - as above


@lru_cache(maxsize=2048)
def flag_svg(
    name: str,
    state: str,
    first: str,
    second: str,
    *,
    field: str = "",
    emblem: str = "",
    muted: bool = False,
    css_class: str = "",
    size: int | None = None,
    preserve: str = "",
    view_box: str = f"0 0 {WIDTH} {HEIGHT}",
) -> SafeString:
    """A city's flag, 3:2. The same arguments always give the same drawing.

    `first` and `second` are "#rrggbb"; `field` and `emblem` are the city's stored choice and win over the hash;
    `muted` draws it in gray; `size` is the width in CSS pixels (without it the style sheet decides); `preserve` is an
    SVG preserveAspectRatio; `view_box` cuts a part out of the flag, in sixtieths of its width.
    """
    shapes = drawing(name, state, first, second, field=field, emblem=emblem, muted=muted)
    return _svg(view_box, shapes, css_class=css_class, size=size, preserve=preserve)


def pennant_svg(
    name: str,
    state: str,
    first: str,
    second: str,
    *,
    field: str = "",
    emblem: str = "",
    muted: bool = False,
    css_class: str = "",
    size: int | None = None,
    preserve: str = "",
) -> SafeString:
    """A long triangle, 60:24: the darker color flies, the lighter one stays at the pole. Arguments as in flag_svg."""
    dark, light = _paints(first, second, muted=muted)
    kind = _chosen(name, state, field, emblem).emblem
    shapes = shape([(0, 0), (60, 12), (0, 24)], dark) + shape([(0, 0), (8, 1.6), (8, 22.4), (0, 24)], light)
    shapes += emblem_shapes(kind, 18, 12, 6, _loudest((WHITE, light), dark), dark)
    return _svg("0 0 60 24", shapes, css_class=css_class, size=size, preserve=preserve)


def _heart(chosen: Plan, dark: str, light: str) -> str:
    """What fills a seal: the middle of the flag, or the emblem alone where the middle would cut it."""
    shapes, spot = _drawn(chosen, dark, light)
    left = top = SEAL_CENTER - SEAL_RADIUS
    if spot.radius and spot.x != WIDTH / 2:
        fill = _loudest((WHITE, light), dark)
        return emblem_shapes(chosen.emblem, SEAL_CENTER, SEAL_CENTER, 15.5, fill, dark)
    side = 2 * SEAL_RADIUS
    place = f'x="{n(left)}" y="{n(top)}" width="{n(side)}" height="{n(side)}" preserveAspectRatio="xMidYMid slice"'
    return f'<svg {place} viewBox="0 0 {WIDTH} {HEIGHT}">{shapes}</svg>'


def _beads(count: int, color: str) -> str:
    turns = (2 * math.pi * i / count for i in range(count))
    return "".join(
        disc(SEAL_CENTER + 28.5 * math.sin(turn), SEAL_CENTER - 28.5 * math.cos(turn), 1.5, color) for turn in turns
    )


@lru_cache(maxsize=1024)
def seal_svg(
    name: str,
    state: str,
    first: str,
    second: str,
    *,
    field: str = "",
    emblem: str = "",
    muted: bool = False,
    css_class: str = "",
    size: int | None = None,
    preserve: str = "",
) -> SafeString:
    """The heart of the flag in a ring with one bead for every letter of the name. Arguments as in flag_svg."""
    dark, light = _paints(first, second, muted=muted)
    bead = _loudest((WHITE, light), dark)
    shapes = disc(SEAL_CENTER, SEAL_CENTER, 31.8, dark) + _heart(_chosen(name, state, field, emblem), dark, light)
    shapes += hoop(SEAL_CENTER, SEAL_CENTER, 28.2, dark, 7.6) + hoop(SEAL_CENTER, SEAL_CENTER, 23.6, WHITE, 2.6)
    shapes += _beads(sum(letter.isalpha() for letter in name), bead)
    return _svg("0 0 64 64", shapes, css_class=css_class, size=size, preserve=preserve)
