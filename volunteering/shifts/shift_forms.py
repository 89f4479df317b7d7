"""Forms about one shift: another time, other places, calling it off; and the last day of a series."""

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from volunteering.models import Schedule, Shift
from volunteering.scheduling.clock import today_in
from volunteering.shifts.clock_form import ClockForm
from volunteering.shifts.fields import date_field, number_field

LONGEST_MESSAGE = 1000


class MessageField(forms.CharField):
    """What people are told, in their mail."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Message to everybody who has signed up"))
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 4}))
        kwargs.setdefault("max_length", LONGEST_MESSAGE)
        super().__init__(**kwargs)


class MoveForm(ClockForm):
    """Another day or time for one shift."""

    message = MessageField(
        required=False,
        help_text=gettext_lazy("Why it moves, and whom to ask. It stands in the mail with the old and the new time."),
    )
    field_order = ["starts_on", "start_time", "end_time", "clock", "message"]

    def __init__(self, *args: Any, shift: Shift, is_told: bool, **kwargs: Any) -> None:
        assert shift.starts_at is not None
        assert shift.ends_at is not None
        zone = ZoneInfo(shift.time_zone)
        start, end = shift.starts_at.astimezone(zone), shift.ends_at.astimezone(zone)
        initial = {"starts_on": start.date(), "start_time": start.time(), "end_time": end.time()}
        super().__init__(*args, time_zone=shift.time_zone, initial=initial, **kwargs)
        self.shift = shift
        if not is_told:
            del self.fields["message"]

    def clean(self) -> dict[str, Any]:
        """Somewhere ahead, and not where it is."""
        values = super().clean()
        if self.errors or not values.get("minutes"):
            return values
        start, end = self.span()
        if start <= timezone.now():
            raise ValidationError({"starts_on": _("This time is over. Choose a later one.")})
        if (start, end) == (self.shift.starts_at, self.shift.ends_at):
            raise ValidationError(_("That is when it is already. Choose another day or time."))
        return values


class PlacesForm(forms.Form):
    """More or fewer places in one shift."""

    capacity = number_field(gettext_lazy("Places"), least=1, required=False, help_text=gettext_lazy("Empty: no limit."))
    waitlist_size = number_field(
        gettext_lazy("Places on the waitlist"), least=0, help_text=gettext_lazy("How many people may wait. 0: nobody.")
    )


class CallOffForm(forms.Form):
    """Why it does not take place."""

    message = MessageField(
        help_text=gettext_lazy("Say why, and what people can do instead. Everybody gets it by mail."),
        error_messages={"required": gettext_lazy("Write a line to the people who were going to come.")},
    )

    def __init__(self, *args: Any, is_told: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_told:
            self.fields["message"].required = False
            self.fields["message"].label = _("Note for the opportunity’s page")
            self.fields["message"].help_text = _("May stay empty: nobody has signed up.")


class LastDayForm(forms.Form):
    """The last day on which a series takes place."""

    last_on = date_field(gettext_lazy("Last day"), help_text=gettext_lazy("Shifts on this day still take place."))

    def __init__(self, *args: Any, schedule: Schedule, **kwargs: Any) -> None:
        self.today = today_in(schedule.time_zone, timezone.now())
        super().__init__(*args, **({"initial": {"last_on": self.today}} | kwargs))

    def clean_last_on(self) -> Any:
        """Nothing ends in the past."""
        day = self.cleaned_data["last_on"]
        if day < self.today:
            raise ValidationError(_("This day is over. Choose today or a later one."))
        return day

    def values(self) -> dict[str, Any]:
        """The day."""
        return {"last_on": self.cleaned_data["last_on"]}
