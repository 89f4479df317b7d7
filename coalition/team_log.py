"""What a city's history says about its team: who was asked, joined, got another role, left."""

from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogActionRegistry, LogFormatter

from coalition.models import Role

_ACTIONS = {  # each with its name in filters, and the sentence
    "coalition.team.invite": (gettext_lazy("Invite to the team"), gettext_lazy("Invited %(person)s as %(roles)s")),
    "coalition.team.withdraw": (
        gettext_lazy("Withdraw invitation"),
        gettext_lazy("Withdrew the invitation of %(person)s"),
    ),
    "coalition.team.join": (gettext_lazy("Join the team"), gettext_lazy("%(person)s joined the team as %(roles)s")),
    "coalition.team.roles": (gettext_lazy("Change roles"), gettext_lazy("Made %(person)s %(roles)s")),
    "coalition.team.remove": (
        gettext_lazy("Remove from the team"),
        gettext_lazy("Removed %(person)s (%(roles)s) from the team"),
    ),
    "coalition.team.leave": (gettext_lazy("Leave the team"), gettext_lazy("%(person)s (%(roles)s) left the team")),
}


def register_team_actions(actions: LogActionRegistry) -> None:
    """Let Wagtail's log know the acts on a team. They are logged on the city."""
    for action, (label, sentence) in _ACTIONS.items():
        formatter = type("TeamLogFormatter", (_Formatter,), {"label": label, "sentence": sentence})
        actions.register_action(action)(formatter)


class _Formatter(LogFormatter):
    sentence: Any = ""

    def format_message(self, log_entry: Any) -> str:
        """The sentence, in the reader's language."""
        held = log_entry.data.get("roles", [])
        roles = [str(role.label).lower() for role in Role if role in held]
        words = {"person": log_entry.data.get("person") or _("somebody"), "roles": get_text_list(roles, _("and"))}
        return str(self.sentence) % words
