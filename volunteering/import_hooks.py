"""What an import notes in the history of a page."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter

from coalition.audit.kinds import add_to_kind
from coalition.audit.sentences import tell_leads
from volunteering.importing.writing import INCOMPLETE

add_to_kind("writing", "volunteering.import.")
tell_leads("volunteering.import.")


@hooks.register("register_log_actions")
def register_import_actions(actions: LogActionRegistry) -> None:
    """Left as a draft, and why."""

    @actions.register_action(INCOMPLETE)
    class IncompleteFormatter(LogFormatter):
        """Names what the row lacks."""

        label = gettext_lazy("Left as a draft by an import")

        def format_message(self, log_entry: Any) -> str:
            """The reasons, one sentence each."""
            reasons = " ".join(str(reason) for reason in log_entry.data.get("missing", []))
            return _("Left as a draft by an import: %(reasons)s") % {"reasons": reasons}
