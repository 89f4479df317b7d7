"""Addresses inside a city's site that somebody typed: whether a page answers there."""

from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.translation import override
from wagtail.models import Page


class Addresses:
    """The addresses that the site's pages answer at on the national host. `homes`: language code → home."""

    def __init__(self, homes: dict[str, Page], pages: Iterable[tuple[str, Page]]) -> None:
        self._roots = {code: _path(code, home) for code, home in homes.items()}
        self._live = {_path(code, page) for code, page in pages if page.live}

    def is_lost(self, address: str) -> bool:
        """Whether nothing answers there. Only addresses under the city's own path are judged; the rest pass."""
        path = unquote(urlsplit(address).path)
        if not path.endswith("/"):
            path += "/"
        code = next((code for code, root in self._roots.items() if path.startswith(root)), None)
        return code is not None and path not in self._live and _is_for_pages(path, code)


def _path(code: str, page: Page) -> str:
    """Wagtail's own path without the national home's slug, behind the language's prefix."""
    below_home = page.url_path.strip("/").partition("/")[2]
    prefix = "" if code == settings.LANGUAGE_CODE else f"/{code}"
    return f"{prefix}/{below_home}/"


def _is_for_pages(path: str, code: str) -> bool:
    """Whether the address would be looked up among pages, and is not drawn by a view of its own."""
    with override(code):
        try:
            return resolve(path).url_name == "wagtail_serve"
        except Resolver404:
            return True
