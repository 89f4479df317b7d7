"""The form that asks for an address."""

from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

SALT = "portal.personal_data.form"
LEAST_SECONDS = 2  # a person needs longer than this to write an address
MOST_SECONDS = 24 * 60 * 60


class AddressForm(forms.Form):
    """An address; a field that only robots fill; a signed note of when the form was opened."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("The one you used with us. We mail the link to it, and to nobody else."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Write your e-mail address."),
            "invalid": _("Enter an address like name@example.org."),
        },
    )
    website = forms.CharField(label=_("Leave this empty"), required=False)
    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opened"].initial = signing.TimestampSigner(salt=SALT).sign("data")

    @property
    def is_from_robot(self) -> bool:
        """Whether the field that people cannot see was filled."""
        return bool(self.data.get(self.add_prefix("website")))

    def clean_opened(self) -> str:
        """A form sent at once, or days later, is asked for once more; nothing typed is lost."""
        opened = self.cleaned_data["opened"]
        signer = signing.TimestampSigner(salt=SALT)
        try:
            signer.unsign(opened, max_age=MOST_SECONDS)
        except signing.BadSignature:
            raise forms.ValidationError(_("This form was open for too long. Please send it once more.")) from None
        try:
            signer.unsign(opened, max_age=LEAST_SECONDS)
        except signing.SignatureExpired:
            return opened
        raise forms.ValidationError(_("That was very quick. Please send it once more."))
