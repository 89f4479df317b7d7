"""How the log tells that somebody opened personal data, and why."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogActionRegistry, LogFormatter

REASON = "coalition.reason"

_people: dict[str, str | Promise] = {}


def name_people(key: str, name: str | Promise) -> None:
    """What people are called whose data is opened: as in "the city’s volunteers". For the rooms above."""
    _people[key] = name


def people_named(key: str) -> str:
    """Their name, in the reader's language."""
    return str(_people.get(key, key))


class ReasonFormatter(LogFormatter):
    """Whose data, and why."""

    label = gettext_lazy("Open personal data")

    def format_message(self, log_entry: Any) -> str:
        """As in "Opened personal data of the city’s volunteers. Reason: a complaint of …"."""
        words = {"people": people_named(log_entry.data.get("whose", "")), "reason": log_entry.data.get("reason", "")}
        return _("Opened personal data of %(people)s. Reason: %(reason)s") % words


def register_reason(actions: LogActionRegistry) -> None:
    """Let Wagtail's log know it."""
    actions.register_action(REASON)(ReasonFormatter)
