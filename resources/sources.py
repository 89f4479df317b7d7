"""The guides of the library itself: what a city can follow, copy, and say it has used."""

from typing import Any

from portal.core.enclaves import in_enclaves
from resources.models.choices import Access
from resources.models.guide import GuidePage


def library_guides() -> Any:
    """Guides that are live and not private, in any language. A city's own ones are none of the library's."""
    return GuidePage.objects.live().public().exclude(in_enclaves())


def is_closed(guide: GuidePage) -> bool:
    """Whether some of it, or all, is for members only."""
    return guide.access == Access.MEMBERS or any(step.value.get("for_members") for step in guide.steps)


def source_in(key: Any, locale_id: int) -> GuidePage | None:
    """The guide with this translation key in one language, None while the library does not show it."""
    found: GuidePage | None = library_guides().filter(translation_key=key, locale=locale_id).first()
    return found


def source_near(key: Any, locale_id: int) -> GuidePage | None:
    """The same, else in any language that the library has it in: the first that was written."""
    guides = list(library_guides().filter(translation_key=key).select_related("locale").order_by("path"))
    return next((guide for guide in guides if guide.locale_id == locale_id), guides[0] if guides else None)
