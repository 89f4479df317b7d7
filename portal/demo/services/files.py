"""Puts the demo's drawings and documents into the shared library."""

from typing import Any

import resvg_py
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection

from home.services.setup import SHARED_LIBRARY
from portal.accounts.models import User
from portal.demo.services.words import CONTENT, read

FOLDER = CONTENT / "files"
PICTURE_WIDTH = 1600  # pixels


def make_files(*, by: User) -> dict[str, int]:
    """Add each file that `content/files.toml` names. Returns primary keys by "picture:name" and "document:name"."""
    listed = read("files")
    library = Collection.objects.get(name=SHARED_LIBRARY)
    ids = {}
    for name, about in listed["picture"].items():
        ids[f"picture:{name}"] = _picture(name, about, library, by)
    for name, about in listed["document"].items():
        ids[f"document:{name}"] = _document(name, about, library, by)
    return ids


def _picture(name: str, about: dict[str, Any], library: Collection, by: User) -> int:
    drawing = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    pixels = bytes(resvg_py.svg_to_bytes(svg_string=drawing, width=PICTURE_WIDTH))
    image = get_image_model()(collection=library, uploaded_by_user=by, **about)
    image.file = ContentFile(pixels, name=f"{name}.png")
    image.full_clean()
    image.save()
    return image.pk


def _document(name: str, about: dict[str, Any], library: Collection, by: User) -> int:
    document = get_document_model()(collection=library, uploaded_by_user=by, **about)
    document.file = ContentFile((FOLDER / f"{name}.rtf").read_bytes(), name=f"{name}.rtf")
    document.full_clean()
    document.save()
    return document.pk
