"""The form by which somebody signs up, and the short one for somebody under 13."""

import hashlib
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from volunteering.booking.applying import Application
from volunteering.forms.opened import OpenedForm
from volunteering.forms.questions import answers_in, fields_for
from volunteering.models import AgeBand, TeenRule
from volunteering.offers import Offer

MOST_PEOPLE = 20
ADDRESS_WRONG = {
    "required": _("Write an e-mail address."),
    "invalid": _("Enter an address with an @ in it, like name@example.org."),
}


class ShiftForm(OpenedForm):
    """Which shift, for how many. `offers` are those that can be signed up for."""

    shift = forms.TypedChoiceField(coerce=int, label=_("Which shift?"), error_messages={"required": _("Pick a shift.")})
    group_size = forms.IntegerField(
        label=_("How many of you are coming?"),
        required=False,
        help_text=_("You and everybody you bring, 20 at most. One of you signs up for all."),
        validators=[
            MinValueValidator(1, _("At least one: you.")),
            MaxValueValidator(MOST_PEOPLE, _("Up to 20 people. Ask us if you are more.")),
        ],
        widget=forms.NumberInput(attrs={"min": 1, "max": MOST_PEOPLE, "class": "is-number", "inputmode": "numeric"}),
        error_messages={"invalid": _("Write a number.")},
    )

    def __init__(self, *args: Any, offers: list[Offer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offers = offers
        shift = self.fields["shift"]
        shift.choices = [(offer.shift.pk, str(offer.when)) for offer in offers]  # type: ignore[attr-defined]
        shift.error_messages["invalid_choice"] = _("You can no longer sign up for this shift. Pick another one.")
        if all(offer.shift.capacity == 1 for offer in offers):
            del self.fields["group_size"]
        else:
            self.fields["group_size"].initial = 1

    @property
    def chosen(self) -> Offer | None:
        """The shift that is ticked: as sent, else the one that the link named, else the only one."""
        named = self["shift"].value()
        found = next((offer for offer in self.offers if str(offer.shift.pk) == str(named)), None)
        return found or (self.offers[0] if len(self.offers) == 1 else None)

    @property
    def people(self) -> int:
        """How many come."""
        return int(self.cleaned_data.get("group_size") or 1)


class SignUpForm(ShiftForm):
    """Everything that somebody of 13 or older is asked, the opportunity's own questions included."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Write your name.")},
    )
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("We send the address, the time and a way to cancel. Nothing else."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages=ADDRESS_WRONG,
    )
    phone = forms.CharField(
        label=_("Mobile number"),
        required=False,
        max_length=40,
        help_text=_("Only for the day itself, if the weather turns."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "class": "is-medium"}),
    )
    age_band = forms.ChoiceField(
        label=_("How old are you?"),
        choices=AgeBand.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the three.")},
    )
    guardian_email = forms.EmailField(
        label=_("E-mail of your parent or guardian"),
        required=False,
        help_text=_("We write to them once and ask whether you may come."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages=ADDRESS_WRONG,
    )
    waiver = forms.BooleanField(
        label=_("I have read this and agree to it"),
        error_messages={"required": _("Tick the box if you agree to the waiver. Without it you cannot take part.")},
    )
    waiver_seen = forms.CharField(required=False, widget=forms.HiddenInput)
    consent = forms.BooleanField(
        label=_("Yes, you may keep this to plan the shift"),
        error_messages={"required": _("Tick the box so that we may keep your name and address until the shift.")},
    )

    def __init__(self, *args: Any, page: Any, teens: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = page
        self.needs_guardian = teens == TeenRule.GUARDIAN and self.data.get("age_band") == AgeBand.TEEN
        if not self.needs_guardian:
            del self.fields["guardian_email"]
        if page.waiver.strip():
            self.fields["waiver_seen"].initial = digest_of(page.waiver)
        else:
            del self.fields["waiver"], self.fields["waiver_seen"]
        self.question_names = []
        for name, field in fields_for(page.questions):
            self.fields[name] = field
            self.question_names.append(name)

    @property
    def questions(self) -> list[forms.BoundField]:
        """The opportunity's own questions."""
        return [self[name] for name in self.question_names]

    @property
    def has_extras(self) -> bool:
        """Whether the part that is folded away holds something typed, or something to fix."""
        names = [name for name in ("group_size", "phone") if name in self.fields]
        is_filled = self["phone"].value() or str(self["group_size"].value() or "1") != "1" if names[:-1] else False
        return bool(is_filled) or any(self[name].errors for name in names)

    def clean(self) -> dict[str, Any]:
        """Somebody for whom another person has to agree names that person; the waiver is the one that was shown."""
        cleaned: dict[str, Any] = super().clean() or {}
        if self.needs_guardian and "guardian_email" not in self.errors:
            theirs = cleaned.get("guardian_email", "").strip().lower()
            if not theirs:
                self.add_error("guardian_email", _("One more thing: write the e-mail of your parent or guardian."))
            elif theirs == cleaned.get("email", "").strip().lower():
                self.add_error("guardian_email", _("Write their address. This one is your own."))
        if (
            "waiver" in self.fields
            and cleaned.get("waiver")
            and cleaned.get("waiver_seen") != digest_of(self.page.waiver)
        ):
            self.add_error("waiver", _("The waiver has changed meanwhile. Read it once more, then tick the box."))
        return cleaned

    def application(self) -> Application:
        """What was filled in, as booking takes it. Call it on a valid form."""
        data = self.cleaned_data
        return Application(
            form_token=self.token_for(data["shift"], data["email"].lower()),
            name=data["name"].strip(),
            email=data["email"].strip(),
            phone=data["phone"].strip(),
            group_size=self.people,
            answers=answers_in(self.page.questions, data),
            language=get_language() or self.page.locale.language_code,
            age_band=data["age_band"],
            guardian_email=data.get("guardian_email", "").strip(),
            waiver=self.page.waiver if "waiver" in self.fields else "",
        )


class ChildForm(ShiftForm):
    """For somebody under 13: whom to ask, and nothing else. What was typed before is not carried on."""

    guardian_email = forms.EmailField(
        label=_("E-mail of your parent or guardian"),
        help_text=_("We write to them. They tell us who is coming, and whether it is all right."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages=ADDRESS_WRONG,
    )

    def application(self) -> Application:
        """What was filled in, as booking takes it. Call it on a valid form."""
        data = self.cleaned_data
        return Application(
            form_token=self.token_for(data["shift"], data["guardian_email"].lower()),
            group_size=self.people,
            language=get_language() or "en",
            age_band=AgeBand.UNDER_13,
            guardian_email=data["guardian_email"].strip(),
        )


def digest_of(text: str) -> str:
    """A short name for a text, to see whether it is still the one that was shown."""
    return hashlib.sha256(text.encode()).hexdigest()[:20]
