"""Cities on the map and on signs: {% load coalition %}."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coalition.answers import WORDS
from coalition.map import FLAG_HEIGHT, FLAG_WIDTH, POLE, Spot, View, place_cities
from coalition.models import City
from coalition.selectors.finder import Choice
from coalition.states import state_name
from portal.core import flags as city_flags

register = template.Library()

DOT, RING = 4.5, 10  # radius in map units
NAMED_OFF_MAP = 4


@register.inclusion_tag("coalition/components/city_map.html")
def city_map(
    cities: Sequence[Any],
    flags: int = 0,
    caption: str | None = None,
    label: str = "",
    rings: bool = False,
    closer: bool = False,
) -> dict[str, Any]:
    """The map of the states with a dot for each city, and at most `flags` of them with their flag raised.

    `label` is what the picture says to those who cannot see it, `caption` stands below it ("" for none); both have a
    default about member cities. `rings` puts a ring around each dot, for a map of few. `closer` shows the part of the
    map where the cities are.
    """
    placed = place_cities(cities, flags=flags, closer=closer)
    return {
        "label": label or _label(len(cities), len(placed.flags)),
        "transform": _transform(placed.view),
        "dots": _dots(placed.spots),
        "rings": _rings(placed.spots) if rings else "",
        "flags": _flags(placed.flags),
        "caption": _("One dot is one member city. Outlines: US Census Bureau. Places: GeoNames.")
        if caption is None
        else caption,
        "off_map": _off_map(placed.off_map),
    }


@register.inclusion_tag("coalition/components/city_map.html")
def places_map(choices: Sequence[Choice], label: str) -> dict[str, Any]:
    """The map with a ringed dot for each place to choose from. `label` is what it says to those who cannot see it."""
    return city_map([choice.place for choice in choices], label=label, caption="", rings=True)


@register.simple_tag
def status_plate(status: str) -> SafeString:
    """The small sign that says where a city stands: green for members, black for all others."""
    kind = "plate plate-guide" if status == City.Status.MEMBER else "plate"
    return format_html('<span class="{}">{}</span>', kind, WORDS[status].plate)


@register.filter
def full_name(place: Any) -> str:
    """A place as people say it: "Springfield, Missouri"."""
    return f"{place.name}, {state_name(place.state)}"


def _label(cities: int, raised: int) -> str:
    label = ngettext(
        "Map of the United States with a dot for %(count)d member city.",
        "Map of the United States with a dot for each of the %(count)d member cities.",
        cities,
    ) % {"count": cities}
    if not raised:
        return label
    more = ngettext("%(count)d flies its flag.", "%(count)d fly their flags.", raised) % {"count": raised}
    return f"{label} {more}"


def _transform(view: View) -> str:
    return f"translate({view.x:.1f} {view.y:.1f}) scale({view.zoom:.2f})" if view.zoom > 1 else ""


def _dots(spots: Iterable[Spot]) -> SafeString:
    """Written here and not in the template, which would take five times as long for hundreds of cities."""
    return mark_safe(  # nosec B308, B703 - numbers, and a name that is escaped
        "".join(
            f'<circle cx="{spot.x}" cy="{spot.y}" r="{DOT}"><title>{escape(full_name(spot.place))}</title></circle>'
            for spot in spots
        )
    )


def _rings(spots: Iterable[Spot]) -> SafeString:
    return mark_safe("".join(f'<circle cx="{spot.x}" cy="{spot.y}" r="{RING}"/>' for spot in spots))  # nosec B308, B703 - numbers


def _flags(spots: Iterable[Spot]) -> SafeString:
    return mark_safe("".join(_flag(spot) for spot in spots))  # nosec B308, B703 - each is safe by itself


def _flag(spot: Spot) -> str:
    city, top = spot.place, spot.y - POLE
    colors = (city.color_first, city.color_second)
    if not all(colors):
        colors = city_flags.default_colors(city.name, city.state)
    drawn = city_flags.drawing(city.name, city.state, *colors, field=city.flag_field, emblem=city.flag_emblem)
    place = f'x="{spot.x}" y="{top}" width="{FLAG_WIDTH}" height="{FLAG_HEIGHT}" viewBox="0 0 60 40"'
    return f'<path class="map-pole" d="M{spot.x} {spot.y}v-{POLE}"/><svg {place}>{drawn}</svg>'


def _off_map(places: Sequence[Any]) -> str:
    """Puerto Rico and the islands are no smaller members for lying beyond the edge of the map."""
    names = [full_name(place) for place in places[:NAMED_OFF_MAP]]
    rest = len(places) - len(names)
    if rest:
        names.append(ngettext("%(count)d more city", "%(count)d more cities", rest) % {"count": rest})
    return get_text_list(names, _("and"))
