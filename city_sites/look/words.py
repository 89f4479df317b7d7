"""What the Look tab says about colors."""

import math

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from portal.core.theme import PAPER, STONE, Refusal


def ratio_text(ratio: float) -> str:
    """A contrast ratio as people read it, never rounded up: "4.4 to 1"."""
    return _("%(ratio)s to 1") % {"ratio": _cut(ratio)}


def not_a_color() -> str:
    """What is said about a color that nobody can read."""
    return _("Write the color as # and six digits, like #12355b.")


def band_refused(color: str, refusal: Refusal) -> str:
    """Why the header color is refused, and the nearest that works."""
    return _(
        "%(color)s is too pale for the header: white text on it has %(ratio)s, %(least)s is needed. "
        "The nearest that works is %(nearest)s."
    ) % _values(color, refusal)


def action_refused(color: str, refusal: Refusal) -> str:
    """Why the link and button color is refused, and the nearest that works."""
    if refusal.ground == PAPER:
        text = _(
            "%(color)s is too pale for links: %(ratio)s on white, %(least)s is needed. "
            "The nearest that works is %(nearest)s."
        )
    elif refusal.ground == STONE:
        text = _(
            "%(color)s is too pale for links: %(ratio)s on the light gray that some sections stand on, "
            "%(least)s is needed. The nearest that works is %(nearest)s."
        )
    else:
        text = _(
            "%(color)s is too pale for links: %(ratio)s on the light shade of your first color, "
            "%(least)s is needed. The nearest that works is %(nearest)s."
        )
    return text % _values(color, refusal)


def _values(color: str, refusal: Refusal) -> dict[str, str]:
    return {
        "color": color,
        "ratio": ratio_text(refusal.ratio),
        "least": _cut(refusal.least),
        "nearest": refusal.nearest,
    }


def _cut(ratio: float) -> str:
    return number_format(math.floor(ratio * 10) / 10, 1)
