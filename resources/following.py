"""What a page needs that follows a guide of the library: the guide as it is today."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from resources.models.guide import GuidePage
from resources.reading import guide_context
from resources.sources import source_near


def reference_context(reference: Any, source: GuidePage | None, request: HttpRequest) -> dict[str, Any]:
    """`page` is the source, `reference` the city's page. Without a source, ways on, and nothing for search engines.

    What counts for them otherwise is the source's own address.
    """
    if source is None:
        request.is_noindex = True  # type: ignore[attr-defined]
        return {"reference": reference, "source": None, "ways_on": _ways_on(reference, request)}
    request.canonical_page = source  # type: ignore[attr-defined]
    return {
        **guide_context(source, request),
        "page": source,
        "reference": reference,
        "source": source,
        "is_other_language": source.locale_id != reference.locale_id,
    }


def source_of(reference: Any) -> GuidePage | None:
    """The guide that the page follows, in its language or the nearest; asked for once for each page object."""
    if not hasattr(reference, "_source"):
        reference._source = source_near(reference.source_key, reference.locale_id)
    found: GuidePage | None = reference._source
    return found


def _ways_on(reference: Any, request: HttpRequest) -> list[dict[str, str]]:
    parent = reference.get_parent() if reference.pk and reference.path else None
    return [{"label": _("All guides"), "url": parent.get_url(request) or ""}] if parent and parent.live else []
