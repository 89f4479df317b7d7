"""The folders of files that belong to the data: uploads, and what only an authorizing view may show."""

import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from django.apps import apps
from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import models

from portal.core.backup.errors import DamagedError

PREFIX = "files"
STAGED = ".restoring"  # where a restore unpacks, inside the folder: always the same disk, also on a mounted volume
KEPT = ".before"  # where what stood there waits until the restore has succeeded
RESERVED = (STAGED, KEPT)


def folders() -> dict[str, Path]:
    """Name inside the archive → folder."""
    private = getattr(settings, "PRIVATE_ROOT", "") or Path(settings.VAR_DIR) / "private"
    return {"media": Path(settings.MEDIA_ROOT).resolve(), "private": Path(private).resolve()}


def walk(root: Path) -> Iterator[tuple[str, bool]]:
    """(path below `root`, whether it is a plain file) of everything that is no folder, in order of name."""
    for place, inside, names in os.walk(root):
        inside.sort()
        if Path(place) == root:
            inside[:] = [name for name in inside if name not in RESERVED]
        links = [name for name in inside if os.path.islink(os.path.join(place, name))]
        for name in sorted([*names, *links]):
            path = os.path.join(place, name)
            yield os.path.relpath(path, root), os.path.isfile(path) and not os.path.islink(path)


def is_empty(root: Path) -> bool:
    """Whether nothing of value is in the folder; leftovers of a restore that was killed do not count."""
    return next(walk(root), None) is None


def name_of(folder: str, path: str) -> str:
    """The name inside the archive."""
    return str(PurePosixPath(PREFIX, folder, path))


def place_of(name: str) -> tuple[str, PurePosixPath]:
    """(folder, path below it) of a name inside the archive. Raises DamagedError for one that leads elsewhere."""
    parts = name.split("/")
    if len(parts) < 3 or parts[0] != PREFIX or parts[1] not in folders():
        raise DamagedError(f"This backup holds something that does not belong into one: {name!r}.")
    if any(part in ("", ".", "..") or "\0" in part for part in parts) or parts[2] in RESERVED:
        raise DamagedError(f"This backup holds a file that would land elsewhere: {name!r}.")
    return parts[1], PurePosixPath(*parts[2:])


def file_columns() -> list[tuple[str, str, str]]:
    """(table, column, beginning of the name inside the archive) of each field whose files lie in our folders."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_concrete_fields if model._meta.managed and not model._meta.proxy else ():
            if isinstance(field, models.FileField) and (start := _beginning(field)):
                found.append((model._meta.db_table, str(field.column), start))
    return found


def _beginning(field: models.FileField) -> str:
    try:
        location = Path(field.storage.location).resolve()  # type: ignore[attr-defined]
    except (AttributeError, NotImplementedError):  # a storage that is no folder
        return ""
    for name, root in folders().items():
        if location.is_relative_to(root):
            return name_of(name, str(location.relative_to(root)))
    return ""


def store_elsewhere() -> bool:
    """Whether uploads go to a store that is no folder of this machine, and so into no backup of ours."""
    return not isinstance(default_storage, FileSystemStorage)
