"""Where feedback, checks and tags take part in Wagtail: their pages, the menu "Library", the log, the first page."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from coalition.audit.actions import name_list
from coalition.audit.kinds import add_to_kind
from coalition.audit.sentences import tell_leads
from coalition.permissions import is_coalition_staff
from resources.feedback import admin_urls as feedback_urls
from resources.models import LibraryPage
from resources.review import admin_urls as review_urls
from resources.review.panel import ChecksPanel
from resources.tags import admin_urls as tag_urls
from resources.tags.old_addresses import moved_tag

AFTER_PRIVACY = 100  # Wagtail's own look at who may see the page comes first

add_to_kind("writing", "resources.")
tell_leads("resources.feedback.", "resources.review.")
name_list("guide-feedback", _("answers to “Was this helpful?”"))


class StaffMenuItem(MenuItem):
    """An entry for coalition staff."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether this is one of them."""
        return is_coalition_staff(request.user)


@hooks.register("register_admin_urls")
def register_upkeep_pages() -> list[URLPattern | URLResolver]:
    """/admin/library/…."""
    return [
        path("library/feedback/", include(feedback_urls)),
        path("library/checks/", include(review_urls)),
        path("library/tags/", include(tag_urls)),
    ]


library_menu = Menu(register_hook_name="register_library_menu_item", construct_hook_name="construct_library_menu")


class LibraryMenuItem(SubmenuMenuItem):
    """The menu "Library"."""

    def is_shown(self, request: HttpRequest) -> bool:
        """For coalition staff."""
        return is_coalition_staff(request.user)


@hooks.register("register_admin_menu_item")
def register_library_menu() -> LibraryMenuItem:
    """What other parts of the library have for staff is added by the hook `register_library_menu_item`."""
    return LibraryMenuItem(_("Library"), library_menu, name="library", icon_name="clipboard-list", order=350)


def _entry(label: Any, url_name: str, icon: str, order: int) -> None:
    item = StaffMenuItem(
        label, reverse_lazy(url_name), name=url_name.replace(":", "-").replace("_", "-"), icon_name=icon, order=order
    )
    hooks.register("register_library_menu_item", lambda: item)


_entry(_("Guides to check"), "library_review:index", "calendar-check", 100)
_entry(_("Was this helpful?"), "library_feedback:index", "help", 200)
_entry(_("Tags"), "library_tags:index", "tag", 300)


@hooks.register("construct_homepage_panels")
def show_checks(request: HttpRequest, panels: list[Any]) -> None:
    """What one is to check now. City people have a first page of their own, which is told by mail."""
    panels.append(ChecksPanel(request))


@hooks.register("before_serve_page", order=AFTER_PRIVACY)
def lead_to_tag(page: Page, request: HttpRequest, args: list[Any], kwargs: dict[str, Any]) -> HttpResponseBase | None:
    """A library asked for a tag that has another name now."""
    return moved_tag(request) if isinstance(page, LibraryPage) else None


@hooks.register("register_log_actions")
def register_upkeep_actions(actions: LogActionRegistry) -> None:
    """What the history of a guide, and of a tag, tells."""
    register = actions.register_action
    register("resources.review.checked", _("Check"), _("Read from end to end and found still true"))
    register("resources.feedback.dealt_with", _("Deal with feedback"), _("Saw to what a reader wrote"))
    register("resources.feedback.opened", _("Open feedback again"), _("Opened again what a reader wrote"))
    register("resources.tags.rename", _("Rename a tag"), _("Tag renamed"))
    register("resources.tags.merge", _("Merge tags"), _("Tags made one"))
