"""PDF files of guides and playbooks."""

from collections.abc import Callable
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_safe

from portal.core.throttle import allow, client_address
from portal.media.serving import guard
from resources import access, counting, pdf
from resources.access import Reader

TRIES, SECONDS = 20, 600
"""How many PDFs that nobody had before one address may have made, and in how many seconds."""
Source = Callable[[Any, HttpRequest, Reader], str]


def guide_pdf(page: Any, request: HttpRequest) -> HttpResponseBase:
    """A guide as PDF, as far as its reader may see it; the print view where no PDF can be made."""
    from resources.pdf.making import guide_source

    return _answer(request, page, guide_source)


def playbook_pdf(page: Any, request: HttpRequest) -> HttpResponseBase:
    """A playbook with all its guides as PDF; the print view where no PDF can be made."""
    from resources.pdf.making import playbook_source

    return _answer(request, page, playbook_source)


@require_safe
def _answer(request: HttpRequest, page: Any, source_of: Source) -> HttpResponseBase:
    here = page.get_url(request)
    reader = access.reader(request)
    if not reader.may_read(page):
        return access.refuse(request, what=page.title, next_url=here)
    if not pdf.is_available():
        return HttpResponse(status=303, headers={"Location": f"{here}print/"})
    response = _file(request, page, source_of(page, request, reader))
    if counting.is_taken(request, response):
        counting.count_download(page=page, what=counting.PDF)
    if reader.is_member:
        access.keep_from_caches(response)
    return response


def _file(request: HttpRequest, page: Any, source: str) -> HttpResponseBase:
    from resources.pdf import keeping
    from resources.pdf.making import name_of

    etag = f'"{name_of(source)}"'
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return unchanged
    path = keeping.kept(source)
    if path is None:
        if not allow("resources.pdf", client_address(request), TRIES, SECONDS):
            return _later(request, page, 429)
        try:
            path = keeping.make(source, page.full_url)
        except keeping.BusyError:
            return _later(request, page, 503)
    request.META["HTTP_ACCEPT_ENCODING"] = "identity"  # packed already; the middleware that packs asks here
    name = f"{page.slug}-{page.locale.language_code}.pdf"
    response = FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type="application/pdf")
    response["ETag"] = etag
    response["Link"] = f'<{page.full_url}>; rel="canonical"'
    patch_cache_control(response, no_cache=True, public=True)
    guard(response)
    return response


def _later(request: HttpRequest, page: Any, status: int) -> HttpResponse:
    """Too many at once: the page on paper is there all the same."""
    context = {"page": page, "print_url": f"{page.get_url(request)}print/"}
    request.is_noindex = True  # type: ignore[attr-defined]
    response = render(request, "resources/pdf/later.html", context, status=status)
    response["Cache-Control"] = "no-store"
    response["Retry-After"] = str(SECONDS if status == 429 else 30)
    return response
