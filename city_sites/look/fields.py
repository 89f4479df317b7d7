"""Form fields and widgets of the Look tab."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from city_sites.look.words import not_a_color
from portal.core.colors import as_hex

EXAMPLE = "#12355b"


class ColorInput(forms.TextInput):
    """A text box for a color, with a swatch beside it that opens the browser's own color picker.

    The text box is the field: the swatch only fills it, and is not there without script. `offer` is a color that a
    button beside the error fills in.
    """

    template_name = "city_sites/admin/look/color_input.html"
    offer = ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Adds `swatch` and `offer`."""
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"] |= {"autocomplete": "off", "spellcheck": "false", "data-look-color": name}
        context["widget"]["swatch"] = as_hex(str(value or "")) or EXAMPLE
        context["widget"]["offer"] = self.offer
        return context


class HexColorField(forms.CharField):
    """A color as people know it ("#ABC", "12355B"), kept as "#rrggbb". What was typed stays in the box."""

    widget = ColorInput

    def __init__(self, *, max_length: int | None = None, **kwargs: Any) -> None:
        """`max_length` is the column's: what is typed may have spaces around it."""
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        """Raises ValidationError for anything but a color."""
        typed = super().to_python(value) or ""
        color = as_hex(typed)
        if typed and not color:
            raise ValidationError(not_a_color(), code="invalid")
        return color


class DrawnChoices(forms.RadioSelect):
    """Radio buttons with a small drawing or a sample over each: the template `<folder>/<value>.html` draws it."""

    template_name = "city_sites/admin/look/choices.html"
    option_template_name = "city_sites/admin/look/choice.html"

    def __init__(self, folder: str, label: Any, attrs: dict[str, Any] | None = None) -> None:
        """`label` names the group to screen readers."""
        super().__init__(attrs)
        self.folder = folder
        self.label = label

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Adds the group's name."""
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"group_label": self.label, "folder": self.folder}
        return context

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the template that draws the option."""
        option: dict[str, Any] = super().create_option(*args, **kwargs)
        option["drawing"] = f"city_sites/admin/look/{self.folder}/{option['value']}.html"
        return option
