"""Puts a backup in the place of what is there: all of it, or nothing."""

import shutil
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connections

from portal.core.backup import folders, swap
from portal.core.backup.engines import Engine, engine
from portal.core.backup.errors import BackupError
from portal.core.backup.manifest import Manifest
from portal.core.backup.migrations_state import pending_after
from portal.core.backup.reading import check_backup, unpack
from portal.core.backup.writing import Watch


@dataclass(frozen=True)
class Restored:
    """What was put in place, and the migrations it has not seen yet."""

    manifest: Manifest
    pending: list[tuple[str, str]]


def recover() -> str:
    """Finish, or undo, a restore that was killed: "finished", "undone", or "" when there was none."""
    journal = swap.find()
    if journal is None:
        return ""
    target = engine()
    if done := target.is_in_place(journal.token):
        swap.end()
        target.forget(journal.token)
    else:
        swap.back(journal)
        swap.end()
    _clean(target)
    return "finished" if done else "undone"


def check_fits(path: Path, watch: Watch = lambda _bytes: None) -> Restored:
    """Look at a backup from end to end without changing anything.

    Raises DamagedError when it is not whole, BackupError when it is of another engine or of a later portal.
    """
    manifest = check_backup(path, watch)
    target = engine()
    if manifest.engine != target.name:
        raise BackupError(
            f"This backup is of {manifest.engine}, and this portal runs on {target.name}. Restore it to a database "
            "of its own kind (DATABASE_URL)."
        )
    return Restored(manifest, pending_after(manifest))


def restore_backup(
    path: Path, *, replace: bool = False, watch: Callable[[str], Watch] = lambda what: lambda _bytes: None
) -> Restored:
    """Check, unpack beside the old, exchange. Until the last step the old data is in its place and whole.

    `watch` is asked for a progress counter for "check" and for "unpack". Raises BackupError.
    """
    target = engine()
    target.check_tools()
    if not replace and not is_empty(target):
        raise BackupError("There is data here already. Add --replace to put the backup in its place.")
    found = check_fits(path, watch("check"))
    target.check_unused()
    _clean(target)
    try:
        _stage(path, target, found.manifest, watch("unpack"))
        _exchange(target)
    except BaseException:
        if swap.find() is None:
            _clean(target)
        raise
    _clean(target)
    connections.close_all()
    with suppress(DatabaseError):  # a cache in the database whose table was never made
        cache.clear()
    return found


def is_empty(target: Engine) -> bool:
    """Whether nothing would be lost."""
    return target.is_empty() and all(folders.is_empty(root) for root in folders.folders().values())


def _stage(path: Path, target: Engine, manifest: Manifest, watch: Watch) -> None:
    roots = folders.folders()
    for name, root in roots.items():
        (root / folders.STAGED).mkdir(parents=True, mode=0o755 if name == "media" else 0o700)
    _check_room(manifest, target)
    staged = target.staging()

    def place(name: str) -> Path:
        if name == target.member:
            return staged
        folder, below = folders.place_of(name)
        return roots[folder] / folders.STAGED / below

    if unpack(path, place, watch) != manifest:
        raise BackupError("The file changed between two looks at it. Nothing was restored.")
    target.check_staged(staged, manifest.facts)


def _check_room(manifest: Manifest, target: Engine) -> None:
    """The old and the new stand side by side for a while."""
    for place in (target.staging().parent, Path(settings.MEDIA_ROOT)):
        free = shutil.disk_usage(place).free
        if free < manifest.size:
            raise BackupError(
                f"{manifest.size / 1e6:,.0f} MB are needed at {place}, and {free / 1e6:,.0f} MB are free. "
                "Nothing was changed."
            )


def _exchange(target: Engine) -> None:
    """Folders first, and back again when the database, the one step that decides, does not follow."""
    token = uuid.uuid4().hex
    journal = swap.begin(token)
    try:
        swap.forward(journal)
        target.put_in_place(target.staging(), token)
    except BaseException:
        if not target.is_in_place(token):
            swap.back(journal)
            swap.end()
            raise
    swap.end()
    target.forget(token)


def _clean(target: Engine) -> None:
    target.staging().unlink(missing_ok=True)
    swap.clean()
