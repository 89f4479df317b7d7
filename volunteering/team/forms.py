"""What the team fills in: who came, somebody by hand, a message, the rules."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from volunteering.models import AgeBand, Attendance, CityRules, SignUp
from volunteering.team.adding import Person
from volunteering.team.marking import Mark
from volunteering.team.messages import Audience, is_token, new_token

_TELEPHONE = re.compile(r"[0-9+()/. x-]{5,40}")
MOST_CAME = 500
MOST_PEOPLE = 100


@dataclass(frozen=True)
class MarkFields:
    """The three fields of one sign-up."""

    attendance: BoundField
    count: BoundField
    note: BoundField


class MarksForm(forms.Form):
    """Who came, for everybody on a roster. What was not touched is not written: two people may mark at once."""

    def __init__(self, rows: Iterable[SignUp], data: Any = None) -> None:
        super().__init__(data)
        self.rows = list(rows)
        for row in self.rows:
            self._add(row)

    def _add(self, row: SignUp) -> None:
        who = row.name or _("Sign-up %(number)d") % {"number": row.pk}
        self.fields[f"came-{row.pk}"] = forms.ChoiceField(
            label=_("%(name)s: came?") % {"name": who},
            choices=Attendance.choices,
            initial=row.attendance,
            required=False,
            show_hidden_initial=True,
        )
        self.fields[f"count-{row.pk}"] = forms.IntegerField(
            label=_("%(name)s: how many") % {"name": who},
            min_value=0,
            max_value=MOST_CAME,
            initial=row.came_count,
            required=False,
            show_hidden_initial=True,
            widget=forms.NumberInput(attrs={"placeholder": row.group_size}),
        )
        self.fields[f"note-{row.pk}"] = forms.CharField(
            label=_("%(name)s: note") % {"name": who},
            max_length=500,
            initial=row.note,
            required=False,
            show_hidden_initial=True,
            widget=forms.TextInput(attrs={"placeholder": _("Note")}),
        )

    def of(self, row: SignUp) -> MarkFields:
        """The fields of one sign-up."""
        return MarkFields(self[f"came-{row.pk}"], self[f"count-{row.pk}"], self[f"note-{row.pk}"])

    def marks(self) -> dict[int, Mark]:
        """Number of the sign-up → what was changed about it."""
        return dict(self._marks())

    def _marks(self) -> Iterator[tuple[int, Mark]]:
        changed = set(self.changed_data)
        for row in self.rows:
            names = {name: f"{name}-{row.pk}" for name in ("came", "count", "note")}
            if changed.isdisjoint(names.values()):
                continue
            values = {name: self.cleaned_data.get(field) for name, field in names.items() if field in changed}
            yield (
                row.pk,
                Mark(
                    attendance=values.get("came"),
                    came_count=values.get("count"),
                    is_count_changed="count" in values,
                    note=values.get("note"),
                ),
            )


class PersonForm(forms.Form):
    """Somebody who called, or who just came."""

    token = forms.CharField(widget=forms.HiddenInput)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=100)
    group_size = forms.IntegerField(
        label=gettext_lazy("People"), min_value=1, max_value=MOST_PEOPLE, initial=1,
        help_text=gettext_lazy("With everybody they bring."),
    )  # fmt: skip
    phone = forms.CharField(label=gettext_lazy("Telephone"), max_length=40, required=False)
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        required=False,
        help_text=gettext_lazy("They get their link by mail. Leave it empty for somebody who has none."),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the mail"), choices=settings.LANGUAGES)
    age_band = forms.ChoiceField(label=gettext_lazy("Age"), choices=AgeBand.choices, initial=AgeBand.ADULT)
    guardian_name = forms.CharField(
        label=gettext_lazy("Parent or guardian"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("For somebody under 18: who agreed."),
    )
    note = forms.CharField(label=gettext_lazy("Note of the team"), max_length=500, required=False)
    is_here = forms.BooleanField(label=gettext_lazy("They are here now"), required=False)
    agreed = forms.BooleanField(
        label=gettext_lazy("They agreed that we keep this"),
        help_text=gettext_lazy("Say that it is kept for the shift, and that they can have it erased."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["token"].initial = new_token()

    def clean_token(self) -> str:
        """As the form gave it."""
        return _checked_token(self.cleaned_data["token"])

    def clean_phone(self) -> str:
        """Digits and what people write between them."""
        text: str = self.cleaned_data["phone"].strip()
        if text and not _TELEPHONE.fullmatch(text):
            raise ValidationError(_("That is no telephone number. Write it as in 918-555-0134."))
        return text

    def person(self) -> Person:
        """What was typed."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "agreed"}
        return Person(**values)


class MessageForm(forms.Form):
    """What the team writes to a roster. Sent after it was looked at once."""

    token = forms.CharField(widget=forms.HiddenInput)
    audience = forms.ChoiceField(label=gettext_lazy("To"), choices=Audience.choices, initial=Audience.CONFIRMED)
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=150)
    text = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy(
            "Everybody gets a mail of their own; nobody sees who else does. Below your words stand the shift, the link "
            "to change or cancel, and whom to ask, in each one’s language."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["token"].initial = new_token()

    def clean_token(self) -> str:
        """As the form gave it."""
        return _checked_token(self.cleaned_data["token"])


class RulesForm(forms.ModelForm):
    """How the city takes sign-ups."""

    keep_days = forms.IntegerField(
        label=gettext_lazy("Days that names are kept after a shift"),
        min_value=7,
        max_value=1095,
        help_text=gettext_lazy("Afterwards names and addresses are removed. The numbers stay."),
    )

    class Meta:
        """Both rules."""

        model = CityRules
        fields = ["teens", "keep_days"]
        widgets = {"teens": forms.RadioSelect}


def _checked_token(text: str) -> str:
    if not is_token(text):
        raise ValidationError(_("This form was changed on its way. Open it anew."))
    return text
