"""Stand-ins for pictures and files, so that previews and the style guide need nothing from the library."""

import re
from dataclasses import dataclass
from typing import Any

from django.forms.utils import flatatt
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

WIDTH = re.compile(r"(?:width|fill|max)-(\d+)")
SHAPE = (3, 2)


@dataclass(frozen=True)
class ExampleRendition:
    """One size of the example picture: the same drawing, which has no pixels to lose."""

    url: str
    width: int
    height: int
    alt: str

    def img_tag(self, extra_attributes: dict[str, Any] | None = None) -> str:
        """The element, as Wagtail's renditions give it."""
        attributes = {"src": self.url, "width": self.width, "height": self.height, "alt": self.alt}
        return format_html("<img{}>", flatatt({**attributes, **(extra_attributes or {})}))


class ExampleImage:
    """Behaves like an image of the library towards Wagtail's image tags."""

    pk = None
    title = _("A street with trees and a bus stop")
    credit = ""
    contextual_alt_text: str | None = None
    decorative = False

    def __init__(self, path: str = "portal/drawings/street.svg") -> None:
        self.path = path

    def get_rendition(self, rendition_filter: Any) -> ExampleRendition:
        """The drawing at the width that the filter asks for."""
        found = WIDTH.search(str(getattr(rendition_filter, "spec", rendition_filter)))
        width = int(found[1]) if found else 1200
        alt = "" if self.decorative else (self.contextual_alt_text or str(self.title))
        return ExampleRendition(static(self.path), width, width * SHAPE[1] // SHAPE[0], alt)

    def get_renditions(self, *filters: Any) -> dict[str, ExampleRendition]:
        """The drawing at each width, by filter."""
        return {getattr(each, "spec", each): self.get_rendition(each) for each in filters}


@dataclass(frozen=True)
class ExampleDocument:
    """Behaves like a document of the library towards the downloads block."""

    title: str
    file_extension: str
    file_size: int
    pages: int | None = None
    language: str = "en"
    url: str = "/documents/example/"
    pk: int | None = None

    def get_file_size(self) -> int:
        """Bytes."""
        return self.file_size

    def get_language_display(self) -> str:
        """The language's name in the reader's language."""
        return str({"en": _("English"), "es": _("Spanish")}[self.language])


def picture(alt: str, *, decorative: bool = False) -> dict[str, Any]:
    """The example drawing as the value of an image block."""
    return {"image": ExampleImage(), "alt_text": alt, "decorative": decorative}


def prose(words: str) -> str:
    """A paragraph of rich text."""
    return f"<p>{words}</p>"


def table(caption: str, headings: list[tuple[str, str]], rows: list[list[Any]], **more: Any) -> dict[str, Any]:
    """The value of a table block. `headings` are (kind of cell, heading)."""
    columns = [{"type": kind, "heading": heading} for kind, heading in headings]
    return {"table": {"caption": caption, "columns": columns, "rows": [{"values": row} for row in rows]}, **more}
