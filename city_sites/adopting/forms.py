"""What a city team fills in about a guide."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resources.models import GuideUse

FOLLOW, COPY = "follow", "copy"
EARLIEST = 1990


class BringForm(forms.Form):
    """Follow it or copy it, as a draft or at once."""

    way = forms.ChoiceField(
        label=_("How"),
        choices=[
            (FOLLOW, _("Follow it: your page always shows the latest text, after a few words of your own")),
            (COPY, _("Copy it: the text is yours to change, and you hear when the original changes")),
        ],
        widget=forms.RadioSelect,
        initial=FOLLOW,
    )
    publish = forms.BooleanField(
        label=_("Publish it at once"), required=False, help_text=_("Otherwise it is a draft that only your team sees.")
    )

    def __init__(self, *args: Any, may_publish: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_publish:
            del self.fields["publish"]


class UseForm(forms.ModelForm):
    """When the city used a guide, and what came of it."""

    class Meta:
        """A year is enough; a number says more."""

        model = GuideUse
        fields = ["year", "number", "unit", "result", "changed", "is_shown"]
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in ("result", "changed")}
        help_texts = {
            "number": _("The one number that tells what came of it: 163."),
            "unit": _("As in “stops shaded” or “children who read every week”."),
            "result": _("One or two sentences. Readers see them."),
            "changed": _("So that others learn from it."),
        }

    def __init__(self, *args: Any, is_staff: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_staff:
            del self.fields["is_shown"]

    def clean_year(self) -> int:
        """A year that has begun."""
        year: int = self.cleaned_data["year"]
        if not EARLIEST <= year <= timezone.localdate().year:
            raise forms.ValidationError(_("Give the year in which you used it, as in 2026. It cannot lie ahead."))
        return year

    def clean(self) -> dict[str, Any]:
        """A number and what it counts belong together."""
        data = super().clean() or self.cleaned_data
        number, unit = data.get("number"), data.get("unit")
        if number is not None and number < 0:
            self.add_error("number", _("A number below zero says nothing here."))
        if number is not None and not unit:
            self.add_error("unit", _("Say what the number counts."))
        if unit and number is None and "number" not in self.errors:
            self.add_error("number", _("Give the number as well, or leave both empty."))
        return data
