"""A theme's style sheet, worked out from its address alone: no database, no session, nothing stored.

The address names everything that decides the result, the rules of derivation included. So a sheet may be kept forever,
and a city that changes its colors simply gets another address.
"""

import hashlib
import re
from functools import lru_cache
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from portal.core import colors, theme
from portal.core.stylesheets import Bundle, to_be_kept
from portal.core.theme import Theme

_SOURCES = (theme.__file__, colors.__file__)
RULES = hashlib.sha256(b"".join(Path(source).read_bytes() for source in _SOURCES)).hexdigest()[:8]
"""Changes with the rules of derivation."""

_NAME = re.compile(
    rf"([0-9a-f]{{6}})-([0-9a-f]{{6}})-({'|'.join(theme.PAIRINGS)})-({'|'.join(theme.SCHEMES)})"
    r"(?:-b([0-9a-f]{6}))?(?:-a([0-9a-f]{6}))?"
)


def theme_url(wanted: Theme) -> str:
    """The address of the theme's style sheet."""
    return reverse("core:theme_stylesheet", args=[RULES, _name_of(wanted)])


@require_safe
def theme_stylesheet(request: HttpRequest, rules: str, name: str) -> HttpResponse:
    """The style sheet that the name stands for; an address made by older rules leads to the current one."""
    wanted = _theme_named(name)
    if wanted is None:
        raise Http404(name)
    if rules != RULES:
        return redirect(theme_url(wanted))
    return to_be_kept(request, _sheet(wanted))


def _name_of(wanted: Theme) -> str:
    parts = [wanted.first[1:], wanted.second[1:], wanted.pairing, wanted.scheme]
    parts += [f"{letter}{color[1:]}" for letter, color in (("b", wanted.band), ("a", wanted.action)) if color]
    return "-".join(parts)


def _theme_named(name: str) -> Theme | None:
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    first, second, pairing, scheme, band, action = found.groups()
    return Theme(f"#{first}", f"#{second}", pairing, scheme, f"#{band}" if band else "", f"#{action}" if action else "")


@lru_cache(maxsize=512)
def _sheet(wanted: Theme) -> Bundle:
    return Bundle.of(theme.stylesheet(wanted))
