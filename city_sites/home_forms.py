"""The form of a city's home page."""

from collections.abc import Callable
from typing import Any

from city_sites.look import words
from city_sites.look.fields import ColorInput, HexColorField
from portal.core.page_forms import PortalPageForm
from portal.core.theme import Refusal, action_refusal, band_refusal

COLORS = ("color_first", "color_second", "color_band", "color_action")


class CityHomePageForm(PortalPageForm):
    """Takes a color as people write it, and refuses a header or link color that cannot be read."""

    class Meta(PortalPageForm.Meta):
        """Colors have a field of their own."""

        field_classes = dict.fromkeys(COLORS, HexColorField)

    def clean(self) -> dict[str, Any]:
        """Check what the city wishes besides its two colors; these two are always taken."""
        cleaned: dict[str, Any] = super().clean()
        band, action = cleaned.get("color_band"), cleaned.get("color_action")
        if band:
            self._refuse("color_band", band, band_refusal(band), words.band_refused)
        if action:
            refusal = action_refusal(action, cleaned.get("color_first") or "")
            self._refuse("color_action", action, refusal, words.action_refused)
        return cleaned

    def _refuse(self, name: str, color: str, refusal: Refusal | None, why: Callable[[str, Refusal], str]) -> None:
        if refusal is None:
            return
        self.add_error(name, why(color, refusal))
        widget = self.fields[name].widget
        if isinstance(widget, ColorInput):
            widget.offer = refusal.nearest
