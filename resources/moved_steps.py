"""Addresses that steps used to have: others may link to them."""

import json
from typing import Any

from wagtail.models import Revision

LOOKED_AT = 50  # revisions; a guide that was published more often has forgotten its oldest addresses


def anchor_now(page: Any, anchor: str) -> str | None:
    """The anchor of the step that was published under `anchor` once; empty when that step is gone.

    None when no step of this guide was ever named so. A step keeps the id of its block whatever its name is.
    """
    named = f'"anchor": "{anchor}"'
    revisions = Revision.objects.for_instance(page).filter(content__steps__icontains=named).order_by("-created_at")
    for content in revisions.values_list("content", flat=True)[:LOOKED_AT]:
        block = next((step for step in _steps(content) if step["value"].get("anchor") == anchor), None)
        if block is not None:
            now = next((child for child in page.steps if child.id == block.get("id")), None)
            return now.value["anchor"] if now else ""
    return None


def _steps(content: dict[str, Any]) -> list[dict[str, Any]]:
    return json.loads(content.get("steps") or "[]")
