"""What the original of a copy says now, beside what it said when it was copied."""

import json
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from wagtail.fields import StreamField
from wagtail.log_actions import log

from resources.models import GuidePage
from resources.origins import CONTENT, Origin, content_of, hash_of

LOOKED_AT = "city_sites.guides.looked_at"


def differences(origin: Origin, request: HttpRequest) -> list[Any]:
    """Wagtail's comparisons of the fields in which the source differs from what it said. Empty without a source."""
    if origin.source is None:
        return []
    stored = {**origin.source.serializable_data(), **content_of(origin.source)}
    old = origin.copy.source_content
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for name in CONTENT:
        if name in old and old[name] != stored[name]:  # Wagtail's own has_changed() takes every table for another one
            before[name], after[name] = _what_differs(name, old[name], stored[name])
    then = GuidePage.from_serializable_data({**stored, **before})
    now = GuidePage.from_serializable_data({**stored, **after})
    panels = GuidePage.get_edit_handler().get_bound_panel(instance=now, request=request, form=None)
    found = [compare(then, now) for compare in panels.get_comparison()]
    return [each for each in found if _name(each) in after]


def _what_differs(name: str, before: str, after: str) -> tuple[str, str]:
    """Of a stream the blocks that are not the same in both, or all when they only changed places. Else both as is."""
    if not isinstance(GuidePage._meta.get_field(name), StreamField):
        return before, after
    old, new = json.loads(before or "[]"), json.loads(after or "[]")
    gone, come = [each for each in old if each not in new], [each for each in new if each not in old]
    return (json.dumps(gone), json.dumps(come)) if gone or come else (before, after)


def _name(comparison: Any) -> str:
    return str(getattr(getattr(comparison, "field", None), "name", ""))


@transaction.atomic
def look_at_change(*, origin: Origin, by: Any = None) -> bool:
    """The city knows what the source says now: nothing has changed since. Returns whether anything had."""
    if origin.source is None or not origin.has_changed:
        return False
    content, row = content_of(origin.source), origin.copy
    row.source_content, row.source_hash, row.taken_at = content, hash_of(content), timezone.now()
    row.save(update_fields=["source_content", "source_hash", "taken_at"])
    log(instance=row.copy, action=LOOKED_AT, user=by, data={"title": origin.source.title})
    return True
