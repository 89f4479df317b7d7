"""All of a page's CSS as one response, at an address that names its content.

There is no build step: the files in static/portal/css are joined when the first page asks, once per process (again in
DEBUG when a file changes). The address holds a hash of the result, so browsers may keep it forever.
"""

import gzip
import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Self

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from portal.core import theme

CSS_DIR = Path(__file__).parent / "static" / "portal" / "css"
FOREVER = "public, max-age=31536000, immutable"

# The layers settle who overrules whom (tokens.css), so the order of the components does not matter.
COMPONENTS = (
    "band", "title", "foot", "sign", "flag", "list", "table", "form", "search", "prose", "steps", "blocks", "home",
    "city", "finder", "guide", "adopt", "wrong", "initiative", "volunteer",
    "opportunities",
)  # fmt: skip
BUNDLES = {
    "site": ("tokens.css", "base.css", *(f"components/{name}.css" for name in COMPONENTS), "forced.css", "print.css"),
    "guide": ("components/guide-only.css",),  # the style guide's own, on top of "site"
}
URL_NAMES = {"site": "core:stylesheet", "guide": "core:guide_stylesheet"}

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_INDENT = re.compile(r"\n\s*")
_RELATIVE_URL = re.compile(r'url\("\.\./([^"]+)"\)')


@dataclass(frozen=True)
class Bundle:
    """One joined style sheet: the text as bytes, the same gzipped, and the hash that its address holds."""

    body: bytes
    gzipped: bytes
    digest: str

    @classmethod
    def of(cls, text: str) -> Self:
        """The style sheet with this text."""
        body = text.encode()
        return cls(body, gzip.compress(body, mtime=0), hashlib.sha256(body).hexdigest()[:16])


def bundle(name: str = "site") -> Bundle:
    """The style sheet of that name. Raises KeyError for a name not in BUNDLES."""
    stamp = max(_file(part).stat().st_mtime_ns for part in BUNDLES[name]) if settings.DEBUG else 0
    return _join(name, stamp)


def stylesheet_url(name: str = "site") -> str:
    """The address of the style sheet as it is now."""
    return reverse(URL_NAMES[name], args=[bundle(name).digest])


@require_safe
def stylesheet(request: HttpRequest, digest: str, name: str = "site") -> HttpResponse:
    """The style sheet, to be kept forever; an old address (a page from a cache, say) leads to the current one."""
    current = bundle(name)
    if digest != current.digest:
        return redirect(stylesheet_url(name))
    return to_be_kept(request, current)


def to_be_kept(request: HttpRequest, sheet: Bundle) -> HttpResponse:
    """A style sheet whose address will never stand for another one: browsers keep it for a year."""
    zipped = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(sheet.gzipped if zipped else sheet.body, content_type="text/css; charset=utf-8")
    response["Cache-Control"] = FOREVER
    if zipped:
        response["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _file(part: str) -> Path:
    return CSS_DIR / part


@lru_cache(maxsize=8)
def _join(name: str, stamp: int) -> Bundle:
    """`stamp` is only there to make the cache forget."""
    text = "\n".join(_file(part).read_text(encoding="utf-8") for part in BUNDLES[name])
    if name == "guide":
        text += _ready_themes()
    text = _INDENT.sub("\n", _COMMENT.sub("", text)).strip() + "\n"
    return Bundle.of(_RELATIVE_URL.sub(_static_url, text))


def _static_url(found: re.Match[str]) -> str:
    """An address relative to the css folder, as the static files storage serves it (with its own hash, on a CDN)."""
    return f'url("{static("portal/" + found[1])}")'


def _ready_themes() -> str:
    return "".join(
        theme.stylesheet(theme.Theme(ready.first, ready.second, ready.pairing), f".theme-{ready.key}")
        for ready in theme.READY_THEMES
    )
