"""What somebody fills in on the pages behind their link."""

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from volunteering.forms.opened import OpenedForm
from volunteering.forms.signing_up import ADDRESS_WRONG, MOST_PEOPLE, digest_of
from volunteering.models import SignUp


class ChangeForm(forms.Form):
    """Name, telephone, and how many come."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Write your name.")},
    )
    phone = forms.CharField(
        label=_("Mobile number"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "class": "is-medium"}),
    )
    group_size = forms.IntegerField(
        label=_("How many of you are coming?"),
        validators=[
            MinValueValidator(1, _("At least one: you.")),
            MaxValueValidator(MOST_PEOPLE, _("Up to 20 people. Ask us if you are more.")),
        ],
        widget=forms.NumberInput(attrs={"min": 1, "max": MOST_PEOPLE, "class": "is-number", "inputmode": "numeric"}),
        error_messages={"invalid": _("Write a number."), "required": _("Write how many of you are coming.")},
    )

    def __init__(self, *args: Any, sign_up: SignUp, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"name": sign_up.name, "phone": sign_up.phone, "group_size": sign_up.group_size})
        super().__init__(*args, **kwargs)
        if sign_up.shift.capacity == 1:
            del self.fields["group_size"]


class GuardianForm(forms.Form):
    """A parent or guardian agrees: both names, and the waiver where there is one."""

    guardian_name = forms.CharField(
        label=_("Your name"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Write your name.")},
    )
    volunteer_name = forms.CharField(
        label=_("Name of the child"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Write who is coming.")},
    )
    waiver = forms.BooleanField(
        label=_("I have read this and agree to it for the child"),
        error_messages={"required": _("Tick the box if you agree to the waiver. Without it they cannot take part.")},
    )
    waiver_seen = forms.CharField(required=False, widget=forms.HiddenInput)
    consent = forms.BooleanField(
        label=_("I am the parent or guardian, and they may come"),
        error_messages={"required": _("Tick the box if they may come.")},
    )

    def __init__(self, *args: Any, sign_up: SignUp, waiver_text: str, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"volunteer_name": sign_up.name, "waiver_seen": digest_of(waiver_text)})
        super().__init__(*args, **kwargs)
        self.waiver_text = waiver_text
        if not waiver_text.strip():
            del self.fields["waiver"], self.fields["waiver_seen"]

    def clean(self) -> dict[str, Any]:
        """The waiver is the one that was shown."""
        cleaned: dict[str, Any] = super().clean() or {}
        if "waiver" in self.fields and cleaned.get("waiver") and cleaned["waiver_seen"] != digest_of(self.waiver_text):
            self.add_error("waiver", _("The waiver has changed meanwhile. Read it once more, then tick the box."))
        return cleaned


class LinkForm(OpenedForm):
    """The address to which a new link goes."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("The one you signed up with."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages=ADDRESS_WRONG,
    )
