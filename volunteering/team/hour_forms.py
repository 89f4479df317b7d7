"""Forms about hours: after a shift, of a day without one, and a correction."""

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from volunteering.models import InitiativePage, Opportunity, ServiceLog, Shift, SignUp
from volunteering.team.filters import DayInput
from volunteering.team.hours import Given, counts_amount, day_for, initiative_of, suggested

MOST_HOURS = Decimal("99999")
EARLIEST = datetime.date(2000, 1, 1)


def hours_field(**kwargs: Any) -> forms.DecimalField:
    """Hours of all together."""
    return forms.DecimalField(min_value=Decimal(0), max_value=MOST_HOURS, max_digits=7, decimal_places=2, **kwargs)


def amount_field(initiative: InitiativePage | None) -> forms.DecimalField:
    """What came of it, in the initiative's own unit."""
    unit = initiative.unit if initiative else ""
    return forms.DecimalField(
        label=_("Result: %(unit)s") % {"unit": unit} if unit else _("Result"),
        min_value=Decimal(0),
        max_digits=10,
        decimal_places=2,
        required=False,
        help_text=_("Of everybody together. It counts for “%(title)s”.") % {"title": initiative} if initiative else "",
    )


def day_field() -> forms.DateField:
    """A day that is not ahead."""
    return forms.DateField(label=gettext_lazy("Day"), widget=DayInput, validators=[_past])


def _past(value: datetime.date) -> None:
    if value > timezone.localdate() + datetime.timedelta(days=1):  # it may be tomorrow already where the city is
        raise ValidationError(_("That day is still to come. Log hours once they were given."))
    if value < EARLIEST:
        raise ValidationError(_("That is too long ago."))


class ShiftHoursForm(forms.Form):
    """Hours of everybody who came and has none yet, filled in as people times the length of the shift."""

    def __init__(self, shift: Shift, rows: Iterable[SignUp], data: Any = None) -> None:
        super().__init__(data)
        self.rows = list(rows)
        self.initiative = initiative_of(shift.opportunity)
        self.fields["served_on"] = day_field()
        self.fields["served_on"].initial = day_for(shift)
        for row in self.rows:
            self._add(row, suggested(shift, row))
        if counts_amount(self.initiative):
            self.fields["amount"] = amount_field(self.initiative)

    def _add(self, row: SignUp, given: Given) -> None:
        who = row.name or _("Sign-up %(number)d") % {"number": row.pk}
        self.fields[f"people-{row.pk}"] = forms.IntegerField(
            label=_("%(name)s: people") % {"name": who}, min_value=1, max_value=500, initial=given.people
        )
        self.fields[f"hours-{row.pk}"] = hours_field(
            label=_("%(name)s: hours of all together") % {"name": who}, initial=given.hours or None
        )

    def lines(self) -> list[tuple[SignUp, forms.BoundField, forms.BoundField]]:
        """Each sign-up with its two fields."""
        return [(row, self[f"people-{row.pk}"], self[f"hours-{row.pk}"]) for row in self.rows]

    def given(self) -> dict[int, Given]:
        """Number of the sign-up → what it gave."""
        values = self.cleaned_data
        return {row.pk: Given(values[f"people-{row.pk}"], values[f"hours-{row.pk}"]) for row in self.rows}


class DayForm(forms.Form):
    """Hours of people who did not sign up: a company's day, a class, whoever came along."""

    served_on = day_field()
    people = forms.IntegerField(label=gettext_lazy("People"), min_value=1, max_value=30000)
    hours = hours_field(
        label=gettext_lazy("Hours, of all together"), help_text=gettext_lazy("Ten people for three hours: 30.")
    )
    amount = amount_field(None)

    def __init__(self, *args: Any, opportunities: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opportunity"] = forms.ModelChoiceField(opportunities, label=_("Opportunity"))
        self.fields["amount"].help_text = _("What came of it, where the initiative counts that: trees, blocks, meals.")
        self.order_fields(["opportunity", "served_on", "people", "hours", "amount"])

    def clean(self) -> dict[str, Any]:
        """A result needs something that counts it."""
        values = super().clean() or self.cleaned_data
        opportunity: Opportunity | None = values.get("opportunity")
        if values.get("amount") and opportunity and not counts_amount(initiative_of(opportunity)):
            self.add_error("amount", _("This opportunity is part of no initiative that counts results."))
        if not values.get("hours") and not values.get("amount") and not self.errors:
            self.add_error("hours", _("Write down hours, or a result."))
        return values


class ChangeForm(forms.Form):
    """Other numbers for an entry."""

    def __init__(self, log: ServiceLog, data: Any = None) -> None:
        initial = {"served_on": log.served_on, "people": log.people, "hours": log.hours, "amount": log.amount}
        super().__init__(data, initial=initial)
        self.fields["served_on"] = day_field()
        self.fields["people"] = forms.IntegerField(label=_("People"), min_value=0, max_value=30000)
        self.fields["hours"] = hours_field(label=_("Hours, of all together"))
        if log.amount is not None or counts_amount(initiative_of(log.opportunity)):
            self.fields["amount"] = amount_field(initiative_of(log.opportunity))
