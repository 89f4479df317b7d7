"""What stands around a page: name, menu, footer, theme. The rooms above register who answers for which page."""

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
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
class Notice:
    """A few words above every page. `kind` is "news" or "warning"; without a day it has begun, or does not end."""

    text: str
    kind: str = "news"
    link: MenuItem | None = None
    begins: datetime.datetime | None = None
    ends: datetime.datetime | None = None

    def is_on(self) -> bool:
        """Whether it counts at this moment."""
        now = timezone.now()
        return (self.begins is None or self.begins <= now) and (self.ends is None or now < self.ends)


@dataclass(frozen=True)
class Logo:
    """A picture that stands beside the name."""

    url: str
    width: int
    height: int


@dataclass(frozen=True)
class Contact:
    """Where people find the office: lines as on an envelope, a telephone, an address for mail."""

    lines: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""

    def __bool__(self) -> bool:
        return bool(self.lines or self.phone or self.email)

    @property
    def phone_url(self) -> str:
        """What a telephone dials; an extension is left to the person."""
        number, _x, _extension = self.phone.lower().partition("x")
        digits = "".join(letter for letter in number if letter.isdigit())
        if not digits:
            return ""
        return f"tel:+{digits}" if number.strip().startswith("+") else f"tel:{digits}"


@dataclass(frozen=True)
class Membership:
    """What a member says of the coalition under its footer."""

    name: str
    members: int
    url: str


@dataclass(frozen=True)
class Surroundings:
    """Everything the base template draws around the matter of a page.

    The second half is for sites other than the national one. `bearer` is whose seal stands for the site; `homes` are
    its homes by language code (None: the portal's own); `root_depth` is where its trail begins in Wagtail's tree;
    `theme_colors` are (scheme, color) of the browser's frame; `city_id` says whose site it is.
    """

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

    root_depth: int = 2
    homes: dict[str, str] | None = None
    city_id: int | None = None
    bearer: Any | None = None
    logo: Logo | None = None
    icons: dict[str, str] = field(default_factory=dict)
    color_scheme: str = "light dark"
    theme_colors: tuple[tuple[str, str], ...] = ()
    small_print: tuple[MenuItem, ...] = ()
    contact: Contact | None = None
    social: tuple[MenuItem, ...] = ()
    notice: Notice | None = None
    membership: Membership | None = None
    organization: dict[str, Any] = field(default_factory=dict)


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


def menu_items(links: Iterable[Any], request: HttpRequest) -> tuple[MenuItem, ...]:
    """The entries of a menu or a column from link values, in the active language; those that lead nowhere are left out.

    Resolve the values' pages beforehand (`resolve_links`): then it costs no query.
    """
    items = (_item(link, request) for link in links)
    return tuple(item for item in items if item.url or item.children)


def _item(link: Any, request: HttpRequest) -> MenuItem:
    below = link.get("children") if isinstance(link, Mapping) else None
    return MenuItem(
        label=link["text"],
        url=link.url_in(get_language(), request),
        lang=link.lang_in(get_language()),
        children=menu_items(below or (), request),
    )


def footer_columns(columns: Iterable[Any], request: HttpRequest) -> tuple[FooterColumn, ...]:
    """Named columns from the values of footer blocks; a column whose links all lead nowhere is left out."""
    found = (FooterColumn(column["title"], menu_items(column["links"], request)) for column in columns)
    return tuple(column for column in found if column.items)
