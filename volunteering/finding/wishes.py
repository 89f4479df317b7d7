"""Wishes: what each asks of a shift or of an opportunity, in terms of the database, and what it is called."""

import calendar
import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coalition.gazetteer import ZipPlace, zip_place
from volunteering.finding import words
from volunteering.finding.asked import DAYS, TIMES, Asked
from volunteering.models.choices import SPOKEN, Lifting, Timing, YesNo

DAY_NAMES: dict[str, str | Promise] = {
    "sat": gettext_lazy("Saturday"),
    "sun": gettext_lazy("Sunday"),
    "weekend": gettext_lazy("Weekend"),
    "weekday": gettext_lazy("Weekday"),
    "mon": gettext_lazy("Monday"),
    "tue": gettext_lazy("Tuesday"),
    "wed": gettext_lazy("Wednesday"),
    "thu": gettext_lazy("Thursday"),
    "fri": gettext_lazy("Friday"),
}
TIME_NAMES: dict[str, str | Promise] = {
    "morning": gettext_lazy("In the morning"),
    "afternoon": gettext_lazy("In the afternoon"),
    "evening": gettext_lazy("In the evening"),
}
WHEN_NAMES: dict[str, str | Promise] = {
    "week": gettext_lazy("This week"),
    "next-week": gettext_lazy("Next week"),
    "month": gettext_lazy("This month"),
}
ANY_TIME = Q(kind=Timing.FLEXIBLE)
"""Such a shift meets every wish about time: the volunteer says when."""


@dataclass(frozen=True)
class Wish:
    """One wish. `key` is its (first) name in the address, `label` what it is called.

    It asks something of a shift (`shift`), of the opportunity (`opportunity`), or, with a `center`, that it is within
    `miles` of it or done from home. `say(seen)` is what an opportunity says to it, met or not.
    """

    key: str
    label: str
    say: Callable[[words.Seen], str]
    shift: Q | None = None
    opportunity: Q | None = None
    center: ZipPlace | None = None
    miles: int = 0

    @property
    def place(self) -> tuple[float, float]:
        """The center in degrees north and east."""
        assert self.center is not None
        return self.center.latitude, self.center.longitude


def wishes_of(asked: Asked, today: datetime.date) -> list[Wish]:
    """The wishes in what was asked, those about time first. `today` is the day where the reader looks."""
    return [wish for make in (_times, _near, _company, _access) for wish in make(asked, today)]


def _times(asked: Asked, today: datetime.date) -> list[Wish]:
    found = []
    if day := asked["day"]:
        found.append(Wish("day", str(DAY_NAMES[day]), words.day, shift=ANY_TIME | Q(weekday__in=DAYS[day])))
    if time := asked["time"]:
        found.append(Wish("time", str(TIME_NAMES[time]), words.time, shift=ANY_TIME | Q(daypart=TIMES[time])))
    begins, ends = span_of(asked, today)
    if begins or ends:
        within = Q(local_on__gte=begins) if begins else Q()
        within &= Q(local_on__lte=ends) if ends else Q()
        found.append(Wish("when", _span_label(asked), words.when, shift=ANY_TIME | within))
    return found


def span_of(asked: Asked, today: datetime.date) -> tuple[datetime.date | None, datetime.date | None]:
    """The first and the last day that are asked for. A week ends on Sunday, so that its weekend is whole."""
    sunday = today + datetime.timedelta(days=6 - today.weekday())
    if asked["when"] == "week":
        return today, sunday
    if asked["when"] == "next-week":
        return sunday + datetime.timedelta(days=1), sunday + datetime.timedelta(days=7)
    if asked["when"] == "month":
        return today, today.replace(day=calendar.monthrange(today.year, today.month)[1])
    return asked.span


def _span_label(asked: Asked) -> str:
    if asked["when"]:
        return str(WHEN_NAMES[asked["when"]])
    begins, ends = (day and date_format(day, "MONTH_DAY_FORMAT") for day in asked.span)
    if begins == ends:
        return _("On %(day)s") % {"day": begins}
    if begins and ends:
        return _("%(first)s to %(last)s") % {"first": begins, "last": ends}
    return _("From %(day)s on") % {"day": begins} if begins else _("Until %(day)s") % {"day": ends}


def _near(asked: Asked, today: datetime.date) -> list[Wish]:
    center = zip_place(asked["zip"])
    if center is None:
        return []
    label = _("Within %(miles)d miles of %(zip)s") % {"miles": asked.miles, "zip": center.zip}
    return [Wish("zip", label, words.near, center=center, miles=asked.miles)]


def _company(asked: Asked, today: datetime.date) -> list[Wish]:
    found = []
    if (age := asked.child) is not None:
        together = Q(min_age_with_adult__lte=age) | Q(min_age_with_adult=None, min_age__lte=age)
        label = _("With a child of %(age)d") % {"age": age}
        found.append(Wish("child", label, words.child, opportunity=together))
    if code := asked["speak"]:
        label = _("In %(language)s") % {"language": dict(SPOKEN)[code]}
        found.append(Wish("speak", label, words.spoken, opportunity=Q(spoken__contains=f",{code},")))
    return found


def _access(asked: Asked, today: datetime.date) -> list[Wish]:
    home = Q(is_online=True)
    every = {
        "bus": Wish("bus", _("By bus or train"), words.bus, opportunity=home | Q(has_transit=True)),
        "lifting": Wish("lifting", _("Nothing to lift"), words.lifting, opportunity=Q(lifting=Lifting.NONE)),
        "sit": Wish("sit", _("Sitting down"), words.sitting, opportunity=Q(can_sit=True)),
        "step": Wish("step", _("Step-free"), words.step_free, opportunity=home | Q(step_free=YesNo.YES)),
        "home": Wish("home", _("Online, from home"), words.from_home, opportunity=home),
    }
    return [wish for key, wish in every.items() if asked[key]]
