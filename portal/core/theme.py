"""Turn a city's two brand colors into a theme whose contrast is guaranteed, and prove it.

Each role keeps the brand's hue and as much of its chroma as sRGB holds; only OKLCH lightness moves, in steps of .005,
until the role's contrast is met on the worst ground it may stand on. So a city may pick any two colors at all.
Ratios are WCAG 2.2: 4.5 for text, 3 for rules and large text, 7 where we ask for more (1.4.3, 1.4.6, 1.4.11).
"""

from collections.abc import Iterator
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.core.colors import (
    BLACK,
    STEP,
    WHITE,
    contrast,
    darker_first,
    held,
    ink_on,
    nearest_passing,
    to_oklch,
    until,
)

PAPER, STONE, INK = "#ffffff", "#f3f1ea", "#14171a"  # light scheme: page, second ground, text (tokens.css)
ASPHALT, GRAVEL, LAMP = "#14181d", "#1f252c", "#f1efe8"  # dark scheme: page, second ground, text
PAIRINGS = {"signpost": "", "poster": '"Big Shoulders", ', "plaque": '"Besley", '}

Roles = dict[str, tuple[str, str]]
"""Role -> (color by day, color by night)."""

__all__ = [
    "PAIRINGS", "READY_THEMES", "Check", "ReadyTheme", "Roles", "checks", "derive", "nearest_passing", "stylesheet",
]  # fmt: skip


class ReadyTheme(NamedTuple):
    """Two colors and a pairing that a city may start with."""

    key: str
    label: str | Promise
    first: str
    second: str
    pairing: str


READY_THEMES = (
    ReadyTheme("harbor", _("Harbor"), "#12355b", "#8ecae6", "signpost"),
    ReadyTheme("mesa", _("Mesa"), "#8a3a12", "#f2a93b", "poster"),
    ReadyTheme("evergreen", _("Evergreen"), "#1f4d2b", "#f0c24b", "plaque"),
    ReadyTheme("foundry", _("Foundry"), "#22262b", "#ffb81c", "poster"),
    ReadyTheme("lakefront", _("Lakefront"), "#00629b", "#f26d5b", "signpost"),
)


class Check(NamedTuple):
    """One pair of colors that meet on a page: what it is, its contrast ratio, and the least it must have."""

    what: str
    ratio: float
    least: float

    @property
    def passes(self) -> bool:
        """Whether the pair is legible."""
        return self.ratio >= self.least


def derive(first: str, second: str) -> Roles:
    """All roles of a theme from two "#rrggbb" colors: the first is the city's voice, the second its accent."""
    band = until(first, -STEP, 7, WHITE)
    band_dark = until(held(first, min(to_oklch(band)[0], 0.36), 0.13), -STEP, 8, WHITE)
    accent_dark = held(second, min(max(to_oklch(second)[0], 0.55), 0.82), 0.15)
    field = darker_first(first, second)[0]  # the ground of the city's flag, the same by day and night
    return {
        "band": (band, band_dark),
        "on-band": (WHITE, WHITE),
        "band-accent": (until(second, STEP, 4.5, band), until(second, STEP, 4.5, band_dark)),
        "action": (until(first, -STEP, 4.6, STONE), until(first, STEP, 5.5, GRAVEL)),
        "on-action": (WHITE, BLACK),
        "accent": (second, accent_dark),
        "on-accent": (ink_on(second), ink_on(accent_dark)),
        "accent-line": (until(second, -STEP, 3, STONE), until(second, STEP, 3, GRAVEL)),
        "field": (field, field),
        "on-field": (ink_on(field), ink_on(field)),
        "tint": (held(first, 0.958, 0.013), held(first, 0.27, 0.03)),
    }


def checks(roles: Roles) -> Iterator[Check]:
    """Every pair of colors that meet on a page, by day and then by night."""
    for scheme, page, second_ground, ink in ((0, PAPER, STONE, INK), (1, ASPHALT, GRAVEL, LAMP)):
        role = {name: pair[scheme] for name, pair in roles.items()}
        yield Check("text on band", contrast(role["on-band"], role["band"]), 7)
        yield Check("accent text on band", contrast(role["band-accent"], role["band"]), 4.5)
        yield Check("link on page", contrast(role["action"], page), 4.5)
        yield Check("link on second ground", contrast(role["action"], second_ground), 4.5)
        yield Check("link on tint", contrast(role["action"], role["tint"]), 4.5)
        yield Check("button text", contrast(role["on-action"], role["action"]), 4.5)
        yield Check("text on flag field", contrast(role["on-field"], role["field"]), 4.5)
        yield Check("text on accent", contrast(role["on-accent"], role["accent"]), 4.5)
        yield Check("accent rule on page", contrast(role["accent-line"], page), 3)
        yield Check("accent rule on second ground", contrast(role["accent-line"], second_ground), 3)
        yield Check("text on tint", contrast(ink, role["tint"]), 7)


def stylesheet(first: str, second: str, pairing: str = "signpost", selector: str = ":root") -> str:
    """The city's whole style sheet: a dozen custom properties in the `theme` layer.

    `pairing` is a key of PAIRINGS (KeyError otherwise). Colors must be checked "#rrggbb" values: they are written as
    they are.
    """
    display = PAIRINGS[pairing]
    lines = [
        f"  --{name}: {day};" if day == night else f"  --{name}: light-dark({day}, {night});"
        for name, (day, night) in derive(first, second).items()
    ]
    if display:
        lines.append(f"  --display: {display}var(--text);")
    return f"@layer theme {{\n{selector} {{\n" + "\n".join(lines) + "\n}\n}\n"
