"""Reads a backup from its first to its last byte, believing nothing."""

import hashlib
import os
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from portal.core.backup import folders
from portal.core.backup.errors import BackupError, DamagedError
from portal.core.backup.manifest import Manifest, Sum, from_json
from portal.core.backup.seal import SealedReader
from portal.core.backup.writing import CHUNK, MANIFEST, Watch

DATABASES = ("database/portal.sqlite3", "database/portal.pgdump")
MAX_MANIFEST = 512 * 1024 * 1024
Open = Callable[[tarfile.TarInfo], BinaryIO | None]


def check_backup(path: Path, watch: Watch = lambda _bytes: None) -> Manifest:
    """The list of contents of a backup that is whole.

    Raises DamagedError when anything in it differs from what was written, BackupError when it cannot be opened.
    """
    return _read(path, lambda member: None, watch)


def unpack(path: Path, places: Callable[[str], Path], watch: Watch = lambda _bytes: None) -> Manifest:
    """Write each member where `places` says, and check everything once more on the way. Raises like `check_backup`."""

    def opened(member: tarfile.TarInfo) -> BinaryIO:
        place = places(member.name)
        place.parent.mkdir(parents=True, exist_ok=True)
        return os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")

    def closed(member: tarfile.TarInfo) -> None:
        place = places(member.name)
        if member.name not in DATABASES:
            os.chmod(place, 0o600 | member.mode & 0o044)  # the web server in front may be another user
        os.utime(place, (member.mtime, member.mtime))

    return _read(path, opened, watch, closed)


def _read(
    path: Path, opened: Open, watch: Watch, closed: Callable[[tarfile.TarInfo], None] = lambda member: None
) -> Manifest:
    found: dict[str, Sum] = {}
    listed = b""
    try:
        with open(path, "rb") as source:
            sealed = SealedReader(source)
            with tarfile.open(fileobj=sealed, mode="r|") as tar:  # type: ignore[call-overload]
                for member in tar:
                    _check_member(member, found)
                    if member.name == MANIFEST:
                        listed = _content(tar, member).read(MAX_MANIFEST)
                        continue
                    found[member.name] = _copy(_content(tar, member), opened(member), member, watch)
                    closed(member)
            sealed.check()
    except FileNotFoundError as error:
        raise BackupError(f"There is no file {path}.") from error
    except (tarfile.TarError, EOFError, ValueError) as error:
        raise DamagedError(f"This backup is damaged: {error}.") from error
    manifest = from_json(listed)
    if manifest.files != found:
        raise DamagedError("This backup does not hold what its list of contents says.")
    if manifest.database not in DATABASES or manifest.database not in found:
        raise DamagedError("This backup holds no database.")
    return manifest


def _check_member(member: tarfile.TarInfo, found: dict[str, Sum]) -> None:
    """Only plain files, each once, each below a folder we know. Raises DamagedError."""
    if not member.isreg() or member.issparse():
        raise DamagedError(f"This backup holds something that is not a plain file: {member.name!r}.")
    if member.name in found:
        raise DamagedError(f"This backup holds {member.name!r} twice.")
    if member.name != MANIFEST and member.name not in DATABASES:
        folders.place_of(member.name)
    tarfile.data_filter(member, "/")  # Python's own judgement, besides: raises tarfile.FilterError


def _content(tar: tarfile.TarFile, member: tarfile.TarInfo) -> "tarfile.ExFileObject":
    content = tar.extractfile(member)
    if content is None:
        raise DamagedError(f"{member.name!r} in this backup cannot be read.")
    return content  # type: ignore[return-value]


def _copy(content: BinaryIO, out: BinaryIO | None, member: tarfile.TarInfo, watch: Watch) -> Sum:
    added = hashlib.sha256()
    size = 0
    try:
        while data := content.read(CHUNK):
            added.update(data)
            size += len(data)
            if out is not None:
                out.write(data)
            watch(len(data))
        if out is not None:
            out.flush()
            os.fsync(out.fileno())
    finally:
        if out is not None:
            out.close()
    if size != member.size:
        raise DamagedError(f"{member.name!r} in this backup is cut short.")
    return Sum(size, added.hexdigest())
