"""The contact form."""

from typing import Any

from django import forms
from django.core import signing
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

SALT = "home.contact"
LEAST_SECONDS = 3  # a person needs longer than this to write a message
MOST_SECONDS = 24 * 60 * 60


class ContactForm(forms.Form):
    """Subject, name, address, message; a field that only robots fill; a signed note of when the form was opened."""

    route = forms.ChoiceField(label=_("What is it about?"))
    name = forms.CharField(
        label=_("Your name"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Write your name.")},
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("We answer to this address and use it for nothing else."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Write your e-mail address."),
            "invalid": _("Enter an address like name@example.org."),
        },
    )
    message = forms.CharField(
        label=_("Your message"),
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Write your message.")},
        validators=[MaxLengthValidator(5000, _("Keep it under 5,000 letters. You can tell us more when we answer."))],
    )
    website = forms.CharField(label=_("Leave this empty"), required=False)
    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, routes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["route"].choices = routes  # type: ignore[attr-defined]
        if routes:
            self.fields["route"].initial = routes[0][0]
        self.fields["opened"].initial = signing.TimestampSigner(salt=SALT).sign("contact")

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
