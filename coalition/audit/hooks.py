"""Where the audit log takes part in Wagtail: its pages, its place in the menu, what it writes itself.

Wagtail's own report "Site history" leads to it: that one counts all entries, and knows no cities.
"""

from typing import Any

from django.http import HttpRequest
from django.urls import URLResolver, include, path
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry

from coalition.audit import urls
from coalition.audit.actions import register_actions
from coalition.audit.finders import register_finders
from coalition.audit.net import note_many
from coalition.audit.sentences import tell_leads
from coalition.audit.viewset import LogViewSet
from coalition.viewsets import register_in_coalition_menu

register_finders()
register_in_coalition_menu(LogViewSet)
tell_leads("coalition.membership.", "coalition.audit.export", "coalition.audit.import")


@hooks.register("register_admin_urls")
def register_log_pages() -> list[URLResolver]:
    """One city's log, for its lead."""
    return [path("city/<int:city_id>/audit/", include(urls))]


@hooks.register("register_log_actions")
def register_own_actions(actions: LogActionRegistry) -> None:
    """Steps in the membership, data taken out, groups, acts on many at once."""
    register_actions(actions)


@hooks.register("after_bulk_action")
def note_act_on_many(request: HttpRequest, action_type: str, objects: list[Any], view: Any) -> None:
    """Wagtail logs no act on many files or accounts."""
    note_many(request, action_type, objects, view)


@hooks.register("construct_reports_menu")
def leave_one_history(request: HttpRequest, items: list[MenuItem]) -> None:
    """One log is enough: the stock report goes from the menu."""
    items[:] = [item for item in items if item.name != "site-history"]
