"""Where the ground floor takes part in Wagtail's admin."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.log_actions import LogActionRegistry

from portal.core import outbox
from portal.core.models import DueRule, TaskFailure
from portal.core.viewsets import OperationsViewSetGroup, TopicViewSet


@hooks.register("register_admin_viewset")
def register_operations() -> OperationsViewSetGroup:
    """Mail, time rules, failed tasks."""
    return OperationsViewSetGroup()


@hooks.register("register_admin_viewset")
def register_topics() -> TopicViewSet:
    """The words by which stories and guides are found."""
    return TopicViewSet()


@hooks.register("register_log_actions")
def register_decisions(actions: LogActionRegistry) -> None:
    """What people decide about mail and failed tasks is kept with their name."""
    actions.register_action("core.mail.send_again", _("Send mail again"), _("Mail queued once more"))
    actions.register_action("core.mail.arrived", _("Note mail as arrived"), _("Mail noted as arrived"))
    actions.register_action("core.task.settle", _("Settle failed task"), _("Failed task noted as settled"))


class TroublePanel(Component):
    """On the admin's first page: how many mails, rules and tasks wait for a person. Nothing when all is well."""

    order = 50
    template_name = "portal/admin/trouble_panel.html"

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Counts, each only for people who may look."""
        may = self.request.user.has_perm
        return {
            "mails": outbox.needing_decision().count() if may("core.view_outboxmessage") else 0,
            "rules": DueRule.objects.exclude(error="").count() if may("core.view_duerule") else 0,
            "tasks": TaskFailure.objects.filter(is_settled=False).count() if may("core.view_taskfailure") else 0,
        }


@hooks.register("construct_homepage_panels")
def show_trouble(request: HttpRequest, panels: list[Component]) -> None:
    """Staff meet trouble where they come in."""
    panels.append(TroublePanel(request))
