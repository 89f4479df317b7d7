"""Turn a city's two brand colors into a theme whose contrast is guaranteed, and prove it.

Each role keeps the brand's hue and as much of its chroma as sRGB holds; only OKLCH lightness moves, in steps of .005,
until the role's contrast is met on the worst ground it may stand on. So a city may pick any two colors at all.
Ratios are WCAG 2.2: 4.5 for text, 3 for rules and large text, 7 where we ask for more (1.4.3, 1.4.6, 1.4.11).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
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
    is_hex,
    nearest_passing,
    passes,
    to_oklch,
    until,
)

PAPER, STONE, INK = "#ffffff", "#f3f1ea", "#14171a"  # light scheme: page, second ground, text (tokens.css)
ASPHALT, GRAVEL, LAMP = "#14181d", "#1f252c", "#f1efe8"  # dark scheme: page, second ground, text
BEACON = "#ffd04a"  # the ring around what has the focus on a band
TEXT, MORE, RULE = 4.5, 7, 3
DAY, NIGHT = 0, 1

PAIRINGS = {"signpost": "", "poster": '"Big Shoulders", ', "plaque": '"Besley", '}
SCHEMES = {"both": "light dark", "light": "light", "dark": "dark"}
"""What a city may choose -> the CSS `color-scheme`."""

Roles = Mapping[str, tuple[str, str]]
"""Role -> (color by day, color by night)."""

__all__ = [
    "DAY", "NIGHT", "PAIRINGS", "READY_THEMES", "SCHEMES", "Check", "ReadyTheme", "Refusal", "Roles", "Theme",
    "action_refusal", "band_refusal", "checks", "derive", "nearest_passing", "roles", "stylesheet", "theme_colors",
]  # fmt: skip


@dataclass(frozen=True)
class Theme:
    """All that decides a city's theme. `band` and `action` are the city's own wish for one role; empty: derived.

    Raises ValueError for anything but "#rrggbb" colors, a key of PAIRINGS and a key of SCHEMES.
    """

    first: str
    second: str
    pairing: str = "signpost"
    scheme: str = "both"
    band: str = ""
    action: str = ""

    def __post_init__(self) -> None:
        """Nothing that is unchecked becomes a theme."""
        for color in (self.first, self.second, *filter(None, (self.band, self.action))):
            if not is_hex(color):
                raise ValueError(f"{color!r} is not a color.")
        if self.pairing not in PAIRINGS or self.scheme not in SCHEMES:
            raise ValueError(f"{self.pairing!r}, {self.scheme!r}: nobody drew this theme.")

    @property
    def color_scheme(self) -> str:
        """For <meta name="color-scheme">: "light dark", "light" or "dark"."""
        return SCHEMES[self.scheme]


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


class Refusal(NamedTuple):
    """Why a city's wish for one role is refused: too little contrast on `ground`; `nearest` would do."""

    ratio: float
    least: float
    nearest: str
    ground: str


def derive(first: str, second: str, *, band: str = "", action: str = "") -> dict[str, tuple[str, str]]:
    """All roles of a theme from "#rrggbb" colors: the first is the city's voice, the second its accent.

    `band` and `action` take the place of what would be derived from the first color by day, and their hue decides the
    night. One that is refused (see below) is moved as little as makes it legible, whoever wrote it.
    """
    tint = held(first, 0.958, 0.013), held(first, 0.27, 0.03)
    day_band = until(band, -STEP, TEXT, WHITE) if band else until(first, -STEP, MORE, WHITE)
    night_band = until(held(band or first, min(to_oklch(day_band)[0], 0.36), 0.13), -STEP, 8, WHITE)
    day_action = until(action, -STEP, TEXT, PAPER, STONE, tint[0]) if action else until(first, -STEP, 4.6, STONE)
    accent_dark = held(second, min(max(to_oklch(second)[0], 0.55), 0.82), 0.15)
    field = darker_first(first, second)[0]  # the ground of the city's flag, the same by day and night
    return {
        "band": (day_band, night_band),
        "on-band": (WHITE, WHITE),
        "band-accent": (until(second, STEP, TEXT, day_band), until(second, STEP, TEXT, night_band)),
        "action": (day_action, until(action or first, STEP, 5.5, GRAVEL)),
        "on-action": (WHITE, BLACK),
        "accent": (second, accent_dark),
        "on-accent": (ink_on(second), ink_on(accent_dark)),
        "accent-line": (until(second, -STEP, RULE, STONE, tint[0]), until(second, STEP, RULE, GRAVEL, tint[1])),
        "field": (field, field),
        "on-field": (ink_on(field), ink_on(field)),
        "tint": tint,
    }


