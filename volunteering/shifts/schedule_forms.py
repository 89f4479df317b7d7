"""Forms for when an opportunity takes place: once, by a rule, or as agreed. One form for each kind."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from volunteering.models import Opportunity, Schedule, Shift, ShiftStatus, Timing
from volunteering.scheduling.recurrence import DAYS
from volunteering.scheduling.words import rhythm
from volunteering.shifts.clock_form import ClockForm
from volunteering.shifts.fields import (
    DaysField,
    cutoff_choices,
    date_field,
    nth_choices,
    number_field,
    weekday_choices,
)
from volunteering.shifts.filled import initial_of, is_plain_rule

RHYTHMS = [
    ("weekly", gettext_lazy("Every week, or every few weeks")),
    ("monthly_day", gettext_lazy("Every month, on a weekday such as the second Saturday")),
    ("monthly_date", gettext_lazy("Every month, on the same date as the first day")),
    ("daily", gettext_lazy("Every day, or every few days")),
]
KEEP = "keep"
"""The rule that a schedule has, when the form has no words for it."""
PLACES = ["capacity", "waitlist_size", "note"]


class PlacesFields(forms.Form):
    """How many people, and what the shift is called."""

    capacity = number_field(
        gettext_lazy("Places"),
        least=1,
        required=False,
        help_text=gettext_lazy("How many people can come. Empty: no limit."),
    )
    waitlist_size = number_field(
        gettext_lazy("Places on the waitlist"),
        least=0,
        initial=10,
        help_text=gettext_lazy("How many people may wait when it is full. 0: nobody."),
    )
    note = forms.CharField(
        label=gettext_lazy("Name of the shift"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("As in “Watering crew”. May stay empty."),
    )

    def __init__(self, *args: Any, opportunity: Opportunity, schedule: Schedule | None = None, **kwargs: Any) -> None:
        kwargs["initial"] = (initial_of(schedule) if schedule else {}) | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.opportunity, self.schedule = opportunity, schedule

    def values(self) -> dict[str, Any]:
        """What the schedule is given. Only for a form that is valid."""
        return {name: self.cleaned_data[name] for name in PLACES}

    def is_twin(self) -> bool:
        """Whether the same is there already: a button pressed twice, or a slip."""
        raise NotImplementedError

    def refuse_twin(self) -> None:
        """Raises ValidationError for what is there already."""
        if self.schedule is None and not self.errors and self.is_twin():
            raise ValidationError(
                _("This is on the list already. If both take place, give this one another name."), code="twin"
            )


class AgreedForm(PlacesFields):
    """Ongoing or flexible: no day and no hour, perhaps a last day."""

    ends_on = date_field(gettext_lazy("Last day"), required=False, help_text=gettext_lazy("Empty: until you end it."))
    field_order = [*PLACES, "ends_on"]

    def __init__(self, *args: Any, kind: str, time_zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.time_zone = kind, time_zone

    def clean(self) -> dict[str, Any]:
        """Refuses what is there already."""
        values = super().clean() or {}
        self.refuse_twin()
        return values

    def values(self) -> dict[str, Any]:
        """Also the last day."""
        return super().values() | {"ends_on": self.cleaned_data["ends_on"]}

    def is_twin(self) -> bool:
        """The same kind under the same name, not ended."""
        note = self.cleaned_data.get("note", "")
        return Schedule.objects.filter(
            opportunity=self.opportunity, kind=self.kind, note=note, is_ended=False, ends_on=None
        ).exists()


class TimedForm(ClockForm, PlacesFields):
    """A shift with a day and a time."""

    cutoff_minutes = forms.TypedChoiceField(label=gettext_lazy("Sign-up closes"), choices=[], coerce=int, initial=120)
    kind: str = Timing.ONCE

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        current = self.schedule.cutoff_minutes if self.schedule else None
        self.fields["cutoff_minutes"].choices = cutoff_choices(current)  # type: ignore[attr-defined]

    def clean_starts_on(self) -> Any:
        """New shifts lie ahead; the first day of a series that has begun may stay."""
        day = self.cleaned_data["starts_on"]
        if day < self.today and not (self.schedule and self.schedule.starts_on == day):
            raise ValidationError(_("This day is over. Choose today or a later one."))
        return day

    def clean(self) -> dict[str, Any]:
        """Refuses what is there already."""
        values = super().clean()
        self.refuse_twin()
        return values

    def values(self) -> dict[str, Any]:
        """Also day, time and cut-off."""
        names = ("starts_on", "start_time", "minutes", "fold", "cutoff_minutes")
        return super().values() | {name: self.cleaned_data[name] for name in names}


class OnceForm(TimedForm):
    """One day."""

    field_order = ["starts_on", "start_time", "end_time", "clock", *PLACES, "cutoff_minutes"]

    def is_twin(self) -> bool:
        """The same moment under the same name."""
        planned = Shift.objects.filter(opportunity=self.opportunity, status=ShiftStatus.PLANNED)
        return planned.filter(starts_at=self.span()[0], note=self.cleaned_data.get("note", "")).exists()


class SeriesForm(TimedForm):
    """Days by a rule: every n weeks on weekdays, or every n months, until a day, but for some days."""

    kind = Timing.SERIES
    is_one_day = False

    rhythm = forms.ChoiceField(
        label=gettext_lazy("How often"), choices=RHYTHMS, initial="weekly", widget=forms.RadioSelect
    )
    every = number_field(
        gettext_lazy("Every how many"),
        least=1,
        most=52,
        initial=1,
        help_text=gettext_lazy("1: every week, month or day. 2: every other one."),
    )
    weekdays = forms.MultipleChoiceField(
        label=gettext_lazy("On these weekdays"),
        choices=weekday_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("For “every week”. None ticked: the weekday of the first day."),
    )
    nth = forms.ChoiceField(
        label=gettext_lazy("Which one in the month"),
        choices=nth_choices,
        required=False,
        help_text=gettext_lazy("For “every month, on a weekday”. The fifth is left out in months that have only four."),
    )
    nth_day = forms.ChoiceField(label=gettext_lazy("Which weekday"), choices=weekday_choices, required=False)
    ends_on = date_field(
        gettext_lazy("Last day"), required=False, help_text=gettext_lazy("Empty: it goes on until you end it.")
    )
    skipped = DaysField(
        label=gettext_lazy("Not on these days"),
        required=False,
        help_text=gettext_lazy("One day on each line, as in 12/22/2026: holidays, breaks."),
    )
    field_order = [
        *("starts_on", "ends_on", "start_time", "end_time", "clock", "rhythm", "every", "weekdays", "nth", "nth_day"),
        *("skipped", *PLACES, "cutoff_minutes"),
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].label = _("First day")
        if self.schedule and not is_plain_rule(self.schedule):
            kept = _("As it is: %(rule)s") % {"rule": rhythm(self.schedule)}
            self.fields["rhythm"].choices = [(KEEP, kept), *RHYTHMS]  # type: ignore[attr-defined]
            self.initial["rhythm"] = KEEP

    def rule(self) -> str:
        """The RRULE that was put together."""
        values = self.cleaned_data
        if values["rhythm"] == KEEP and self.schedule:
            return self.schedule.rrule
        parts = {"weekly": "FREQ=WEEKLY", "daily": "FREQ=DAILY"}.get(values["rhythm"], "FREQ=MONTHLY")
        if values["every"] > 1:
            parts += f";INTERVAL={values['every']}"
        if values["rhythm"] == "weekly":
            days = values["weekdays"] or [DAYS[values["starts_on"].weekday()]]
            return f"{parts};BYDAY={','.join(sorted(days, key=DAYS.index))}"
        if values["rhythm"] == "monthly_day":
            return f"{parts};BYDAY={values['nth']}{values['nth_day']}"
        if values["rhythm"] == "monthly_date":
            return f"{parts};BYMONTHDAY={values['starts_on'].day}"
        return parts

    def clean(self) -> dict[str, Any]:
        """A rule by the month says which weekday."""
        values = super().clean()
        if values.get("rhythm") == "monthly_day" and not (values.get("nth") and values.get("nth_day")):
            self.add_error("nth", _("Say which weekday of the month, as in: second, Saturday."))
        return values

    def values(self) -> dict[str, Any]:
        """Also the rule, the last day, and the days left out."""
        names = ("ends_on", "skipped")
        return super().values() | {"rrule": self.rule()} | {name: self.cleaned_data[name] for name in names}

    def is_twin(self) -> bool:
        """The same rule at the same time under the same name, not ended."""
        values = self.cleaned_data
        if values["rhythm"] == "monthly_day" and not (values.get("nth") and values.get("nth_day")):
            return False
        same = {name: values[name] for name in ("start_time", "starts_on", "ends_on", "note")}
        rows = Schedule.objects.filter(opportunity=self.opportunity, kind=Timing.SERIES, is_ended=False, **same)
        return rows.filter(rrule=self.rule()).exists()


FORMS: dict[str, Any] = {Timing.ONCE: OnceForm, Timing.SERIES: SeriesForm}
"""Kind → form; AgreedForm for what has no time."""
