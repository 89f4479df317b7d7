"""The report on downloads in the admin, and the word to whoever publishes a file without tags."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages

from coalition.audit.actions import name_list
from resources.downloads import admin_urls
from resources.models import ToolkitPage
from resources.upkeep_hooks import StaffMenuItem

name_list("guide-downloads", gettext_lazy("how often guides were downloaded"))


@hooks.register("register_admin_urls")
def register_downloads() -> list[URLPattern | URLResolver]:
    """/admin/library/downloads/."""
    return [path("library/downloads/", include(admin_urls))]


@hooks.register("register_library_menu_item")
def register_downloads_item() -> StaffMenuItem:
    """In the menu "Library"."""
    url = reverse_lazy("library_downloads:index")
    return StaffMenuItem(gettext_lazy("Downloads"), url, name="library-downloads", icon_name="download", order=400)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def warn_of_untagged_files(request: HttpRequest, page: Any) -> None:
    """Says which PDFs of a toolkit people with a screen reader cannot find their way in."""
    if not isinstance(page, ToolkitPage) or request.method != "POST":
        return
    files = [child.value["document"] for child in page.tools if child.value.get("document")]
    titles = [file.title for file in files if file.is_tagged is False]
    if titles:
        words = {"titles": ", ".join(titles)}
        text = _(
            "These PDFs have no tags, so a screen reader finds no headings in them: %(titles)s. Add a page instead."
        )
        messages.warning(request, text % words)
