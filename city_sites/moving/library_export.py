"""The city's pictures and documents as they were uploaded, with what is known about each."""

import posixpath
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import SuspiciousOperation
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _
from wagtail.models import Page, ReferenceIndex

from city_sites.moving.archive import Archive, safe_name
from city_sites.moving.library import documents_for, images_for, own_collections
from city_sites.moving.manifest import Manifest
from coalition.models import City
from portal.media.models import PortalDocument, PortalImage


def write_library(*, archive: Archive, city: City, page_ids: Iterable[int], manifest: Manifest) -> None:
    """Write media/ and its two lists: what lies in the city's collection, and shared things that its pages use."""
    own, used = own_collections(city), set(page_ids)
    images = _chosen(images_for(city), own, used)
    documents = _chosen(documents_for(city), own, used)
    described = [_with_file(archive, "images", image, _image_data(image), manifest) for image in images]
    archive.write_json(archive.claim("data/images.json"), described)
    manifest.images = len(described)
    described = [_with_file(archive, "documents", each, _document_data(each), manifest) for each in documents]
    archive.write_json(archive.claim("data/documents.json"), described)
    manifest.documents = len(described)


def _chosen(things: QuerySet, own: set[int], page_ids: set[int]) -> QuerySet:
    references = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        to_content_type=ContentType.objects.get_for_model(things.model),
        object_id__in=[str(pk) for pk in page_ids],
    )
    used = {int(pk) for pk in references.values_list("to_object_id", flat=True)}
    return things.filter(Q(collection__in=own) | Q(pk__in=used)).order_by("pk")


def _image_data(image: PortalImage) -> dict[str, Any]:
    return {
        "id": image.pk,
        "title": image.title,
        "alt": image.default_alt_text,
        "is_decorative": image.is_decorative,
        "credit": image.credit,
        "width": image.width,
        "height": image.height,
        "added_at": image.created_at,
    }


def _document_data(document: PortalDocument) -> dict[str, Any]:
    return {
        "id": document.pk,
        "title": document.title,
        "language": document.language,
        "pages": document.pages,
        "credit": document.credit,
        "added_at": document.created_at,
    }


def _with_file(archive: Archive, folder: str, thing: Model, data: dict[str, Any], manifest: Manifest) -> dict[str, Any]:
    """The description with `file`: where in the zip it stands, None when the server has lost it."""
    file = thing.file  # type: ignore[attr-defined]
    with suppress(OSError, SuspiciousOperation, ValueError):
        with file.storage.open(file.name, "rb") as source:
            place = archive.claim(f"media/{folder}/{safe_name(posixpath.basename(file.name))}")
            archive.copy(place, source)
        return {**data, "file": place}
    manifest.miss(f"{folder}: {data['title']}", _("The file is missing on the server."))
    return {**data, "file": None}
