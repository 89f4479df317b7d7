"""Which pages the running text of a stream links to, read from what is stored."""

from collections.abc import Iterable, Mapping
from typing import Any

from portal.core.rich_text import linked_pages


def linked_in(*streams: Any) -> set[int]:
    """Ids of the pages that rich text anywhere in these streams links to."""
    found: set[int] = set()
    waiting: list[Any] = [getattr(stream, "raw_data", stream) for stream in streams]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            if 'linktype="page"' in part:
                found |= linked_pages(part)
        elif isinstance(part, Mapping):
            waiting += part.values()
        elif isinstance(part, Iterable):
            waiting += part
    return found
