"""On the first page of the admin: what one is to check now."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.ui.components import Component

from resources.review.selectors import Line, by_due_day, lines_of, to_check

SHOWN = 5


class ChecksPanel(Component):
    """The overdue guides that the person keeps; nothing while there are none."""

    name = "guides-to-check"
    order = 250
    template_name = "resources/admin/review/panel.html"

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """The first few of them, and how many there are. One query while there are none, else two."""
        today = timezone.localdate()
        days = [entry for entry in by_due_day(to_check(self.request.user)) if entry[0] < today]
        lines: list[Line] = lines_of(days[:SHOWN], today) if days else []
        return {"lines": lines, "count": len(days)}
