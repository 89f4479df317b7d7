"""Where moving takes part in Wagtail: its pages, its place among the team's tools, what it writes into the log."""

from typing import Any

from django.urls import URLResolver, include, path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter

from city_sites.desk.tools import register_tool
from coalition.permissions import Act

register_tool(_("Moving in and out"), "redirect", "city_sites_moving:index", Act.MOVE, order=800)


@hooks.register("register_admin_urls")
def register_moving_pages() -> list[URLResolver]:
    """Redirects and the export of one city's site."""
    return [path("city/<int:city_id>/moving/", include("city_sites.moving_urls"))]


class ImportFormatter(LogFormatter):
    """How many redirects were brought in."""

    label = _("Bring redirects in")

    def format_message(self, log_entry: Any) -> str:
        """As in "12 redirects brought in"."""
        count = log_entry.data.get("new", 0) + log_entry.data.get("changes", 0)
        return ngettext("%(count)d redirect brought in", "%(count)d redirects brought in", count) % {"count": count}


class ExportFormatter(LogFormatter):
    """How large the export was."""

    label = _("Take the site along")

    def format_message(self, log_entry: Any) -> str:
        """As in "Site taken along: 40 pages"."""
        count = log_entry.data.get("pages", 0)
        text = ngettext("Site taken along: %(count)d page", "Site taken along: %(count)d pages", count)
        return text % {"count": count}


@hooks.register("register_log_actions")
def register_moving_actions(actions: LogActionRegistry) -> None:
    """What was brought in, taken out and taken along stands in the city's history."""
    actions.register_action("city_sites.redirects.delete", _("Take a redirect out"), _("Redirect taken out"))
    actions.register_action("city_sites.redirects.import")(ImportFormatter)
    actions.register_action("city_sites.export")(ExportFormatter)
