"""Reads the site as a stranger would, through every middleware, within this process."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import cast
from urllib.parse import unquote_to_bytes, urlsplit

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse, StreamingHttpResponse
from django.urls import get_urlconf, set_urlconf
from django.utils import translation

PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Answer:
    """What an address answered."""

    status: int
    kind: str
    body: bytes

    @property
    def is_page(self) -> bool:
        """Whether it is a page to read."""
        return self.status == 200 and self.kind == "text/html"

    @property
    def text(self) -> str:
        """The body of a text."""
        return self.body.decode("utf-8", errors="replace")


class SiteReader:
    """Asks for one address after the other, signed in as nobody."""

    def __init__(self) -> None:
        self._handler = BaseHandler()
        self._handler.load_middleware()

    def get(self, url: str) -> Answer:
        """The answer to a full address. An error within the page is a status of 500, never an exception."""
        request = WSGIRequest(_environ(url))
        request.is_export = True  # type: ignore[attr-defined]
        with _own_surroundings():
            response = self._handler.get_response(request)
            is_stream = isinstance(response, StreamingHttpResponse)
            body = b"".join(response) if is_stream else cast(HttpResponse, response).content
        kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        return Answer(response.status_code, kind, body)


@contextmanager
def _own_surroundings() -> Iterator[None]:
    """A request leaves its language and its addresses behind; the one that asked for the export wants its own."""
    urlconf = get_urlconf()
    with translation.override(translation.get_language()):
        try:
            yield
        finally:
            set_urlconf(urlconf)


def _environ(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    scheme = "https" if settings.SECURE_SSL_REDIRECT else parts.scheme
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(parts.path).decode("latin-1"),  # as WSGI wants it (PEP 3333)
        "QUERY_STRING": parts.query,
        "HTTP_HOST": parts.netloc,
        "HTTP_ACCEPT": "text/html,*/*",
        "SERVER_NAME": parts.hostname or "",
        "SERVER_PORT": str(parts.port or PORTS[scheme]),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": scheme,
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
        "wsgi.version": (1, 0),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
