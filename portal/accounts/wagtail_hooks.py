"""Where accounts take part in Wagtail's admin."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from portal.accounts import events
from portal.accounts.admin_panels import SecurityPanel


@hooks.register("register_log_actions")
def register_account_log(actions: LogActionRegistry) -> None:
    """What happens to an account stands in the log."""
    events.register_actions(actions)


@hooks.register("register_account_settings_panel")
def register_security_panel(request: HttpRequest, user: Any, profile: Any) -> SecurityPanel:
    """Links to password, second factor and sessions, in the account settings."""
    return SecurityPanel(request, user, profile)
