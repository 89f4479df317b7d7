"""The log in the coalition's menu."""

from typing import Any

from django.urls import URLPattern, path
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from coalition.audit.views import LogView
from coalition.permissions import is_coalition_staff


class LogViewSet(ViewSet):
    """/admin/audit/."""

    name = "coalition_audit"
    url_prefix = "audit"
    icon = "history"
    menu_label = _("Audit log")

    @cached_property
    def menu_item_class(self) -> type[MenuItem]:
        """Shown to those who may read it."""

        def is_shown(_item: MenuItem, request: Any) -> bool:
            return is_coalition_staff(request.user)

        return type("LogMenuItem", (MenuItem,), {"is_shown": is_shown})

    def get_urlpatterns(self) -> list[URLPattern]:
        """The page, and only its rows."""
        return [
            path("", LogView.as_view(), name="index"),
            path("results/", LogView.as_view(results_only=True), name="index_results"),
        ]
