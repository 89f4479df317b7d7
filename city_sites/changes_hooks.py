"""Where undoing takes part in Wagtail: its pages, its place on the desk, what it writes into the log."""

from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from city_sites import changes_urls
from city_sites.desk.tools import register_tool
from coalition.permissions import Act

register_tool(_("What changed"), "history", "city_sites_changes:today", Act.UNDO, order=400)


@hooks.register("register_admin_urls")
def register_changes_urls() -> list[URLPattern | URLResolver]:
    """/admin/city/12/changes/."""
    return [path("city/<int:city_id>/changes/", include(changes_urls))]


@hooks.register("register_log_actions")
def register_undo_actions(actions: LogActionRegistry) -> None:
    """The history of a page says when it was put back or taken back."""
    actions.register_action("city_sites.put_back", _("Put back"), _("Put back after it was deleted"))
    actions.register_action("city_sites.take_back", _("Take back changes"), _("Changes taken back"))
