"""Hands out pictures and documents: to whoever may have them, as what they are, with nothing in them allowed to run."""

from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_safe
from django.views.static import serve
from wagtail import hooks
from wagtail.documents.models import document_served

from portal.media.models import PortalDocument
from portal.media.names import ending_of
from portal.media.serving import PICTURE_TYPES, content_type_of, guard


@require_safe
def document(request: HttpRequest, document_id: str, filename: str) -> HttpResponseBase:
    """A document as a download, if every `before_serve_document` hook lets it pass.

    Wagtail's own hook asks for the password, the sign-in or the group that the collection wants; the rooms above add
    theirs, and one that sets `may_be_kept` to False on the document keeps it out of every cache. 404 for another name
    than the document's, and when the server has lost the file.
    """
    found = get_object_or_404(PortalDocument.objects.select_related("collection"), pk=document_id)
    if found.filename != filename:
        raise Http404(filename)
    for hook in hooks.get_hooks("before_serve_document"):
        answer = hook(found, request)
        if isinstance(answer, HttpResponse):
            return answer
    response = _download(request, found)
    if not getattr(found, "may_be_kept", True):  # a hook has said so
        response["Cache-Control"] = "private, no-store"
        return response
    # Asked again each time, because who may read it can change; the answer is mostly "not modified".
    is_restricted = found.collection.get_view_restrictions().exists()
    patch_cache_control(response, no_cache=True, **({"private": True} if is_restricted else {"public": True}))
    return response


def _download(request: HttpRequest, found: PortalDocument) -> HttpResponseBase:
    etag = f'"{found.file_hash}"' if found.file_hash else None
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return unchanged
    document_served.send(sender=PortalDocument, instance=found, request=request)
    try:
        file = found.file.storage.open(str(found.file.name), "rb")
    except FileNotFoundError as error:
        raise Http404(found.filename) from error
    if not found.content_type.startswith("text/"):
        request.META["HTTP_ACCEPT_ENCODING"] = "identity"  # packed already; the middleware that packs asks here
    response = FileResponse(file, content_type=found.content_type)
    response["Content-Disposition"] = found.content_disposition
    if etag:
        response["ETag"] = etag
    guard(response)
    return response


@require_safe
def picture(request: HttpRequest, path: str) -> HttpResponseBase:
    """A size of an image, in development; in production the web server in front does the same (docs/hosts.md)."""
    if ending_of(path) not in PICTURE_TYPES:
        raise Http404(path)
    response = serve(request, path, document_root=str(Path(settings.MEDIA_ROOT) / "images"))
    response["Content-Type"] = content_type_of(path)
    guard(response)
    return response
