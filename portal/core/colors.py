"""Color arithmetic: WCAG contrast, and moving a color's lightness without changing its hue.

Colors are "#rrggbb" strings, as the city's form checks them. Luminance and contrast follow WCAG 2.2
(https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio); OKLCH follows Björn Ottosson, "A perceptual color space for
image processing" (https://bottosson.github.io/posts/oklab/).
"""

import math
import re
from functools import lru_cache

WHITE, BLACK = "#ffffff", "#000000"
STEP = 0.005  # of OKLCH lightness: small enough that two neighboring steps look the same

_TYPED = re.compile(r"#?([0-9a-fA-F]{6}|[0-9a-fA-F]{3})")
_CHECKED = re.compile(r"#[0-9a-f]{6}")


def as_hex(text: str) -> str:
    """The color that somebody typed ("#ABC", " 12355B ") as "#rrggbb" in small letters; empty for anything else."""
    found = _TYPED.fullmatch(text.strip())
    if found is None:
        return ""
    digits = found[1].lower()
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))


def is_hex(color: str) -> bool:
    """Whether it is "#rrggbb" in small letters already, and so may be written into a style sheet."""
    return _CHECKED.fullmatch(color) is not None


def _linear(color: str) -> tuple[float, float, float]:
    """The three channels as amounts of light, 0 to 1."""
    parts = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return red, green, blue


@lru_cache(maxsize=4096)
def luminance(color: str) -> float:
    """Relative luminance (WCAG 2), 0 for black to 1 for white."""
    red, green, blue = _linear(color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, two: str) -> float:
    """WCAG contrast ratio of two colors, 1 to 21."""
    low, high = sorted((luminance(one), luminance(two)))
    return (high + 0.05) / (low + 0.05)


def darker_first(one: str, two: str) -> tuple[str, str]:
    """The two colors, the darker one first."""
    return (two, one) if luminance(one) > luminance(two) else (one, two)


def ink_on(color: str) -> str:
    """Black or white, whichever reads better; on any color one of the two reaches 4.58."""
    return max((BLACK, WHITE), key=lambda ink: contrast(ink, color))


def to_oklch(color: str) -> tuple[float, float, float]:
    """Lightness 0 to 1, chroma (0 is gray), hue in radians."""
    red, green, blue = _linear(color)
    cone_l = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    cone_m = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    cone_s = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    light = 0.2104542553 * cone_l + 0.7936177850 * cone_m - 0.0040720468 * cone_s
    one = 1.9779984951 * cone_l - 2.4285922050 * cone_m + 0.4505937099 * cone_s
    two = 0.0259040371 * cone_l + 0.7827717662 * cone_m - 0.8086757660 * cone_s
    return light, math.hypot(one, two), math.atan2(two, one)


def _channels(light: float, chroma: float, hue: float) -> tuple[float, float, float]:
    """OKLCH as linear red, green, blue; outside 0 to 1 where sRGB has no such color."""
    one, two = chroma * math.cos(hue), chroma * math.sin(hue)
    cone_l = (light + 0.3963377774 * one + 0.2158037573 * two) ** 3
    cone_m = (light - 0.1055613458 * one - 0.0638541728 * two) ** 3
    cone_s = (light - 0.0894841775 * one - 1.2914855480 * two) ** 3
    return (
        4.0767416621 * cone_l - 3.3077115913 * cone_m + 0.2309699292 * cone_s,
        -1.2684380046 * cone_l + 2.6097574011 * cone_m - 0.3413193965 * cone_s,
        -0.0041960863 * cone_l - 0.7034186147 * cone_m + 1.7076147010 * cone_s,
    )


def to_hex(light: float, chroma: float, hue: float) -> str:
    """The nearest color that sRGB holds: chroma is lowered until there is one."""
    channels = _channels(light, chroma, hue)
    while chroma >= 0.001 and not all(-0.0005 <= c <= 1.0005 for c in channels):
        chroma -= 0.002
        channels = _channels(light, chroma, hue)
    clipped = (min(1.0, max(0.0, c)) for c in channels)
    curved = (12.92 * c if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055 for c in clipped)
    return "#" + "".join(f"{round(c * 255):02x}" for c in curved)


def passes(color: str, least: float, *grounds: str) -> bool:
    """Whether the color has at least that contrast on every ground."""
    return all(contrast(color, ground) >= least for ground in grounds)


def until(color: str, step: float, least: float, *grounds: str) -> str:
    """The color, made lighter (positive step) or darker (negative) until it has `least` contrast on every ground.

    A color that already passes comes back as it is. Where no shade of it passes in this direction, white or black
    comes back.
    """
    light, chroma, hue = to_oklch(color)
    result = color
    while not passes(result, least, *grounds):
        light += step
        if not 0 < light < 1:
            return WHITE if step > 0 else BLACK
        result = to_hex(light, chroma, hue)
    return result


def held(color: str, light: float, chroma: float) -> str:
    """The color's hue at a fixed lightness and at most the given chroma."""
    _light, own, hue = to_oklch(color)
    return to_hex(light, min(own, chroma), hue)


def nearest_passing(color: str, least: float, *grounds: str) -> str:
    """The color of the same hue, as little lighter or darker as possible, that has `least` contrast on every ground.

    Falls back to black or white when no lightness of the hue will do (say, 7:1 on a middle gray).
    """
    start = to_oklch(color)[0]
    tries = [until(color, step, least, *grounds) for step in (-STEP, STEP)]
    good = [found for found in tries if passes(found, least, *grounds)]
    if not good:
        return max((BLACK, WHITE), key=lambda ink: min(contrast(ink, ground) for ground in grounds))
    return min(good, key=lambda found: abs(to_oklch(found)[0] - start))
