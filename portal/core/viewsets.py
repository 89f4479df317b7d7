"""What staff see in the admin of mail, time rules and failed tasks: lists to read, and the few decisions to take."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.admin.views.generic import InspectView
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from portal.core import outbox
from portal.core.models import DueRule, OutboxMessage, TaskFailure, Topic
from portal.core.tasks import settle_failure

LINK = re.compile(r"(https?://[^/\s]+)/\S+", re.IGNORECASE)


@dataclass(frozen=True)
class Decision:
    """A button on a record: what it says, what it means, and what it does."""

    name: str
    label: Any
    meaning: Any
    done: Any
    act: Callable[..., None]


class RecordInspectView(InspectView):
    """One record, with the decisions that it waits for."""

    template_name = "portal/admin/record_inspect.html"
    viewset: Any = None

    def get_fields_context(self) -> list[dict[str, Any]]:
        """Only fields that hold something."""
        return [field for field in super().get_fields_context() if field["value"] not in (None, "")]

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        """Lists and truth values in words, and texts with their line breaks."""
        value = super().get_field_display_value(field_name, field)
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        if isinstance(value, list):
            return ", ".join(value)
        if isinstance(value, str) and "\n" in value:
            return format_html("<pre>{}</pre>", value)
        return value

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds `decisions`: (decision, address to post to)."""
        context = super().get_context_data(**kwargs)
        context["decisions"] = [
            (decision, reverse(self.viewset.get_url_name(decision.name), args=[self.object.pk]))
            for decision in self.viewset.decisions_for(self.object, self.request)
        ]
        return context


class RecordViewSet(ModelViewSet):
    """A list and a page for each record. Nothing can be added, edited or deleted: the system writes these."""

    inspect_view_enabled = True
    inspect_view_class = RecordInspectView
    copy_view_enabled = False
    add_to_reference_index = False
    form_fields: list[str] = []
    decisions: tuple[Decision, ...] = ()

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """No address for what cannot be done."""
        absent = dict.fromkeys(
            f"{name}_url_name" for name in ("add", "edit", "delete", "copy", "history", "usage", "reorder")
        )
        return {**super().get_common_view_kwargs(**kwargs), **absent, "viewset": self}

    def get_urlpatterns(self) -> list[URLPattern]:
        """List, record, decisions."""
        key = f"<{self.pk_path_converter}:pk>"
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path(f"inspect/{key}/", self.inspect_view, name="inspect"),
            *(path(f"{decision.name}/{key}/", self._view(decision), name=decision.name) for decision in self.decisions),
        ]

    def register_admin_url_finder(self) -> None:
        """There is no edit page to find."""

    def decisions_for(self, record: Any, request: HttpRequest) -> tuple[Decision, ...]:
        """What this user may decide about this record now."""
        return self.decisions if self.may_decide(request) and self.needs_decision(record) else ()

    def may_decide(self, request: HttpRequest) -> bool:
        """Whether the user holds the "change" permission."""
        return request.user.has_perm(f"{self.app_label}.change_{self.model_name}")

    def needs_decision(self, record: Any) -> bool:
        """Whether there is anything to decide."""
        return False

    def _view(self, decision: Decision) -> Callable[..., HttpResponse]:
        def decide(request: HttpRequest, pk: Any) -> HttpResponse:
            if not self.may_decide(request):
                raise PermissionDenied
            record = get_object_or_404(self.model, pk=pk)
            try:
                decision.act(record, by=request.user)
            except outbox.AlreadyDecidedError as error:
                messages.error(request, str(error))
            else:
                messages.success(request, decision.done)
            return redirect(self.get_url_name("inspect"), pk)

        return require_POST(decide)


class MailInspectView(RecordInspectView):
    """One mail. Its links are cut to the host: whoever holds a link that resets a password is its reader."""

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        """The text without what follows a host name."""
        if field_name == "text":
            self.object.text = LINK.sub(r"\1/…", self.object.text)
        return super().get_field_display_value(field_name, field)


class MailViewSet(RecordViewSet):
    """The outbox."""

    model = OutboxMessage
    inspect_view_class = MailInspectView
    name = "mail"
    icon = "mail"
    menu_label = _("Mail")
    list_display = ["subject", Column("to", label=_("To"), accessor=lambda mail: ", ".join(mail.to)), "status",
                    DateColumn("created_at", label=_("Written")), "attempts"]  # fmt: skip
    list_filter = ["status", "created_at"]
    search_fields = ["subject", "key", "to"]
    search_backend_name = None
    inspect_view_fields = [
        "status", "to", "cc", "bcc", "reply_to", "from_email", "subject", "text", "key", "attempts", "last_error",
        "created_at", "due_at", "claimed_at", "sent_at", "purged_at",
    ]  # fmt: skip
    decisions = (
        Decision(
            "send-again",
            _("Send it again"),
            _("The mail is queued once more. If it did arrive, the reader gets it twice."),
            _("The mail is on its way again."),
            lambda message, by: outbox.send_again(message=message, by=by),
        ),
        Decision(
            "arrived",
            _("It arrived"),
            _("The mail is noted as sent. Choose this when the reader has it."),
            _("Noted: the mail arrived."),
            lambda message, by: outbox.mark_arrived(message=message, by=by),
        ),
    )

    def needs_decision(self, record: OutboxMessage) -> bool:
        """Given up, or without an answer for too long."""
        return outbox.needing_decision().filter(pk=record.pk).exists()


class DueRuleViewSet(RecordViewSet):
    """When each time rule ran last, and how that went."""

    model = DueRule
    name = "time-rules"
    icon = "date"
    menu_label = _("Time rules")
    list_display = ["name", DateColumn("started_at", label=_("Last start")), "outcome", "error"]
    inspect_view_fields = ["name", "started_at", "finished_at", "locked_until", "outcome", "error"]


class TaskFailureViewSet(RecordViewSet):
    """Background tasks that raised."""

    model = TaskFailure
    name = "failed-tasks"
    icon = "warning"
    menu_label = _("Failed tasks")
    list_display = ["task", DateColumn("failed_at", label=_("Failed")), BooleanColumn("is_settled", label=_("Settled"))]
    list_filter = ["is_settled"]
    inspect_view_fields = ["task", "arguments", "error", "failed_at", "is_settled"]
    decisions = (
        Decision(
            "settle",
            _("Settled"),
            _("Somebody has seen to it. The entry is deleted 90 days after it failed."),
            _("Noted as settled."),
            lambda failure, by: settle_failure(failure=failure, by=by),
        ),
    )

    def needs_decision(self, record: TaskFailure) -> bool:
        """Until somebody has seen to it."""
        return not record.is_settled


class OperationsViewSetGroup(ModelViewSetGroup):
    """One menu for what runs behind the scenes; each entry shows only to people with its "view" permission."""

    menu_label = _("Operations")
    menu_icon = "cogs"
    menu_order = 8900
    items = (MailViewSet, DueRuleViewSet, TaskFailureViewSet)


class TopicViewSet(ModelViewSet):
    """Topics: coalition staff name them once for everybody."""

    model = Topic
    name = "topics"
    icon = "tag"
    menu_label = _("Topics")
    menu_order = 400
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = ["name", "name_es", "parent", "slug"]
    search_fields = ["name", "name_es", "slug"]
    search_backend_name = None
    form_fields = ["name", "name_es", "slug", "parent", "position"]
