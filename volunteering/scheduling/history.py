"""What a city's history says about shifts: made, changed, moved, called off. No word of who signed up."""

import datetime
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogActionRegistry, LogFormatter, log

from coalition.audit.kinds import add_to_kind
from coalition.audit.places import Found, register_finder
from coalition.audit.sentences import tell_leads
from volunteering.models import Opportunity

PREFIX = "volunteering.shift."

_ACTIONS: dict[str, tuple[str | Promise, str | Promise]] = {  # each with its name in filters, and the sentence
    "added": (gettext_lazy("Add shifts"), gettext_lazy("Added shifts: %(made)s")),
    "changed": (
        gettext_lazy("Change a series"),
        gettext_lazy("Changed when it is: %(made)s new, %(changed)s changed, %(removed)s removed, %(kept)s as before"),
    ),
    "ended": (gettext_lazy("End a series"), gettext_lazy("Ended a series with %(day)s")),
    "removed": (gettext_lazy("Remove a shift"), gettext_lazy("Removed the shift of %(at)s")),
    "moved": (gettext_lazy("Move a shift"), gettext_lazy("Moved the shift of %(at)s to %(to)s; mails: %(mails)s")),
    "called_off": (gettext_lazy("Call a shift off"), gettext_lazy("Called off the shift of %(at)s; mails: %(mails)s")),
    "places": (
        gettext_lazy("Change places"),
        gettext_lazy(
            "Changed the places of the shift of %(at)s to %(capacity)s, those on the waitlist to %(waitlist)s"
        ),
    ),
}


def note_act(act: str, opportunity: Opportunity, *, by: Any, **data: Any) -> None:
    """Write an act on shifts down, if a person did it. `data`: numbers, days and moments; never anything personal.

    `at`, `to`: moments in ISO form, told by the clock of `zone`.
    """
    if by is not None:
        log(instance=opportunity, action=f"{PREFIX}{act}", user=by, data=data)


def register_shift_actions(actions: LogActionRegistry) -> None:
    """Let Wagtail's log know them. They are logged on the opportunity."""
    for act, (label, sentence) in _ACTIONS.items():
        formatter = type("ShiftLogFormatter", (_Formatter,), {"label": label, "sentence": sentence})
        actions.register_action(f"{PREFIX}{act}")(formatter)


def tell_history() -> None:
    """Say whose city an opportunity belongs to, of which kind these acts are, and that leads may read them."""
    register_finder(Opportunity, _cities_of)
    add_to_kind("volunteering", PREFIX)
    tell_leads(PREFIX)


def _cities_of(numbers: Sequence[str]) -> Found:
    rows = Opportunity.objects.filter(pk__in=numbers).values_list("pk", "city_id")
    return {str(pk): [city_id] for pk, city_id in rows}


class _Formatter(LogFormatter):
    sentence: Any = ""

    def format_message(self, log_entry: Any) -> str:
        """The sentence, in the reader's language, with times on the city's clock."""
        words = dict(log_entry.data)
        words |= {name: _time(words.get(name), words.get("zone")) for name in ("at", "to")}
        words |= {"capacity": words.get("capacity") or _("no limit"), "day": _day(words.get("day"))}
        return str(self.sentence) % _Words(words)


class _Words(dict):
    """An entry that lacks a word, written by an older version, still reads."""

    def __missing__(self, key: str) -> str:
        return "…"


def _time(value: Any, zone: Any) -> str:
    if not value:
        return _("no set time")
    local = datetime.datetime.fromisoformat(value).astimezone(ZoneInfo(zone or "UTC"))
    return formats.date_format(local, "DATETIME_FORMAT")


def _day(value: Any) -> str:
    return formats.date_format(datetime.date.fromisoformat(value), "DATE_FORMAT") if value else ""
