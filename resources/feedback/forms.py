"""What a reader may add to an answer."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from resources.models import Feedback

LONGEST = 600


class WhyForm(forms.Form):
    """A reason and a few words. Both may stay empty: the answer itself is counted already."""

    reason = forms.ChoiceField(
        label=_("What was it?"), choices=Feedback.Reason.choices, required=False, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("Tell us more"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "maxlength": LONGEST}),
        validators=[MaxLengthValidator(LONGEST, _("Keep it under 600 letters."))],
        help_text=_("Please no names or numbers of people."),
    )
    website = forms.CharField(label=_("Leave this empty"), required=False)

    def __init__(self, *args: Any, is_helpful: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_helpful:
            del self.fields["reason"]
            self.fields["text"].label = _("What did it help you with?")

    @property
    def is_from_robot(self) -> bool:
        """Whether the field that people cannot see was filled."""
        return bool(self.data.get(self.add_prefix("website")))
