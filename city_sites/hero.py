"""The top of a city's home page: which part of the flag, or which picture, stands where."""

from dataclasses import dataclass, replace
from typing import Any

from city_sites.models import CityHomePage
from portal.core.flag_bearers import FlagBearer
from portal.core.flags import plan

WHOLE = "0 0 60 40"
FREE_OF_THE_HOIST = {"peaks"}
"""Fields whose shapes keep clear of the side where the words stand: the drawing may reach behind them."""
EMBLEM_AT_THE_HOIST = {"bend", "chevron", "corner", "falls", "hoist", "mesa", "wedge"}
"""Fields of which the side at the pole has to be seen when a part is cut off."""
WIDE_PARTS: dict[str, str] = {
    "bars": "0 11 60 18", "pale": "-25 8 110 24", "bend": "0 20 60 15", "arch": "-38 10.5 136 29.5",
    "corner": "0 14 90 21", "hoist": "0 12 60 16", "gyron": "0 11 60 18", "wedge": "0 2.5 60 18",
    "stripes": "0 2.4 60 18", "quarters": "0 2 60 20", "chevron": "0 3 60 18", "border": "0 10 60 20",
    "roundel": "0 11 60 18", "confluence": "0 12.5 60 16", "lozenges": "0 10.5 60 19", "river": "-14 17 88 20",
    "waves": "-9 18 78 19", "bay": "-7 6.5 74 18", "sails": "-30 2.5 120 26", "falls": "0 17 60 18",
    "sunrise": "-38 10.5 136 29.5", "hills": "0 19 60 17", "vale": "0 4 60 18", "furrows": "0 17 60 17",
    "peaks": "-44 3 148 37", "mesa": "0 18 60 18", "grove": "-38 5 136 27.2", "bridge": "0 17 60 18",
    "wall": "0 16 60 18",
}  # fmt: skip
"""The part of each field that makes a wide picture: its emblem whole or not at all.

Where it reaches beyond the flag, the ground goes on there.
"""
MIDDLE = "0 11 60 18"
LONG_WORD = 11  # letters; "neighborhood" has twelve


@dataclass(frozen=True)
class Hero:
    """How the top is drawn.

    `is_free`: the drawing keeps clear of the words by itself; `has_long_words`: the headline needs smaller letters.
    """

    style: str
    bearer: FlagBearer
    image: Any | None = None
    view_box: str = WHOLE
    preserve: str = "xMidYMid meet"
    is_free: bool = False
    has_long_words: bool = False


def hero_of(home: CityHomePage, bearer: FlagBearer) -> Hero:
    """The hero that the home page asks for. A page of words only shows no picture either."""
    styles = CityHomePage.HeroStyle
    style = home.hero_style if home.hero_style in styles else styles.POLE
    image = home.hero_image if style != styles.PLAIN else None
    hero = Hero(style, bearer, image, has_long_words=any(len(word) >= LONG_WORD for word in home.hero_title.split()))
    field = bearer.flag_field or plan(bearer.name, bearer.state).field
    if style == styles.PLAQUE:
        return replace(hero, view_box=WIDE_PARTS.get(field, MIDDLE), preserve="xMidYMid slice")
    if style != styles.POSTER:
        return hero
    if field in FREE_OF_THE_HOIST and not image:
        return replace(hero, preserve="xMaxYMax meet", is_free=True)
    side = "xMin" if field in EMBLEM_AT_THE_HOIST else "xMid"
    return replace(hero, preserve=f"{side}YMax slice")
