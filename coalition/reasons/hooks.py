"""The stated reasons in the log: of a kind that readers can filter by, and open to the city's lead."""

from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from coalition.audit.kinds import add_to_kind
from coalition.audit.sentences import tell_leads
from coalition.reasons.actions import REASON, register_reason

add_to_kind("taken", REASON)
tell_leads(REASON)


@hooks.register("register_log_actions")
def register_reason_action(actions: LogActionRegistry) -> None:
    """Who opened whose data, and why."""
    register_reason(actions)
