"""The question that coalition staff answer before they see a city's people."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LEAST_LETTERS = 10


class ReasonForm(forms.Form):
    """Why. The city's lead reads it in the log. Its field is named so that no other form has one of that name."""

    stated_reason = forms.CharField(
        label=_("Why do you need to see it?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In a sentence, as in “The lead asked us to help with Saturday’s roster”. Name no volunteer."),
    )

    def clean_stated_reason(self) -> str:
        """A word is no reason."""
        text: str = " ".join(self.cleaned_data["stated_reason"].split())
        if sum(letter.isalpha() for letter in text) < LEAST_LETTERS:
            raise ValidationError(_("Please say a little more: ten letters at least."))
        return text


def carried(data: Any) -> list[tuple[str, str]]:
    """What somebody had typed when they were asked, to be sent on with the answer."""
    left_out = ("csrfmiddlewaretoken", "stated_reason", "reason_follows")
    return [(name, value) for name, values in data.lists() if name not in left_out for value in values]
