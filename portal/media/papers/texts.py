"""Text, CSV and calendars: readable from beginning to end, and not a web page under another name."""

import codecs
import re
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from portal.media.papers.refusing import damaged, not_what_it_says

# What browsers take for a page when they guess, and what servers run. Source: WHATWG MIME Sniffing, section 7.1.
_PAGE = re.compile(
    r"\s*(<\?|<!--|<!doctype|<(html|head|body|script|iframe|svg|xml|style|table|title|font|div|meta|link|form|img|object"
    r"|embed|math|template|frameset|base|h1|a|b|br|p)\b)",
    re.IGNORECASE,
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def check_text(file: IO[bytes], ending: str) -> None:
    """UTF-8, or the older letters of Windows. Markup further down is inert: it is sent as a text, as a download."""
    _readable(file.read(), ending)


def check_calendar(file: IO[bytes], ending: str) -> None:
    """A calendar in a text. Source: RFC 5545, section 3.4."""
    text = _readable(file.read(), ending).strip().upper()
    if not text.startswith("BEGIN:VCALENDAR"):
        raise not_what_it_says(ending)
    if not text.endswith("END:VCALENDAR"):
        raise damaged()


def _readable(data: bytes, ending: str) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise ValidationError(_("This text is in UTF-16. Save it as UTF-8 and try again."), code="encoding")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    if _CONTROL.search(text):
        raise not_what_it_says(ending)
    if _PAGE.match(text):
        text = _("This is a web page, not a text. Copy its words into a text file, or save it as a PDF.")
        raise ValidationError(text, code="markup")
    return text
