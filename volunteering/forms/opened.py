"""A signed note in a form: which form it is, and when it was opened. Robots are too quick, or fill what nobody sees."""

import hashlib
import secrets
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

SALT = "volunteering.sign_up"
LEAST_SECONDS = 2  # a person needs longer than this
MOST_SECONDS = 24 * 60 * 60
TOKEN_LENGTH = 40


class OpenedForm(forms.Form):
    """A form with the note and the field that only robots fill. `form_number` is the same however often it is sent."""

    opened = forms.CharField(required=False, widget=forms.HiddenInput)
    website = forms.CharField(label=_("Leave this empty"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form_number = ""

    @property
    def is_from_robot(self) -> bool:
        """Whether the field that people cannot see was filled."""
        return bool(self.data.get(self.add_prefix("website")))

    @property
    def note(self) -> str:
        """What goes into the page: the note that came with it while it is good, else a new one."""
        sent = self.data.get(self.add_prefix("opened"), "") if self.is_bound else ""
        return sent if _number_in(sent) else signing.TimestampSigner(salt=SALT).sign(secrets.token_urlsafe(12))

    def clean_opened(self) -> str:
        """A form sent at once, or days later, is asked for once more; nothing typed is lost."""
        opened: str = self.cleaned_data["opened"]
        number = _number_in(opened)
        if not number:
            raise forms.ValidationError(_("This form was open for too long. Please send it once more."))
        try:
            signing.TimestampSigner(salt=SALT).unsign(opened, max_age=LEAST_SECONDS)
        except signing.SignatureExpired:
            self.form_number = number
            return opened
        raise forms.ValidationError(_("That was very quick. Please send it once more."))

    def token_for(self, *parts: object) -> str:
        """A name for this form sent with these values: the same for a double click, another for somebody else."""
        text = "\0".join([self.form_number, *map(str, parts)])
        return hashlib.sha256(text.encode()).hexdigest()[:TOKEN_LENGTH]


def _number_in(opened: str) -> str:
    """The form's number, empty for a note that is not ours or too old."""
    try:
        return signing.TimestampSigner(salt=SALT).unsign(opened, max_age=MOST_SECONDS)
    except signing.BadSignature:
        return ""
