"""The picture that stands beside a link when somebody shares it: 1200 by 630, drawn in the look of the site.

One flag flies from a pole beside the title; several make a ribbon under it; without any, the mark's tiles do.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from itertools import cycle, islice
from pathlib import Path
from typing import Any, NamedTuple

import resvg_py
from django.conf import settings
from django.utils.html import escape
from PIL import ImageFont

from portal.core import brand
from portal.core import flags as flag_art
from portal.core.flag_bearers import FlagBearer

WIDTH, HEIGHT = 1200, 630
EDGE = 72
FONT = Path(__file__).parent / "static" / "portal" / "fonts" / "overpass-800.ttf"
BLACK, WHITE, YELLOW = "#101316", "#ffffff", "#ffcd00"

TITLE_SIZES = (124, 108, 94, 82, 72, 64, 56, 50)
MAX_LINES = 4
LEADING = 1.04  # line height, in font sizes
TRACKING = -0.015  # letter spacing, in font sizes; headings on the site have the same

RIBBON_TOP, RIBBON_FLAGS = 518, 8
RULE = 12  # the yellow line
POLE_X, FLAG_WIDTH = 700, 428


class Title(NamedTuple):
    """A title broken into lines of one size."""

    lines: tuple[str, ...]
    size: int


def card_svg(title: str, kicker: str = "", flags: Sequence[Any] = (), language: str = "en") -> str:
    """The card as SVG. `kicker` is a short line over the title; `flags` are cities, as {% flag_of %} takes them."""
    flying = list(islice(flags, RIBBON_FLAGS))
    room = POLE_X - EDGE - 56 if len(flying) == 1 else WIDTH - 2 * EDGE
    foot = HEIGHT - RULE if len(flying) == 1 else RIBBON_TOP
    head, top = _head(title)
    kicker_high = 58 if kicker else 0
    fitted = fit(title, room, foot - top - kicker_high - 40)
    shapes = [
        f'<path fill="{BLACK}" d="M0 0h{WIDTH}v{HEIGHT}H0z"/>',
        head,
        _pole(flying[0]) if len(flying) == 1 else _ribbon(flying),
        _text(kicker, EDGE, top + 34, 34, YELLOW) if kicker else "",
        _lines(fitted, top + kicker_high),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xml:lang="{escape(language)}" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}">{"".join(shapes)}</svg>'
    )


def card_png(svg: str) -> bytes:
    """The card as PNG, with the site's own font and no other. Raises ValueError for SVG that cannot be read."""
    return resvg_py.svg_to_bytes(
        svg_string=svg, skip_system_fonts=True, font_files=[str(FONT)], font_family="Overpass", width=WIDTH
    )


def fit(title: str, width: float, height: float) -> Title:
    """The title in the largest size whose lines fit, at most four of them; in the smallest size it is cut short."""
    for size in TITLE_SIZES:
        lines = wrap(title, width, partial(text_width, size=size))
        fits = len(lines) <= MAX_LINES and len(lines) * size * LEADING <= height
        if fits and all(text_width(line, size) <= width for line in lines):
            return Title(tuple(_balanced(title, lines, size)), size)
    size = TITLE_SIZES[-1]
    most = max(1, min(MAX_LINES, int(height / (size * LEADING))))
    lines = wrap(title, width, partial(text_width, size=size))
    kept = lines[:most]
    last = kept[-1] + ("…" if len(lines) > most else "")
    while text_width(last, size) > width:
        last = last.rstrip("…")[:-1].rstrip() + "…"
    return Title((*kept[:-1], last), size)


def wrap(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """Lines of whole words, each as long as `width` allows; a word longer than that has a line to itself."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines or [""]


def text_width(text: str, size: int) -> float:
    """How wide the text is in the card's font at `size` pixels."""
    return _font(size).getlength(text) + len(text) * TRACKING * size


def _balanced(title: str, lines: list[str], size: int) -> list[str]:
    """The same number of lines, of more equal length: the narrowest column that does not need another line."""
    widest = max(text_width(line, size) for line in lines)
    balanced = lines
    while len(lines) > 1:
        widest -= size / 4
        tighter = wrap(title, widest, partial(text_width, size=size))
        if len(tighter) > len(lines) or any(text_width(line, size) > widest for line in tighter):
            return balanced
        balanced = tighter
    return balanced


@lru_cache(maxsize=len(TITLE_SIZES))
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONT), size)


def _text(text: str, x: float, y: float, size: int, color: str) -> str:
    return (
        f'<text x="{x}" y="{y:.1f}" fill="{color}" font-family="Overpass" font-weight="800" font-size="{size}" '
        f'letter-spacing="{size * TRACKING:.2f}">{escape(text)}</text>'
    )


def _lines(title: Title, top: float) -> str:
    first = top + title.size * 0.86  # from the top of the capitals' line to its foot
    return "".join(
        _text(line, EDGE - title.size * 0.04, first + i * title.size * LEADING, title.size, WHITE)
        for i, line in enumerate(title.lines)
    )


def _head(title: str) -> tuple[str, int]:
    """Mark and name at the top (a card titled by the name shows the mark alone), and where the matter begins."""
    name = settings.WAGTAIL_SITE_NAME
    is_own = title == name
    side = 120 if is_own else 76
    place = f'x="{EDGE}" y="{EDGE - 12}" width="{side}" height="{side}" viewBox="0 0 48 48"'
    drawn = f"<svg {place}>{brand.mark_shapes()}</svg>"
    if is_own:
        return drawn, 226
    return drawn + _text(name, EDGE + 98, EDGE + 39, 38, WHITE), 182


def _city_drawing(city: Any) -> str:
    flown = FlagBearer.of(city)
    return flag_art.drawing(flown.name, flown.state, *flown.colors, field=flown.flag_field, emblem=flown.flag_emblem)


def _placed(shapes: str, x: float, y: float, width: float) -> str:
    """A flag's shapes, set into the card."""
    return f'<svg x="{x}" y="{y}" width="{width}" height="{width * 2 / 3:.1f}" viewBox="0 0 60 40">{shapes}</svg>'


def _ribbon(cities: list[Any]) -> str:
    drawn = [_city_drawing(city) for city in cities] or list(brand.TILES)
    wide = WIDTH / RIBBON_FLAGS
    rule = f'<path fill="{YELLOW}" d="M0 {RIBBON_TOP}h{WIDTH}v{RULE}H0z"/>'
    return rule + "".join(
        _placed(shapes, i * wide, RIBBON_TOP + RULE, wide)
        for i, shapes in enumerate(islice(cycle(drawn), RIBBON_FLAGS))
    )


def _pole(city: Any) -> str:
    """One flag on its pole, which stands on the yellow line."""
    top, foot = 150, HEIGHT - RULE
    pole = f'<path fill="{WHITE}" d="M{POLE_X - 12} {top - 14}h12V{foot}h-12z"/>'
    ball = f'<circle cx="{POLE_X - 6}" cy="{top - 22}" r="15" fill="{WHITE}"/>'
    ground = f'<path fill="{YELLOW}" d="M0 {foot}h{WIDTH}v{RULE}H0z"/>'
    wide, high = FLAG_WIDTH + 4, FLAG_WIDTH * 2 / 3 + 8
    edge = f'<path fill="{WHITE}" d="M{POLE_X} {top - 4}h{wide}v{high:.1f}h-{wide}z"/>'
    return ground + pole + ball + edge + _placed(_city_drawing(city), POLE_X, top, FLAG_WIDTH)
