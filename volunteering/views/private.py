"""Pages that are one person's: never kept by anybody in between, never listed, and silent about their address."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import add_never_cache_headers

View = Callable[..., HttpResponseBase]
STRICT = "no-referrer"
FOR_FORMS = "same-origin"
"""With "no-referrer" a browser sends a form with "Origin: null", which Django's CSRF check has to refuse."""


def private(view: View) -> View:
    """No store, no index; an address with a secret in it goes to no other site."""

    @wraps(view)
    def unkept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.is_noindex = True  # type: ignore[attr-defined]
        return closed(view(request, *args, **kwargs))

    return unkept


def closed(response: HttpResponseBase, *, has_form: bool = True) -> HttpResponseBase:
    """The headers of such a page. One without a form keeps its address to itself even on its own site."""
    add_never_cache_headers(response)
    response["X-Robots-Tag"] = "noindex, nofollow"
    if "Referrer-Policy" not in response:
        response["Referrer-Policy"] = FOR_FORMS if has_form else STRICT
    return response
