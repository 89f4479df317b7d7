"""Which cities used a guide."""

from typing import Any

from coalition.models import City
from resources.models.uses import GuideUse


def uses_of(page: Any) -> list[GuideUse]:
    """The uses of a guide (GuideUse with its city) that readers are shown: member cities, newest first. One query."""
    shown = GuideUse.objects.filter(
        guide_key=page.translation_key, is_shown=True, city__status=City.Status.MEMBER
    ).select_related("city")
    return list(shown.order_by("-year", "city__name", "city__state"))
