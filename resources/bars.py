"""A bar above a guide for signed-in people. The rooms above say what is on it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

BarMaker = Callable[[Any, HttpRequest], SafeString]

_makers: list[BarMaker] = []


def register_bar(maker: BarMaker) -> None:
    """Let `maker(page, request)` draw a bar; it answers an empty text for whoever gets none."""
    if maker not in _makers:
        _makers.append(maker)


def bar_of(page: Any, request: HttpRequest) -> SafeString:
    """What stands above the page for this reader; nothing for a visitor who is not signed in, at no query."""
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return SafeString("")
    return format_html_join("", "{}", ((maker(page, request),) for maker in _makers))
