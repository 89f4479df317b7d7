"""Writes a backup: files, then the database, then the files that came meanwhile.

In this order no row can lack its file. What a row names is written before the row is, and removed after the row is
gone; so a file is either there in the first round, or in the second, or no row of the snapshot names it.
"""

import hashlib
import io
import os
import sys
import tarfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import django
import wagtail
from django.utils import timezone

from portal.core.backup import folders
from portal.core.backup.engines import Engine, engine
from portal.core.backup.errors import BackupError
from portal.core.backup.manifest import Facts, Manifest, Sum
from portal.core.backup.seal import SealingWriter

MANIFEST = "manifest.json"
CHUNK = 1 << 20
Watch = Callable[[int], object]


class HashingSource:
    """A file that is added up while it is read, and reports how far it is."""

    def __init__(self, source: BinaryIO, watch: Watch) -> None:
        self._source = source
        self._watch = watch
        self.sum = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """Like a file's."""
        data = self._source.read(size)
        self.sum.update(data)
        self._watch(len(data))
        return data


@dataclass
class Archive:
    """The tar that is being written, and what is in it so far."""

    tar: tarfile.TarFile
    watch: Watch
    files: dict[str, Sum] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)

    def add(self, name: str, path: str | Path) -> bool:
        """False when the file has gone meanwhile. Raises BackupError when it changes under our hands."""
        try:
            source = open(path, "rb", buffering=0)  # noqa: SIM115
        except FileNotFoundError:
            return False
        with source:
            found = os.fstat(source.fileno())
            info = tarfile.TarInfo(name)
            info.size, info.mtime, info.mode = found.st_size, int(found.st_mtime), found.st_mode & 0o666
            hashing = HashingSource(source, self.watch)
            try:
                self.tar.addfile(info, hashing)
            except OSError as error:
                if "end of data" not in str(error):
                    raise
                raise BackupError(f"{path} became shorter while it was read. Run the backup again.") from error
        self.files[name] = Sum(found.st_size, hashing.sum.hexdigest())
        return True

    def add_folders(self) -> None:
        """Everything that is in the folders now and not yet in the archive."""
        for folder, root in folders.folders().items():
            for path, is_plain in folders.walk(root):
                name = folders.name_of(folder, path)
                if name in self.files:
                    continue
                if is_plain:
                    self.add(name, root / path)
                elif name not in self.left_out:
                    self.left_out.append(name)


def expected_size() -> int:
    """Bytes of all files, for a progress bar. The database is not counted."""
    roots = folders.folders().values()
    return sum((root / path).stat().st_size for root in roots for path, is_plain in folders.walk(root) if is_plain)


def write_backup(*, out: BinaryIO, dump: Path, watch: Watch = lambda _bytes: None) -> Manifest:
    """Write a sealed backup to `out`. The database passes through the file `dump`, which is removed in the end.

    Raises BackupError, or OSError when a disk is full.
    """
    source = engine()
    source.check_tools()
    began = timezone.now()
    sealing = SealingWriter(out)
    try:
        with tarfile.open(fileobj=sealing, mode="w|", format=tarfile.PAX_FORMAT) as tar:  # type: ignore[call-overload]
            archive = Archive(tar, watch)
            archive.add_folders()
            facts, missing = _add_database(archive, source, dump)
            manifest = Manifest(
                made_at=began.isoformat(timespec="seconds"),
                engine=source.name,
                database=source.member,
                facts=facts,
                versions=_versions(),
                files=archive.files,
                missing=missing,
                left_out=archive.left_out,
            )
            text = manifest.to_json()
            info = tarfile.TarInfo(MANIFEST)
            info.size, info.mtime = len(text), int(began.timestamp())
            tar.addfile(info, io.BytesIO(text))
        sealing.seal()
    finally:
        dump.unlink(missing_ok=True)
    return manifest


def _add_database(archive: Archive, source: Engine, dump: Path) -> tuple[Facts, list[str]]:
    """A file that is named but not there may have been removed since, with its row: then a second snapshot knows it."""
    missing: set[str] = set()
    for _round in range(2):
        dump.unlink(missing_ok=True)
        os.close(os.open(dump, os.O_CREAT | os.O_EXCL, 0o600))  # before anything is in it
        facts, named = source.snapshot(dump, folders.file_columns())
        archive.add_folders()
        missing = {os.path.normpath(name) for name in named} - archive.files.keys()
        if not missing:
            break
    archive.add(source.member, dump)
    return facts, sorted(missing)


def _versions() -> dict[str, str]:
    return {"django": django.__version__, "wagtail": wagtail.__version__, "python": sys.version.split()[0]}
