"""What comes of the colors in the Look tab: a small page by day and by night, its ratios, and what is refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from city_sites.look import words
from portal.core.colors import as_hex
from portal.core.flags import flag_svg
from portal.core.theme import (
    DAY,
    NIGHT,
    PAIRINGS,
    SCHEMES,
    Roles,
    Theme,
    action_refusal,
    band_refusal,
    checks,
    roles,
)

COLOR_FIELDS = ("color_first", "color_second", "color_band", "color_action")
FLAG_FIELDS = ("name", "state", "field", "emblem")


@dataclass(frozen=True)
class Line:
    """One pair of colors that meet on the page, and how well it reads."""

    label: str
    ratio: str


@dataclass(frozen=True)
class Scene:
    """A small page: `colors` by role, with the ratios of what stands on it."""

    key: str
    label: str
    colors: dict[str, str]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Problem:
    """A color that cannot be taken: the field, why, and (where there is one) the nearest that can."""

    field: str
    text: str
    offer: str = ""


def derived(values: Mapping[str, Any]) -> dict[str, Any]:
    """What the panel draws from the fields as typed: `scenes`, `problems`, `pairing`, `flag`.

    Also `band` and `action` as they are by day. Without two colors there are no scenes. `values` also holds what the
    city's flag is drawn from (FLAG_FIELDS).
    """
    typed = {name: str(values.get(name) or "").strip() for name in (*COLOR_FIELDS, "pairing", "scheme", *FLAG_FIELDS)}
    colors = {name: as_hex(typed[name]) for name in COLOR_FIELDS}
    found: dict[str, Any] = {"scenes": [], "problems": _problems(typed, colors), "pairing": "signpost"}
    first, second = colors["color_first"], colors["color_second"]
    if not (first and second):
        return found
    theme = Theme(
        first,
        second,
        pairing=typed["pairing"] if typed["pairing"] in PAIRINGS else "signpost",
        scheme=typed["scheme"] if typed["scheme"] in SCHEMES else "both",
        band=colors["color_band"],
        action=colors["color_action"],
    )
    drawn = roles(theme)
    keys = {"both": (DAY, NIGHT), "light": (DAY,), "dark": (NIGHT,)}[theme.scheme]
    return found | {
        "scenes": [_scene(drawn, key) for key in keys],
        "pairing": theme.pairing,
        "band": drawn["band"][DAY],
        "action": drawn["action"][DAY],
        "flag": flag_svg(
            typed["name"][:100], typed["state"][:2], first, second, field=typed["field"], emblem=typed["emblem"]
        ),
    }


def _scene(of: Roles, scheme: int) -> Scene:
    labels = {
        "text on band": _("Text on the header"),
        "accent text on band": _("Accent on the header"),
        "link on page": _("Links"),
        "button text": _("Text on buttons"),
        "text on accent": _("Text on the second color"),
        "accent rule on page": _("Lines in the second color"),
    }
    lines = [
        Line(labels[check.what], words.ratio_text(check.ratio))
        for check in checks(of, schemes=(scheme,))
        if check.what in labels
    ]
    return Scene(
        key=("day", "night")[scheme],
        label=(_("By day"), _("By night"))[scheme],
        colors={name.replace("-", "_"): pair[scheme] for name, pair in of.items()},
        lines=tuple(lines),
    )


def _problems(typed: Mapping[str, str], colors: Mapping[str, str]) -> list[Problem]:
    found = [Problem(name, words.not_a_color()) for name in COLOR_FIELDS if typed[name] and not colors[name]]
    band, action = colors["color_band"], colors["color_action"]
    if band and (refusal := band_refusal(band)):
        found.append(Problem("color_band", words.band_refused(band, refusal), refusal.nearest))
    if action and (refusal := action_refusal(action, colors["color_first"])):
        found.append(Problem("color_action", words.action_refused(action, refusal), refusal.nearest))
    return found
