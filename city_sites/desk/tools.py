"""The tools of a city's team: admin pages for one city, each told to the desk by the module that has it."""

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

from coalition.models import City
from coalition.permissions import Act, may


@dataclass(frozen=True)
class Tool:
    """One admin page at `/admin/city/<city_id>/…`: what it is called, and which right it asks for."""

    label: str | Promise
    icon: str
    url_name: str
    act: Act
    order: int = 500


@dataclass(frozen=True)
class ToolLink:
    """A tool in one city, ready to draw."""

    label: str | Promise
    icon: str
    url: str
    url_name: str
    order: int


_tools: dict[str, Tool] = {}


def register_tool(label: str | Promise, icon: str, url_name: str, act: Act, *, order: int = 500) -> None:
    """Show an admin page on the desk and in the menu of everybody who may do `act` in the city.

    `url_name` takes the city's number. `label` is lazily translated. Registering a name again replaces it.
    """
    _tools[url_name] = Tool(label, icon, url_name, act, order)


def tools_for(user: Any, city: City) -> list[ToolLink]:
    """The tools that the person may use in this city, in order. No query beyond that of their roles."""
    found = []
    for tool in sorted(_tools.values(), key=lambda tool: tool.order):
        if not may(user, tool.act, city):
            continue
        try:
            url = reverse(tool.url_name, args=[city.pk])
        except NoReverseMatch:
            continue
        found.append(ToolLink(tool.label, tool.icon, url, tool.url_name, tool.order))
    return found
