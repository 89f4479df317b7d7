"""Resources made of others: a playbook of guides in order, a toolkit of files."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList, TabbedInterface
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.models import Page

from portal.core.blocks import BodyStreamBlock
from resources.blocks import ChapterBlock, ToolBlock
from resources.models.base import ResourcePage
from resources.models.choices import Format


def _editor(*names: str) -> TabbedInterface:
    return TabbedInterface(
        [
            ObjectList([*Page.content_panels, FieldPanel("summary"), *map(FieldPanel, names)], heading=_("Content")),
            ObjectList(ResourcePage.about_panels[1:], heading=_("About it")),
            ObjectList(ResourcePage.keeping_panels, heading=_("Upkeep")),
            ObjectList(Page.promote_panels, heading=_("Promote")),
            ObjectList(Page.settings_panels, heading=_("Settings")),
        ]
    )


class PlaybookPage(RoutablePageMixin, ResourcePage):
    """Guides in order, in chapters; read one by one, or all as one document."""

    opening = StreamField(BodyStreamBlock(), verbose_name=_("before the chapters"), blank=True)
    chapters = StreamField([("chapter", ChapterBlock())], verbose_name=_("chapters"), blank=True)

    edit_handler = _editor("opening", "chapters")
    is_creatable = True
    parent_page_types = ["resources.LibraryPage"]
    subpage_types: list[str] = []
    template = "resources/playbook_page.html"
    page_description = _("Guides in order, read and printed as one.")

    class Meta:
        """Named as editors know it."""

        verbose_name = _("playbook")
        verbose_name_plural = _("playbooks")

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Its format goes without saying."""
        self.format = Format.PLAYBOOK
        super().full_clean(*args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds its chapters, as far as the reader may see them (resources.reading)."""
        from resources.reading import playbook_context

        return super().get_context(request, *args, **kwargs) | playbook_context(self, request)

    @path("whole/", name="whole")
    def whole_route(self, request: HttpRequest) -> HttpResponse:
        """All its guides as one document."""
        from resources.views import reading

        return reading.whole(self, request)

    @path("print/", name="print")
    def print_route(self, request: HttpRequest) -> HttpResponse:
        """All its guides as one document, made for paper."""
        from resources.views import reading

        return reading.print_playbook(self, request)

    @path("pdf/", name="pdf")
    def pdf_route(self, request: HttpRequest) -> HttpResponseBase:
        """All its guides as one PDF; the print view where none can be made."""
        from resources.views import pdf

        return pdf.playbook_pdf(self, request)


class ToolkitPage(RoutablePageMixin, ResourcePage):
    """Files to download, each with its type, size, pages and language in its link."""

    opening = StreamField(BodyStreamBlock(), verbose_name=_("before the files"), blank=True)
    tools = StreamField([("tool", ToolBlock())], verbose_name=_("files"), blank=True)

    edit_handler = _editor("opening", "tools")
    is_creatable = True
    parent_page_types = ["resources.LibraryPage"]
    subpage_types: list[str] = []
    template = "resources/toolkit_page.html"
    page_description = _("Files to download: letters, forms, sign-in sheets.")

    class Meta:
        """Named as editors know it."""

        verbose_name = _("toolkit")
        verbose_name_plural = _("toolkits")

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Its format goes without saying."""
        self.format = Format.TOOLKIT
        super().full_clean(*args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds its files, as far as the reader may have them (resources.toolkits)."""
        from resources.toolkits import toolkit_context

        return super().get_context(request, *args, **kwargs) | toolkit_context(self, request)

    @path("file/<uuid:tool>/", name="file")
    def file_route(self, request: HttpRequest, tool: uuid.UUID) -> HttpResponseBase:
        """Counts a download and hands out the file of the block with this id."""
        from resources.views import files

        return files.tool_file(self, request, tool)