def roles(theme: Theme) -> Roles:
    """All roles of the theme, remembered."""
    return _roles(theme.first, theme.second, theme.band, theme.action)


@lru_cache(maxsize=512)
def _roles(first: str, second: str, band: str, action: str) -> Roles:
    return MappingProxyType(derive(first, second, band=band, action=action))


def theme_colors(theme: Theme) -> tuple[str, str]:
    """What a browser may paint its own bars with: the band by day and by night, twice the same for one scheme."""
    day, night = roles(theme)["band"]
    return {"both": (day, night), "light": (day, day), "dark": (night, night)}[theme.scheme]


def checks(of: Roles, *, schemes: Sequence[int] = (DAY, NIGHT), wished_band: bool = False) -> Iterator[Check]:
    """Every pair of colors that meet on a page, by day and then by night.

    Text on a derived band has 7:1. On a band that the city wished for it has 4.5:1 by day.
    """
    for scheme in schemes:
        page, second_ground, ink = ((PAPER, STONE, INK), (ASPHALT, GRAVEL, LAMP))[scheme]
        role = {name: pair[scheme] for name, pair in of.items()}
        yield Check("text on band", contrast(role["on-band"], role["band"]), TEXT if wished_band else MORE)
        yield Check("accent text on band", contrast(role["band-accent"], role["band"]), TEXT)
        yield Check("focus ring on band", contrast(BEACON, role["band"]), RULE)
        yield Check("link on page", contrast(role["action"], page), TEXT)
        yield Check("link on second ground", contrast(role["action"], second_ground), TEXT)
        yield Check("link on tint", contrast(role["action"], role["tint"]), TEXT)
        yield Check("button text", contrast(role["on-action"], role["action"]), TEXT)
        yield Check("text on flag field", contrast(role["on-field"], role["field"]), TEXT)
        yield Check("text on accent", contrast(role["on-accent"], role["accent"]), TEXT)
        yield Check("accent rule on page", contrast(role["accent-line"], page), RULE)
        yield Check("accent rule on second ground", contrast(role["accent-line"], second_ground), RULE)
        yield Check("accent rule on tint", contrast(role["accent-line"], role["tint"]), RULE)
        yield Check("text on tint", contrast(ink, role["tint"]), MORE)


def band_refusal(color: str) -> Refusal | None:
    """Why white text cannot stand on this "#rrggbb" header; None when it can."""
    return _refusal(color, WHITE)


def action_refusal(color: str, first: str = "") -> Refusal | None:
    """Why "#rrggbb" links and buttons cannot be read; None when they can: on the page, the second ground, the tint.

    The tint comes from the city's first color; leave it out where that is not known.
    """
    tint = (held(first, 0.958, 0.013),) if first else ()
    return _refusal(color, PAPER, STONE, *tint)


def _refusal(color: str, *grounds: str) -> Refusal | None:
    for ground in grounds:
        if not passes(color, TEXT, ground):
            return Refusal(contrast(color, ground), TEXT, nearest_passing(color, TEXT, *grounds), ground)
    return None


def stylesheet(theme: Theme, selector: str = ":root") -> str:
    """The city's whole style sheet: a dozen custom properties in the `theme` layer, and the scheme if there is one.

    Both schemes' colors are always there: paper is light in a city that is always dark.
    """
    lines = [] if theme.scheme == "both" else [f"  color-scheme: {theme.color_scheme};"]
    lines += [
        f"  --{name}: {day};" if day == night else f"  --{name}: light-dark({day}, {night});"
        for name, (day, night) in roles(theme).items()
    ]
    if display := PAIRINGS[theme.pairing]:
        lines.append(f"  --display: {display}var(--text);")
    return f"@layer theme {{\n{selector} {{\n" + "\n".join(lines) + "\n}\n}\n"
