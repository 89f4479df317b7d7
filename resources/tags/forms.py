"""Forms of the list of tags."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from resources.models import LibraryTag


class RenameForm(forms.Form):
    """A new name."""

    name = forms.CharField(label=_("Name"), max_length=100)


class MergeForm(forms.Form):
    """Which tags become one, and which of them stays."""

    tags = forms.ModelMultipleChoiceField(
        LibraryTag.objects.all(),
        label=_("Tags that become one"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least two tags.")},
    )
    into = forms.ModelChoiceField(LibraryTag.objects.all(), label=_("The one that stays"), empty_label=None)

    def __init__(self, *args: Any, chosen: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("tags", "into"):
            self.fields[name].queryset = chosen  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Two at least, the one that stays among them or beside them."""
        found = super().clean() or {}
        tags, into = found.get("tags"), found.get("into")
        if tags is not None and into is not None and len({*tags, into}) < 2:
            self.add_error("tags", _("Choose at least two tags."))
        return found
