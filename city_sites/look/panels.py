"""The parts of the Look tab that are not plain fields."""

from typing import Any

from django.forms.widgets import Script
from django.urls import reverse
from wagtail.admin.panels import Panel

from city_sites.look.derived import COLOR_FIELDS, FLAG_FIELDS, derived
from portal.core.flag_bearers import FlagBearer
from portal.core.flags import flag_svg
from portal.core.theme import DAY, READY_THEMES, Theme, roles


class LookPart(Panel):
    """A panel without a field of its own. Brings the tab's script and styles."""

    class BoundPanel(Panel.BoundPanel):
        """Knows whose site it is."""

        class Media:
            js = [Script("city_sites/admin/look.js", type="module")]
            css = {"all": ["city_sites/admin/look.css"]}

        @property
        def bearer(self) -> FlagBearer:
            """Whose flag the samples fly."""
            return FlagBearer.of(self.instance.city)


class ReadyThemesPanel(LookPart):
    """Buttons that fill the two colors and the letters with one of the ready themes."""

    class BoundPanel(LookPart.BoundPanel):
        """Each theme with the city's own flag in it."""

        template_name = "city_sites/admin/look/ready_themes.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Adds `themes`."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            city = self.bearer
            context["themes"] = [
                {
                    "ready": ready,
                    "colors": {name.replace("-", "_"): pair[DAY] for name, pair in roles(_theme(ready)).items()},
                    "flag": flag_svg(
                        city.name, city.state, ready.first, ready.second, field=city.flag_field, emblem=city.flag_emblem
                    ),
                }
                for ready in READY_THEMES
            ]
            return context


class DerivedPanel(LookPart):
    """What visitors see: what is made of the colors above, drawn anew while they are changed."""

    class BoundPanel(LookPart.BoundPanel):
        """Starts with what the form holds, so it is right without script too."""

        template_name = "city_sites/admin/look/derived.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Adds `derived`, `flag_of` (what the flag is drawn from) and `preview_url`."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            city = self.bearer
            flag_of = dict(zip(FLAG_FIELDS, (city.name, city.state, city.flag_field, city.flag_emblem), strict=True))
            typed = {name: self.form[name].value() for name in (*COLOR_FIELDS, "pairing", "scheme")}
            context["flag_of"] = flag_of
            context["derived"] = derived(typed | flag_of)
            context["preview_url"] = reverse("city_look_preview")
            return context


def _theme(ready: Any) -> Theme:
    return Theme(ready.first, ready.second, ready.pairing)
