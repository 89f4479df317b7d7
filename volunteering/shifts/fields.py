"""Form fields of the shifts screen: native date and time boxes, and days written one on each line."""

import datetime
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import dates
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from volunteering.scheduling.recurrence import DAYS
from volunteering.scheduling.words import ORDINALS

MOST_DAYS_OUT = 100
CUTOFFS = [
    (0, gettext_lazy("When the shift begins")),
    (60, gettext_lazy("1 hour before")),
    (120, gettext_lazy("2 hours before")),
    (360, gettext_lazy("6 hours before")),
    (720, gettext_lazy("12 hours before")),
    (1440, gettext_lazy("1 day before")),
    (2880, gettext_lazy("2 days before")),
    (10080, gettext_lazy("1 week before")),
]
"""Minutes before the start, in words."""


def date_field(label: Any, **more: Any) -> forms.DateField:
    """A day, picked or typed."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


def time_field(label: Any, **more: Any) -> forms.TimeField:
    """A time of day, picked or typed."""
    return forms.TimeField(label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **more)


def number_field(label: Any, *, least: int, most: int = 100_000, **more: Any) -> forms.IntegerField:
    """A whole number."""
    return forms.IntegerField(label=label, min_value=least, max_value=most, **more)


def cutoff_choices(current: int | None = None) -> list[tuple[int, Any]]:
    """The usual cut-offs, and the one that a schedule has already."""
    if current is None or current in dict(CUTOFFS):
        return CUTOFFS
    own = _("%(count)d minutes before") % {"count": current}
    return sorted([*CUTOFFS, (current, own)], key=lambda choice: choice[0])


def _weekdays() -> list[tuple[str, str]]:
    """The days of the week by their RRULE names, Sunday first as on US calendars."""
    days = [(name, capfirst(str(dates.WEEKDAYS[number]))) for number, name in enumerate(DAYS)]
    return [days[-1], *days[:-1]]


weekday_choices = lazy(_weekdays, list)


def nth_choices() -> list[tuple[str, Any]]:
    """Which weekday of the month."""
    return [(str(number), word) for number, word in ORDINALS.items() if number != -2]


class DaysField(forms.CharField):
    """Days, one on each line or between commas: 12/22/2026 or 2026-12-22. Cleaned: a tuple of dates, in order."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        """Days as they are typed."""
        return "\n".join(str(day) for day in value) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> Any:
        """Raises ValidationError that names the line."""
        if isinstance(value, list | tuple):
            return tuple(value)
        words = [word for word in re.split(r"[\s,;]+", value or "") if word]
        if len(words) > MOST_DAYS_OUT:
            raise ValidationError(_("Those are too many days. Change the rule instead."))
        return tuple(sorted({_day_from(word) for word in words}))


def _day_from(word: str) -> datetime.date:
    for pattern in ("%Y-%m-%d", "%m/%d/%Y", "%m/%d/%y"):
        try:
            return datetime.datetime.strptime(word, pattern).date()
        except ValueError:
            continue
    raise ValidationError(_("We cannot read “%(word)s”. Write each day as in 12/22/2026.") % {"word": word[:40]})
