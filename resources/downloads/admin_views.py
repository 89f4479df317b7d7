"""Downloads by resource and month, for coalition staff."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from coalition.audit.actions import note_export
from coalition.exports import EXPORTS, Columns
from coalition.permissions import is_coalition_staff
from resources.downloads.selectors import lines, months

A_PAGE = 50


class DownloadsView(WagtailAdminTemplateMixin, TemplateView):
    """A line for each month, resource and file; the same as a file."""

    template_name = "resources/admin/downloads.html"
    page_title = gettext_lazy("Downloads")
    header_icon = "download"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Denied to everybody else."""
        if not is_coalition_staff(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]
        """The page, or the file."""
        export = EXPORTS.get(request.GET.get("export", ""))
        if export is None:
            return super().get(request, *args, **kwargs)
        note_export(user=request.user, name="guide-downloads", kind=request.GET["export"])
        return export("guide-downloads", download_columns(), lines(months()))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Home, this page."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds one page of lines."""
        page = Paginator(months(), A_PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(page_obj=page, lines=lines(page.object_list), **kwargs)


def download_columns() -> Columns:
    """The columns; a row is a DownloadLine."""
    return [
        (_("Month"), lambda line: formats.date_format(line.month, "Y-m")),
        (_("Resource"), lambda line: line.title),
        (_("Language"), lambda line: line.language),
        (_("What"), lambda line: line.what),
        (_("Times"), lambda line: line.count),
    ]
