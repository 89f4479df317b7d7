"""What a page of a toolkit needs."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from resources import access, bars, related
from resources.reading import topic_links


@dataclass(frozen=True)
class Tool:
    """A file of a toolkit as its reader sees it. `url` is empty when the file is not for this reader."""

    value: Any
    url: str
    twin_url: str = ""


def toolkit_context(page: Any, request: HttpRequest) -> dict[str, Any]:
    """The files, each with its address if the reader may have it, and what stands around them."""
    reader = access.reader(request)
    tools = [_tool(page, child, reader, request) for child in page.tools if child.value.get("document")]
    hidden = [tool.value.shown_title for tool in tools if not tool.url]
    is_readable = reader.may_read(page)
    return {
        "reader": reader,
        "is_readable": is_readable,
        "tools": tools,
        "has_hidden": bool(hidden) or not is_readable,
        "hidden_title": page.title if not is_readable else hidden[0] if len(hidden) == 1 else "",
        "related": related.related_to(page, request),
        "topic_links": topic_links(page, request),
        "city_bar": bars.bar_of(page, request),
    }


def tool_of(page: Any, tool_id: Any) -> Any:
    """The value of the file with this id, None when the toolkit has none such."""
    wanted = str(tool_id)
    found = (child.value for child in page.tools if child.id == wanted)
    return next((value for value in found if value.get("document")), None)


def _tool(page: Any, child: Any, reader: access.Reader, request: HttpRequest) -> Tool:
    if not reader.may_see_step(page, child.value):
        return Tool(child.value, "")
    twin = child.value.get("html_twin")
    address = page.get_url(request) + page.reverse_subpage("file", kwargs={"tool": child.id})
    twin = twin and twin.localized  # wagtail-localize keeps the page that was chosen
    return Tool(child.value, address, (twin.get_url(request) or "") if twin and twin.live else "")
