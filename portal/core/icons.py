"""Small drawings that stand inside text and signs: icons (a line of text high) and pictograms (on a black plate).

Each is a file in templates/portal/icons or templates/portal/pictograms, drawn in currentColor. They are written into
the page as they are, so no page waits for a sprite and a block's preview shows them too.
"""

from functools import lru_cache
from pathlib import Path

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

DRAWINGS = Path(__file__).parent / "templates" / "portal"

PICTOGRAMS: dict[str, Promise] = {
    "tree": _("Tree"),
    "book": _("Book"),
    "bowl": _("Warm meal"),
    "house": _("House"),
    "drop": _("Water"),
    "people": _("People"),
    "bolt": _("Power"),
    "paw": _("Animals"),
    "screen": _("Website"),
    "talk": _("Conversation"),
    "coin": _("Money"),
    "case": _("Job"),
    "skyline": _("City"),
    "boots": _("Site visit"),
    "link": _("Partners"),
    "horn": _("Megaphone"),
    "heart": _("Heart"),
    "hand": _("Raised hand"),
    "bus": _("Bus"),
    "sun": _("Sun"),
    "cap": _("School"),
    "wrench": _("Repairs"),
    "flag": _("Flag"),
    "map": _("Map"),
}

_ALONG_THE_TEXT = {"arrow", "external"}  # these turn around where text runs to the left


def pictogram_choices() -> list[tuple[str, Promise]]:
    """(name, label) of every pictogram, for a choice field."""
    return list(PICTOGRAMS.items())


@lru_cache(maxsize=128)
def icon_svg(name: str, css_class: str = "") -> SafeString:
    """The drawing as inline SVG, hidden from screen readers: the words beside it say the same.

    Raises FileNotFoundError for a name that is neither an icon nor a pictogram.
    """
    folder = "pictograms" if name in PICTOGRAMS else "icons"
    drawn = (DRAWINGS / folder / f"{name}.svg").read_text(encoding="utf-8").strip()
    classes = " ".join(filter(None, ("icon", "turns" if name in _ALONG_THE_TEXT else "", css_class)))
    opening = format_html('<svg class="{}" aria-hidden="true" ', classes)
    return mark_safe(opening + drawn.removeprefix("<svg "))  # nosec B308, B703 - a file of ours
