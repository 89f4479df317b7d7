"""Changing what stands first, and which words mean the same. Each change stands in the log."""

from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from portal.core.versions import raise_version
from search.models import Promotion

ADDED, CHANGED, REMOVED = (f"search.promotions.{act}" for act in ("add", "change", "remove"))
VERSION = "search"
"""The scope whose version is raised: answers that were kept are outdated."""


@transaction.atomic
def save_promotion(*, promotion: Promotion, by: Any) -> Promotion:
    """Write a promotion that a form has checked."""
    is_new = promotion.pk is None
    promotion.save()
    log(instance=promotion, action=ADDED if is_new else CHANGED, user=by, data=_told(promotion))
    raise_version(VERSION)
    return promotion


@transaction.atomic
def remove_promotion(*, promotion: Promotion, by: Any) -> None:
    """Take a promotion away. The page itself stays as it is, and is found like any other."""
    log(instance=promotion, action=REMOVED, user=by, data=_told(promotion))
    promotion.delete()
    raise_version(VERSION)


def _told(promotion: Promotion) -> dict[str, Any]:
    return {"searches": promotion.queries.splitlines(), "page": promotion.page.title}
