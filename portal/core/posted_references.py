"""Takes single references out of what was posted, so that a form which is shown again does not tell what they name.

The form of a page shows the title of whatever id was posted, and a picture's thumbnail. When the editor may not use
that thing they may not see it either; all else they typed stays.
"""

import json
import uuid
from typing import Any

from django.http import QueryDict

from portal.core.borrowing import Reference

NOTHING = 0
"""An id that nothing has: a link in a text leads nowhere, as if its page were gone."""


def with_block_ids(data: QueryDict) -> QueryDict:
    """A copy in which every new block has an id, as it would get on saving: by it a reference is found again."""
    copy = data.copy()
    for name in data:
        stem = name.removesuffix("-id")
        if stem != name and not data[name] and f"{stem}-order" in data:
            copy[name] = str(uuid.uuid4())
    return copy


def forget(data: QueryDict, reference: Reference) -> None:
    """Empty the one field of the form that holds the reference. A text keeps its words and loses the link."""
    name = _field_name(data, reference.path.split("."))
    posted = str(data.get(name, ""))
    if posted.lstrip().startswith("{"):
        data[name] = _without_entity(posted, reference.pk)
        return
    for key in list(data):  # a picture with its words is one value in the page and three fields in the form
        if (key == name or key.startswith(f"{name}-")) and data[key] == reference.pk:
            data[key] = ""


def _field_name(data: QueryDict, path: list[str]) -> str:
    """The name in the form of what stands at a path: blocks count from 0 there, and each tells its id."""
    name = path[0]
    for step in path[1:]:
        number = _position(data, name, step)
        if number is not None:
            name = f"{name}-{number}-value"
        elif f"{name}-{step}" in data or any(key.startswith(f"{name}-{step}-") for key in data):
            name = f"{name}-{step}"
    return name


def _position(data: QueryDict, name: str, block_id: str) -> int | None:
    count = data.get(f"{name}-count", "")
    for number in range(int(count) if count.isdigit() else 0):
        if data.get(f"{name}-{number}-id") == block_id:
            return number
    return None


def _without_entity(posted: str, pk: str) -> str:
    """The editor's JSON with the links and pictures of this id leading nowhere."""
    try:
        content: dict[str, Any] = json.loads(posted)
        entities = content.get("entityMap", {}).values()
    except (ValueError, AttributeError):
        return ""
    for entity in entities:
        if str(entity.get("data", {}).get("id")) == pk:
            entity["data"]["id"] = NOTHING
    return json.dumps(content)
