"""The coalition's mark, and the tiles it is made of: star, sun, water, tent."""

from functools import lru_cache
from pathlib import Path

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from portal.core.flags.shapes import path, rect, shape, star, wave

MARK = Path(__file__).parent / "static" / "portal" / "svg" / "mark.svg"
GREEN, BLUE, BROWN, YELLOW, RED, WHITE = "#00573f", "#003f87", "#6b3a12", "#ffcd00", "#a51c2b", "#ffffff"

# Each is as large as a flag (60 by 40), so they can stand where flags stand and claim no city.
TILES = (
    rect(0, 0, 60, 40, GREEN) + star(30, 21, 15, WHITE),
    rect(0, 0, 60, 40, YELLOW) + path("M10 40a20 20 0 0 1 40 0z", RED),
    rect(0, 0, 60, 40, BLUE) + "".join(wave(y, WHITE, 4) for y in (13, 23, 33)),
    rect(0, 0, 60, 40, BROWN) + shape([(9, 40), (30, 7), (51, 40)], WHITE),
)


@lru_cache(maxsize=1)
def mark_shapes() -> str:
    """The mark's drawing on a ground of 48 by 48, without the <svg> around it."""
    drawn = MARK.read_text(encoding="utf-8").strip()
    return drawn[drawn.index(">") + 1 :].removesuffix("</svg>")


def mark_svg(css_class: str = "") -> SafeString:
    """The mark as inline SVG, hidden from screen readers: the name stands beside it."""
    classed = format_html(' class="{}"', css_class) if css_class else ""
    return mark_safe(f'<svg{classed} viewBox="0 0 48 48" aria-hidden="true">{mark_shapes()}</svg>')  # nosec B308, B703
