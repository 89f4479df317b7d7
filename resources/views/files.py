"""Files of a toolkit: who may have them gets them, and how often is counted."""

from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from portal.media.views import document
from resources import access, counting
from resources.toolkits import tool_of


def tool_file(page: Any, request: HttpRequest, tool: Any) -> HttpResponseBase:
    """The file of one block. 404 for a block that is not there, 403 for a file that is not for this reader."""
    return _tool_file(request, page, tool)


@require_safe
def _tool_file(request: HttpRequest, page: Any, tool: Any) -> HttpResponseBase:
    value = tool_of(page, tool)
    if value is None:
        raise Http404(str(tool))
    if not access.reader(request).may_see_step(page, value):
        return access.refuse(request, what=value.shown_title, next_url=page.get_url(request))
    file = value["document"]
    response = document(request, str(file.pk), file.filename)
    if counting.is_taken(request, response):
        counting.count_download(page=page, what=f"{counting.FILE}{tool}")
    if not access.VISITOR.may_see_step(page, value):
        access.keep_from_caches(response)
    return response
