"""Finds files that no row knows and rows whose file is missing, and tidies up what a killed process left."""

import datetime
import os
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import ngettext
from wagtail.models import UploadedFile

from portal.media.models import PortalRendition

FOLDERS = ("documents", "images", "original_images", "wagtail_uploads")
"""Folders of MEDIA_ROOT in which every file belongs to a row."""
YOUNG = datetime.timedelta(days=1)
"""A younger file may belong to a row that is about to be committed."""
KEEP_UPLOADS = datetime.timedelta(days=7)
"""How long a picture waits for its description on the page that adds many at once."""


def sweep_files() -> str:
    """For `run_due`: delete files that no row knows, and uploads that nobody finished. Says how many."""
    old = forget_unfinished_uploads()
    stray = 0
    for path in files_without_row():
        path.unlink(missing_ok=True)
        stray += 1
    count = old + stray
    return ngettext("%(count)d file without owner deleted", "%(count)d files without owner deleted", count) % {
        "count": count
    }


def forget_unfinished_uploads() -> int:
    """Delete uploads that wait for their description for more than a week. Returns how many."""
    count = 0
    path_dates = _dates("wagtail_uploads")
    for upload in UploadedFile.objects.all().iterator():
        written = path_dates.get(upload.file.name)
        if written is None or written < timezone.now() - KEEP_UPLOADS:
            name = upload.file.name
            upload.delete()
            transaction.on_commit(lambda name=name: default_storage.delete(name))  # type: ignore[misc]
            count += 1
    return count


def files_without_row() -> list[Path]:
    """Files in FOLDERS, older than a day, that no row of any model names; unfinished ones too."""
    limit = timezone.now() - YOUNG
    # The disk first: a file whose row is written meanwhile is then known, not stray.
    old = {name for folder in FOLDERS for name, written in _dates(folder).items() if written < limit}
    for model, field in _file_fields():
        old.difference_update(model._base_manager.values_list(field, flat=True).iterator())
    return [Path(settings.MEDIA_ROOT) / name for name in sorted(old)]


def rows_without_file() -> Iterator[models.Model]:
    """Rows that name a file of the media folder which is not there."""
    for model, field in _file_fields():
        for row in model._base_manager.exclude(**{field: ""}).exclude(**{field: None}).iterator():
            if not default_storage.exists(getattr(row, field).name):
                yield row


def drop_lost_sizes() -> int:
    """Delete rows of image sizes whose file is missing; they are drawn anew when a page asks. Returns how many."""
    lost = [row for row in rows_without_file() if isinstance(row, PortalRendition)]
    for row in lost:
        row.delete()
    return len(lost)


def _dates(folder: str) -> dict[str, datetime.datetime]:
    """Name below MEDIA_ROOT → when it was last written."""
    found = {}
    root = Path(settings.MEDIA_ROOT)
    for place, _folders, names in os.walk(root / folder):
        for name in names:
            path = Path(place) / name
            try:
                written = path.stat().st_mtime
            except FileNotFoundError:  # deleted meanwhile
                continue
            found[path.relative_to(root).as_posix()] = datetime.datetime.fromtimestamp(written, datetime.UTC)
    return found


def _file_fields() -> Iterator[tuple[type[models.Model], str]]:
    """Every (model, field) that keeps its files in the media folder."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_fields:
            if isinstance(field, models.FileField) and _is_in_media(field):
                yield model, field.name


def _is_in_media(field: models.FileField) -> bool:
    return getattr(field.storage, "location", None) == getattr(default_storage, "location", None)
