"""Files for tests: small, and really what they say."""

import io

from django.core.files.base import ContentFile
from PIL import Image

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n"


def png(size=(40, 30), color="teal") -> bytes:
    """A picture's bytes."""
    return picture_bytes("PNG", size, color)


def picture_bytes(kind="PNG", size=(40, 30), color="teal", **options) -> bytes:
    """A picture's bytes in any format."""
    buffer = io.BytesIO()
    Image.new("RGB", size, color).save(buffer, kind, **options)
    return buffer.getvalue()


def png_file(name="porch.png", **fields) -> ContentFile:
    """A picture to give to an image."""
    return ContentFile(png(**fields), name)


def pdf_file(name="plan.pdf", text="") -> ContentFile:
    """A PDF without pages, to give to a document; `text` makes it differ from others."""
    return ContentFile(PDF.replace(b"trailer", b"% " + text.encode() + b"\ntrailer") if text else PDF, name)
