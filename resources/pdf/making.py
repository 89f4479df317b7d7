"""From a resource to the bytes of a PDF."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string

from portal.core.blocks.body import prefetch_renditions
from resources.access import Reader
from resources.playbooks import chapters_of
from resources.reading import Step, steps_for

SHEET = Path(__file__).parent.parent / "static" / "resources" / "css" / "pdf.css"
VARIANT = "pdf/ua-1"
DOTS_AN_INCH = 200
"""Of pictures, at most."""


@dataclass(frozen=True)
class Part:
    """A guide in a PDF, as far as its reader may see it."""

    page: Any
    is_shown: bool
    steps: list[Step]


def guide_source(page: Any, request: HttpRequest, reader: Reader) -> str:
    """The HTML that a guide's PDF is made of, for this reader."""
    return _source("resources/pdf/guide.html", page, request, {"part": _part(page, reader)})


def playbook_source(page: Any, request: HttpRequest, reader: Reader) -> str:
    """The HTML that a playbook's PDF is made of: its chapters with all their guides that readers may find."""
    chapters = [
        (chapter, [_part(guide.page, reader) for guide in chapter.guides])
        for chapter in chapters_of(page, request, whole=True)
    ]
    return _source("resources/pdf/playbook.html", page, request, {"chapters": chapters})


def name_of(source: str) -> str:
    """A name for the PDF that this HTML becomes; another one as soon as anything that goes into it differs."""
    return hashlib.sha256(f"{_version()}\n{source}".encode()).hexdigest()


def make_pdf(source: str, base_url: str) -> bytes:
    """The PDF: tagged, with language, title and outline. Takes a second or more, and Pango."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    from resources.pdf.fetching import DiskFetcher

    fetcher, fonts = DiskFetcher(), FontConfiguration()
    rules = SHEET.read_text(encoding="utf-8").replace("/static/", settings.STATIC_URL)
    sheet = CSS(string=rules, base_url=base_url, url_fetcher=fetcher, font_config=fonts)
    page = HTML(string=source, base_url=base_url, url_fetcher=fetcher)
    return page.write_pdf(
        stylesheets=[sheet], font_config=fonts, pdf_variant=VARIANT, optimize_images=True, dpi=DOTS_AN_INCH
    )


@cache
def _version() -> str:
    import weasyprint

    return f"{weasyprint.__version__} {VARIANT} {hashlib.sha256(SHEET.read_bytes()).hexdigest()}"


def _source(template: str, page: Any, request: HttpRequest, context: dict[str, Any]) -> str:
    request.portal_page = page  # type: ignore[attr-defined]
    return render_to_string(template, {"page": page, "self": page, "address": page.full_url, **context}, request)


def _part(page: Any, reader: Reader) -> Part:
    for stream in (page.opening, page.steps, page.closing):
        prefetch_renditions(stream)
    return Part(page, reader.may_read(page), steps_for(page, reader))
