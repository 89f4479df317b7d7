"""What stands around a page: name, menu, footer, theme. The rooms above register who answers for which page."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from wagtail.models import Page


@dataclass(frozen=True)
class MenuItem:
    """One entry of a menu. `children` is one level deep; `lang` is set when the target is in another language."""

    label: str
    url: str
    children: tuple["MenuItem", ...] = ()
    is_current: bool = False
    lang: str = ""


@dataclass(frozen=True)
class FooterColumn:
    """A named list of links in the footer."""

    title: str
    items: tuple[MenuItem, ...]


@dataclass(frozen=True)
class Surroundings:
    """Everything the base template draws around the matter of a page."""

    name: str
    home_url: str
    tagline: str = ""
    menu: tuple[MenuItem, ...] = ()
    footer: tuple[FooterColumn, ...] = ()
    footer_note: str = ""
    links: dict[str, str] = field(default_factory=dict)
    theme_url: str = ""
    body_class: str = ""
    ribbon: tuple[Any, ...] = ()


Finder = Callable[[HttpRequest, Page | None], Surroundings | None]

_finders: list[tuple[int, Finder]] = []


def register_surroundings(finder: Finder, *, order: int) -> None:
    """Let `finder` answer for pages it knows. Lower orders are asked first; the first answer counts."""
    _finders.append((order, finder))
    _finders.sort(key=lambda entry: entry[0])


def surroundings_for(request: HttpRequest, page: Page | None) -> Surroundings:
    """What stands around `page` (None for a page that is drawn by a view)."""
    for _order, finder in _finders:
        found = finder(request, page)
        if found is not None:
            return found
    return Surroundings(name="", home_url="/")
