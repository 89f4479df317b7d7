"""The form of the list: a sentence with choices, and plain rows to tick."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from volunteering.finding.asked import MILES
from volunteering.finding.screen import Screen
from volunteering.models.choices import SPOKEN

DAYS: dict[str, str | Promise] = {
    "": gettext_lazy("on any day"),
    "sat": gettext_lazy("on a Saturday"),
    "sun": gettext_lazy("on a Sunday"),
    "weekend": gettext_lazy("on a weekend"),
    "weekday": gettext_lazy("on a weekday"),
    "mon": gettext_lazy("on a Monday"),
    "tue": gettext_lazy("on a Tuesday"),
    "wed": gettext_lazy("on a Wednesday"),
    "thu": gettext_lazy("on a Thursday"),
    "fri": gettext_lazy("on a Friday"),
}
TIMES: dict[str, str | Promise] = {
    "": gettext_lazy("at any hour"),
    "morning": gettext_lazy("in the morning"),
    "afternoon": gettext_lazy("in the afternoon"),
    "evening": gettext_lazy("in the evening"),
}
WHENS: dict[str, str | Promise] = {
    "": gettext_lazy("whenever it is"),
    "week": gettext_lazy("this week"),
    "next-week": gettext_lazy("next week"),
    "month": gettext_lazy("this month"),
}
TICKS: dict[str, tuple[str, str | Promise]] = {
    "bus": ("1", gettext_lazy("by bus or train")),
    "lifting": ("none", gettext_lazy("without lifting")),
    "sit": ("1", gettext_lazy("sitting down")),
    "step": ("1", gettext_lazy("step-free")),
    "home": ("1", gettext_lazy("online, from home")),
}


@dataclass(frozen=True)
class Choice:
    """One of several answers."""

    value: str
    label: str | Promise
    is_chosen: bool


@dataclass(frozen=True)
class Tick:
    """A box to tick."""

    name: str
    value: str
    label: str | Promise
    is_ticked: bool


class Form:
    """What was asked, ready to be asked otherwise."""

    def __init__(self, screen: Screen) -> None:
        self.screen = screen
        self.asked = screen.asked

    def _choices(self, name: str, labels: dict[str, Any]) -> list[Choice]:
        return [Choice(value, label, value == self.asked[name]) for value, label in labels.items()]

    @property
    def days(self) -> list[Choice]:
        """On which day."""
        return self._choices("day", DAYS)

    @property
    def times(self) -> list[Choice]:
        """At what time of day."""
        return self._choices("time", TIMES)

    @property
    def whens(self) -> list[Choice]:
        """In which week."""
        return self._choices("when", WHENS)

    @property
    def miles(self) -> list[Choice]:
        """How far away."""
        labels = [(miles, _("%(miles)d miles") % {"miles": miles}) for miles in MILES]
        return [Choice(str(miles), label, miles == self.asked.miles) for miles, label in labels]

    @property
    def languages(self) -> list[Choice]:
        """Which language to speak: English is everywhere, others have to be asked for."""
        return self._choices("speak", {"": _("any language"), **dict(SPOKEN[1:]), "en": dict(SPOKEN)["en"]})

    @property
    def topics(self) -> list[Choice]:
        """About what."""
        return self._choices("topic", {"": _("anything"), **{topic.slug: topic for topic in self.screen.topics}})

    @property
    def cities(self) -> list[Choice]:
        """In which city; not asked on a city's site."""
        if not self.screen.cities:
            return []
        return self._choices("city", {"": _("any city"), **{city.slug: city for city in self.screen.cities}})

    @property
    def ticks(self) -> list[Tick]:
        """What is wished for or not."""
        return [Tick(name, value, label, bool(self.asked[name])) for name, (value, label) in TICKS.items()]

    @property
    def number_more(self) -> int:
        """How much is asked for in the rows below the sentence, which are folded away on a phone."""
        return sum(bool(self.asked[name]) for name in (*TICKS, "child", "speak", "from", "to", "topic", "city"))
