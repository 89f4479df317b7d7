"""What the city's log tells of rosters and hours: days and numbers, never who."""

import datetime
from decimal import Decimal
from typing import Any

from django.utils import formats
from django.utils.dateparse import parse_date
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogActionRegistry, LogFormatter, log

from portal.accounts.models import User
from volunteering.models import Opportunity

MARKED = "volunteering.roster.marked"
ADDED = "volunteering.roster.added"
CANCELLED = "volunteering.roster.cancelled"
MESSAGE = "volunteering.roster.message"
LOGGED = "volunteering.hours.logged"
APPROVED = "volunteering.hours.approved"
REJECTED = "volunteering.hours.rejected"
CHANGED = "volunteering.hours.changed"
RULES = "volunteering.rules.changed"

_SENTENCES: dict[str, tuple[str | Promise, str | Promise]] = {
    MARKED: (gettext_lazy("Note who came"), gettext_lazy("Noted on the roster of %(day)s who came (%(count)s)")),
    ADDED: (gettext_lazy("Add to a roster"), gettext_lazy("Put %(count)s on the roster of %(day)s by hand")),
    CANCELLED: (gettext_lazy("Cancel a sign-up"), gettext_lazy("Canceled a sign-up of %(count)s for %(day)s")),
    MESSAGE: (gettext_lazy("Write to a roster"), gettext_lazy("Wrote to the roster of %(day)s (%(count)s mails)")),
    LOGGED: (gettext_lazy("Log hours"), gettext_lazy("Logged %(hours)s hours of %(day)s")),
    APPROVED: (gettext_lazy("Approve hours"), gettext_lazy("Approved %(hours)s hours (%(count)s entries)")),
    REJECTED: (gettext_lazy("Leave hours out"), gettext_lazy("Left %(hours)s hours out (%(count)s entries)")),
    CHANGED: (gettext_lazy("Change hours"), gettext_lazy("Changed hours of %(day)s; they are to be approved again")),
    RULES: (gettext_lazy("Change the rules for sign-ups"), gettext_lazy("Changed the rules for sign-ups")),
}


def write(opportunity: Opportunity, action: str, by: User, *, day: datetime.date | None = None, **data: Any) -> None:
    """One entry about an opportunity. `data` holds numbers alone."""
    plain = {name: str(value) if isinstance(value, Decimal) else value for name, value in data.items()}
    log(instance=opportunity, action=action, user=by, data={"day": day.isoformat() if day else "", **plain})


class _Formatter(LogFormatter):
    sentence: Any = ""

    def format_message(self, log_entry: Any) -> str:
        """The sentence, in the reader's language."""
        data = log_entry.data
        day = parse_date(str(data.get("day") or ""))
        words = {
            "day": formats.date_format(day, "DATE_FORMAT") if day else "–",
            "count": data.get("count", ""),
            "hours": data.get("hours", ""),
        }
        return str(self.sentence) % words


def register_team_actions(actions: LogActionRegistry) -> None:
    """Let Wagtail's log know them."""
    for action, (label, sentence) in _SENTENCES.items():
        formatter = type("RosterLogFormatter", (_Formatter,), {"label": label, "sentence": sentence})
        actions.register_action(action)(formatter)
