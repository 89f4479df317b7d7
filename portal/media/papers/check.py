"""Whether a file may become a document: its size, its name, and what is in it."""

from collections.abc import Callable
from typing import IO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from portal.media.names import ending_of
from portal.media.papers.office import check_office
from portal.media.papers.open_document import check_open_document
from portal.media.papers.pdf import check_pdf
from portal.media.papers.rtf import check_rtf
from portal.media.papers.texts import check_calendar, check_text

CHECKS: dict[str, Callable[[IO[bytes], str], None]] = {
    "csv": check_text,
    "docx": check_office,
    "ics": check_calendar,
    "ods": check_open_document,
    "odt": check_open_document,
    "pdf": check_pdf,
    "pptx": check_office,
    "rtf": check_rtf,
    "txt": check_text,
    "xlsx": check_office,
}
"""Ending → what looks into the file. A kind without a check is not taken, whatever the settings list."""


def check_paper(file: IO[bytes], name: str, size: int) -> None:
    """Raises ValidationError, in words for the sender, for a file that must not become a document."""
    most = settings.WAGTAILDOCS_MAX_UPLOAD_SIZE
    if size > most:
        words = {"size": filesizeformat(size), "most": filesizeformat(most)}
        text = _("This file is too large: %(size)s. The most is %(most)s.")
        raise ValidationError(text % words, code="file_too_large")
    if not size:
        raise ValidationError(_("This file is empty."), code="empty")
    ending = ending_of(name)
    if ending not in allowed_endings():
        words = {"kinds": ", ".join(allowed_endings()).upper()}
        text = _("Files of this kind are not taken. Documents may be: %(kinds)s.")
        raise ValidationError(text % words, code="invalid_extension")
    file.seek(0)
    CHECKS[ending](file, ending)
    file.seek(0)


def allowed_endings() -> list[str]:
    """What the settings allow, as far as there is a check for it."""
    return [ending for ending in settings.WAGTAILDOCS_EXTENSIONS if ending in CHECKS]
