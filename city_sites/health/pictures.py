"""Pictures without words for people who cannot see them, on pages and in the city's library."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.images.blocks import ImageBlock

from city_sites.health.finding import Finding, Kind, Right, Severity
from city_sites.health.judge import Flaw, judged
from city_sites.health.survey import Survey, Version
from portal.media.models import PortalImage


def pictures_without_words(survey: Survey) -> list[Finding]:
    """On pages that visitors can read; then in the library, used or not."""
    return [*judged(survey, Kind.ALT_TEXT, _on_page), *_in_library(survey)]


def _on_page(_survey: Survey, version: Version) -> Iterator[Flaw]:
    for piece in version.pieces:
        value = piece.value
        if not isinstance(piece.block, ImageBlock) or not isinstance(value, dict) or not value.get("image"):
            continue
        if not value.get("decorative") and not (value.get("alt_text") or "").strip():
            text = _("A picture has no words for people who cannot see it.")
            yield Flaw(f"{piece.path}.alt_text", text)


def _in_library(survey: Survey) -> Iterator[Finding]:
    if survey.site is None or survey.site.collection_id is None:
        return
    images = PortalImage.objects.filter(collection_id=survey.site.collection_id, is_decorative=False, description="")
    for image in images.order_by("title"):
        url = f"{reverse('wagtailimages:edit', args=[image.pk])}#:w:contentpath=description"
        text = _("A picture in your library has no description.")
        yield Finding(Kind.ALT_TEXT, text, None, url, Severity.LOW, Right.IMAGE, image)
