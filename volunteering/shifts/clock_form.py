"""The part of a form that asks for a day and a time, and explains a time that is missing or comes twice."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from volunteering.scheduling.clock import Choice, Fit, moment, read_clock, today_in
from volunteering.shifts.fields import date_field, time_field

A_DAY = 24 * 60


class ClockForm(forms.Form):
    """First and last moment of a shift on a city's clock. Where the clocks change, `clock` asks which time is meant."""

    starts_on = date_field(gettext_lazy("Day"))
    start_time = time_field(gettext_lazy("Begins at"))
    end_time = time_field(
        gettext_lazy("Ends at"), help_text=gettext_lazy("An earlier time than the start means: the next day.")
    )
    clock = forms.ChoiceField(
        label=gettext_lazy("Which time do you mean?"), required=False, choices=[], widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, time_zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.time_zone = time_zone
        self.picked: Choice | None = None

    @property
    def asks_clock(self) -> bool:
        """Whether the clock's question has to be shown."""
        return bool(self.fields["clock"].choices)  # type: ignore[attr-defined]

    @property
    def today(self) -> datetime.date:
        """The day on that clock."""
        return today_in(self.time_zone, timezone.now())

    def clean(self) -> dict[str, Any]:
        """Adds `minutes` and `fold`."""
        values = super().clean() or {}
        self.errors.pop("clock", None)  # its choices come from the day and the time, which are known only now
        start, end = values.get("start_time"), values.get("end_time")
        if start and end:
            values["minutes"] = minutes_between(start, end)
            if start == end:
                self.add_error("end_time", _("It ends when it begins. Choose a later time."))
        values["fold"] = 0
        if values.get("starts_on") and start and self.is_one_day:
            self.ask_clock(values)
        return values

    is_one_day = True

    def ask_clock(self, values: dict[str, Any]) -> None:
        """Put the choice into place when it was made; else explain, and ask for it."""
        reading = read_clock(values["starts_on"], values["start_time"], self.time_zone)
        if reading.fit == Fit.OK:
            return
        self.fields["clock"].choices = [(each.value, each.label) for each in reading.choices]  # type: ignore[attr-defined]
        answer = self.data.get(self.add_prefix("clock"), "")
        self.picked = next((each for each in reading.choices if each.value == answer), None)
        if self.picked is None:
            self.add_error("clock", reading.explanation)
            return
        values["start_time"], values["fold"] = self.picked.at, self.picked.fold

    def span(self) -> tuple[datetime.datetime, datetime.datetime]:
        """Start and end as moments. Only for a form that is valid."""
        values = self.cleaned_data
        start = moment(values["starts_on"], values["start_time"], self.time_zone, fold=values["fold"])
        return start, start + datetime.timedelta(minutes=values["minutes"])


def minutes_between(start: datetime.time, end: datetime.time) -> int:
    """From one time of day to the next such time; nothing for the same."""
    return ((end.hour - start.hour) * 60 + end.minute - start.minute) % A_DAY


def end_of(start: datetime.time, minutes: int) -> datetime.time:
    """The time of day that many minutes later."""
    whole = (start.hour * 60 + start.minute + minutes) % A_DAY
    return datetime.time(whole // 60, whole % 60)
