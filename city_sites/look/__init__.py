"""A city's look: what is made of the fields of its home page, and the tab in which its people choose them.

`home` is a CityHomePage throughout; the model uses this module, so it is not imported here.
"""

from typing import Any

from portal.core.colors import as_hex
from portal.core.flag_bearers import FlagBearer
from portal.core.flags import default_colors
from portal.core.theme import PAIRINGS, SCHEMES, Theme, theme_colors
from portal.core.theme_views import theme_url

__all__ = ["LOOK_FIELDS", "look_url", "theme_colors", "theme_of"]

LOOK_FIELDS = (
    "color_first", "color_second", "color_band", "color_action", "pairing", "scheme", "hero_style", "header_layout",
    "footer_layout", "logo", "hero_image",
)  # fmt: skip
"""What all languages of a city's site share."""


def theme_of(home: Any) -> Theme:
    """The theme that the home page asks for. What is not a checked value (a draft may hold anything) does not count.

    No query, unless a color is missing and `home.city` is not there yet: then the city's own colors stand in.
    """
    first, second = as_hex(home.color_first), as_hex(home.color_second)
    if not (first and second):
        first, second = (own or stand_in for own, stand_in in zip((first, second), _city_colors(home), strict=True))
    return Theme(
        first=first,
        second=second,
        pairing=home.pairing if home.pairing in PAIRINGS else "signpost",
        scheme=home.scheme if home.scheme in SCHEMES else "both",
        band=as_hex(home.color_band),
        action=as_hex(home.color_action),
    )


def look_url(home: Any) -> str:
    """The address of the style sheet that gives the site its colors and letters."""
    return theme_url(theme_of(home))


def _city_colors(home: Any) -> list[str]:
    bearer = FlagBearer.of(home.city)
    by_name = default_colors(bearer.name, bearer.state)
    return [as_hex(own) or drawn for own, drawn in zip(bearer.colors, by_name, strict=True)]
