"""A resource as a line of a list."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from portal.core.site_context import LANGUAGE_NAMES


@dataclass(frozen=True)
class Row:
    """One line. `language` is set when it is not the reader's; `uses` counts the cities that used it."""

    page: Any
    url: str
    language: str = ""
    here: str = ""
    uses: int = 0

    @property
    def language_name(self) -> str:
        """The language in its own words."""
        return LANGUAGE_NAMES.get(self.language, self.language)


def row_of(page: Any, request: HttpRequest, *, uses: int = 0) -> Row:
    """The line for a resource of any kind whose `locale` is loaded."""
    here = get_language() or ""
    code = page.locale.language_code
    return Row(page, page.get_url(request) or "", "" if code == here else code, here, uses)
