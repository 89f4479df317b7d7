"""What all answers of the interface have in common: who may ask, how often, how long an answer is kept.

Answers are public and the same for everybody: no session, no cookie, nothing for members. So any page of any site may
read them (Access-Control-Allow-Origin), and they are kept for a moment, here and on the way.
"""

import hashlib
import json
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.cache import BaseCache, cache, caches
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from portal.core.throttle import allow, client_address
from portal.core.versions import version
from search.api.asking import language_of
from search.finding import WishError

View = Callable[[HttpRequest], HttpResponse]

VERSION = "search"
"""The scope whose version whoever changes the index raises."""
KEPT_HERE, KEPT_THERE = 30, 60
"""Seconds: in this process; by browsers and proxies."""
WINDOW = 60
"""Seconds in which SEARCH_API_RATE answers may be asked for."""
METHODS = ("GET", "HEAD")


def process_cache() -> BaseCache:
    """The cache of this process alone; the shared one where there is none."""
    return caches["process"] if "process" in settings.CACHES else cache


def answers_json(scope: str) -> Callable[[View], View]:
    """A view of the interface: in the reader's language, so often and no more, reasons as {"error": …}.

    The view may raise WishError. Answers to `scope` are counted for themselves.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest) -> HttpResponse:
            language = language_of(request)
            with translation.override(language):
                response = _answer(scope, view, request)
            response["Content-Language"] = language
            response["Access-Control-Allow-Origin"] = "*"
            response["Cross-Origin-Resource-Policy"] = "cross-origin"
            patch_vary_headers(response, ("Accept-Language",))
            return response

        return answer

    return decorate


def _answer(scope: str, view: View, request: HttpRequest) -> HttpResponse:
    if request.method not in METHODS:
        response = failure(_("Only GET and HEAD are answered here."), 405)
        response["Allow"] = ", ".join(METHODS)
        return response
    limit = settings.SEARCH_API_RATE
    who = client_address(request)
    if limit and not allow(f"search:{scope}", who, limit, WINDOW, counted_in=process_cache()):
        text = _("You have asked more than %(limit)d times in a minute. Wait a moment, then go on.")
        response = failure(text % {"limit": limit}, 429)
        response["Retry-After"] = str(int(WINDOW - time.time() % WINDOW) + 1)
        return response
    try:
        return view(request)
    except WishError as reason:
        return failure(str(reason), 400)


def failure(reason: str, status: int) -> HttpResponse:
    """A refusal, with its reason in the reader's language."""
    response = HttpResponse(dumped({"error": reason}), content_type="application/json", status=status)
    response["Cache-Control"] = "no-store"
    return response


def kept_answer(request: HttpRequest, wish: Any, make: Callable[[], dict[str, Any]]) -> HttpResponse:
    """The answer to `wish`: from this process if it gave it a moment ago and nothing has changed since, else made.

    `wish` says everything that the answer depends on but the host and the language.
    """
    store = process_cache()
    parts = (request.scheme, request.get_host(), translation.get_language(), wish)
    key = f"search:{version(VERSION)}:{hashlib.sha256(repr(parts).encode()).hexdigest()}"
    body = store.get(key)
    if body is None:
        body = dumped(make())
        store.set(key, body, KEPT_HERE)
    response = HttpResponse(body, content_type="application/json")
    response["Cache-Control"] = f"public, max-age={KEPT_THERE}"
    return response


def dumped(value: Any) -> bytes:
    """JSON in UTF-8, as short as it goes."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
