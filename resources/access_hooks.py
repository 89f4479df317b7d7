"""The two doors to what is for members: pages and files."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from wagtail import hooks

from resources.access import keep_from_caches
from resources.documents import guard_members_files
from resources.models import GuideReferencePage, LibraryPage, ResourcePage

Serve = Callable[[Any, HttpRequest, list[Any], dict[str, Any]], HttpResponseBase]
OF_THE_LIBRARY = (ResourcePage, GuideReferencePage, LibraryPage)

# Before Wagtail's own, which would only ask for a sign-in.
hooks.register("before_serve_document", guard_members_files, order=-100)


@hooks.register("on_serve_page")
def keep_pages_of_readers(serve: Serve) -> Serve:
    """What somebody signed in gets of the library is kept by nobody: it may hold what is for members.

    A visitor's answer may be kept, but not for people who are signed in.
    """

    def served(page: Any, request: HttpRequest, args: list[Any], kwargs: dict[str, Any]) -> HttpResponseBase:
        response = serve(page, request, args, kwargs)
        if isinstance(page, OF_THE_LIBRARY):
            if request.user.is_authenticated:
                keep_from_caches(response)
            patch_vary_headers(response, ["Cookie"])
        return response

    return served
