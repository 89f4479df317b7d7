"""What an entry keeps beside the sentence, as names and words. Never what could open a door."""

import re
from collections.abc import Iterator
from typing import Any

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MOST = 20
LONGEST = 300
_SECRET = re.compile(r"pass|secret|token|key|hash|codes?$|cookie|session|signature|otp|seed", re.IGNORECASE)
_QUIET = {"noted", "person_forgotten", "uuid", "id"}
_NAMES: dict[str, str | Promise] = {
    "act": gettext_lazy("Act"),
    "added": gettext_lazy("Put into the groups"),
    "asked_by": gettext_lazy("Asked by"),
    "city": gettext_lazy("City"),
    "comment": gettext_lazy("Comment"),
    "delete_on": gettext_lazy("To be deleted on"),
    "destination": gettext_lazy("To"),
    "effective_on": gettext_lazy("In force from"),
    "filters": gettext_lazy("Filters"),
    "format": gettext_lazy("Format"),
    "from": gettext_lazy("Before"),
    "kind": gettext_lazy("Kind"),
    "list": gettext_lazy("List"),
    "new": gettext_lazy("New"),
    "old_path": gettext_lazy("Old address"),
    "page": gettext_lazy("Page"),
    "pages": gettext_lazy("Pages"),
    "person": gettext_lazy("Person"),
    "reason": gettext_lazy("Why"),
    "removed": gettext_lazy("Taken out of the groups"),
    "restriction": gettext_lazy("Who may see it"),
    "roles": gettext_lazy("Roles"),
    "since": gettext_lazy("Since"),
    "source": gettext_lazy("From"),
    "title": gettext_lazy("Title"),
    "to": gettext_lazy("After"),
    "workflow": gettext_lazy("Approval"),
}


def details_of(data: Any) -> list[tuple[str, str]]:
    """Names and values in words, in the order they were written; secrets, empty values and numbers of rows left out."""
    if not isinstance(data, dict):
        return []
    found = ((_name(key), _words(value)) for key, value in data.items() if _is_shown(key))
    return [(name, words) for name, words in found if words][:MOST]


def _is_shown(key: str) -> bool:
    return key not in _QUIET and not key.endswith("_id") and not _SECRET.search(key)


def _name(key: str) -> str:
    return str(_NAMES.get(key) or capfirst(key.replace("_", " ")))


def _words(value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, dict):
        text = str(value["title"]) if value.get("title") else "; ".join(_parts(value))
    elif isinstance(value, list):
        text = ", ".join(words for words in map(_words, value) if words)
    else:
        text = str(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _parts(value: dict[str, Any]) -> Iterator[str]:
    for key, each in value.items():
        words = _words(each) if _is_shown(str(key)) else ""
        if words:
            yield f"{_name(str(key))}: {words}"
