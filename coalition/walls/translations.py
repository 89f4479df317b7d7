"""Translations: wagtail-localize finds them by number, so the pages on both sides are asked about first."""

from typing import Any

import polib
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import Page
from wagtail_localize.models import Translation, TranslationSource

from coalition.walls.reach import Reach

MOST_BYTES = 2 * 1024 * 1024
MARK = "X-WagtailLocalize-TranslationID"


def own_translation(request: HttpRequest, reach: Reach, kwargs: dict[str, Any]) -> None:
    """Both the page that is translated and its translation are within reach."""
    found = Translation.objects.filter(pk=kwargs["translation_id"]).select_related("source").first()
    if found is None:
        raise Http404
    _ask(reach, found.source, [found.source.locale_id, found.target_locale_id])


def own_translation_by_file(request: HttpRequest, reach: Reach, kwargs: dict[str, Any]) -> HttpResponse | None:
    """The same, with a file of translations that can be read; wagtail-localize answers 500 to any other."""
    own_translation(request, reach, kwargs)
    if request.method != "POST":
        return None
    file = request.FILES.get("file")
    if isinstance(file, UploadedFile) and _is_readable(file):
        return None
    messages.error(request, _("Choose a PO file that was downloaded here: this one cannot be read."))
    return redirect(get_valid_next_url_from_request(request) or "wagtailadmin_home")


def _is_readable(file: UploadedFile) -> bool:
    if not file.size or file.size > MOST_BYTES:
        return False
    try:
        text = file.read().decode()
        # A text without a line break would be taken for the name of a file on this machine.
        return MARK in polib.pofile(f"\n{text}\n").metadata
    except (OSError, ValueError):
        return False
    finally:
        file.seek(0)


def own_source(request: HttpRequest, reach: Reach, kwargs: dict[str, Any]) -> None:
    """The page is within reach in every language it has."""
    source = TranslationSource.objects.filter(pk=kwargs["translation_source_id"]).first()
    if source is None:
        raise Http404
    _ask(reach, source, None)


def _ask(reach: Reach, source: TranslationSource, locales: list[int] | None) -> None:
    pages = Page.objects.filter(translation_key=source.object_id)
    if locales is not None:
        pages = pages.filter(locale_id__in=locales)
    paths = list(pages.values_list("path", flat=True))
    if not paths or not all(path.startswith(reach.paths) for path in paths):
        raise Http404
