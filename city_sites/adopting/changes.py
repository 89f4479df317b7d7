"""What the original of a copy says now, beside what it said when it was copied."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from wagtail.log_actions import log

from resources.models import GuidePage
from resources.origins import CONTENT, Origin, content_of, hash_of

LOOKED_AT = "city_sites.guides.looked_at"


def differences(origin: Origin, request: HttpRequest) -> list[Any]:
    """Wagtail's comparisons of the fields in which the source differs from what it said. Empty without a source."""
    if origin.source is None:
        return []
    now = origin.source
    then = GuidePage.from_serializable_data({**now.serializable_data(), **_known(origin.copy.source_content)})
    panels = GuidePage.get_edit_handler().get_bound_panel(instance=now, request=request, form=None)
    found = [compare(then, now) for compare in panels.get_comparison()]
    return [each for each in found if _name(each) in CONTENT and each.has_changed()]


def _known(content: dict[str, Any]) -> dict[str, Any]:
    """What was stored, without fields that guides no longer have."""
    return {name: content[name] for name in CONTENT if name in content}


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
