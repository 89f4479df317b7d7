"""Files that are there whole or not at all: a full disk or a killed process leaves nothing under a file's name."""

import os
import tempfile
from contextlib import suppress
from typing import IO

from django.core.files import File
from django.core.files.storage import FileSystemStorage

UNFINISHED = ".unfinished-"
"""How the name begins of a file that is still being written; a killed process leaves it to the sweep."""
_PERMISSIONS = 0o644


class WholeFileStorage(FileSystemStorage):
    """Writes to a file beside the place, and gives it its name when every byte is on the disk."""

    def _save(self, name: str, content: File) -> str:
        """The name it got. Raises OSError when the disk is full, and then nothing is left behind."""
        folder = os.path.dirname(self.path(name))
        _make_folder(folder, self.directory_permissions_mode or 0o777)
        handle, unfinished = tempfile.mkstemp(prefix=UNFINISHED, dir=folder)
        try:
            with os.fdopen(handle, "wb") as file:
                self._write(file, content)
            name = self._give_name(unfinished, name)
        finally:
            with suppress(FileNotFoundError):
                os.unlink(unfinished)
        _flush_folder(folder)
        return os.path.relpath(self.path(name), self.location).replace("\\", "/")

    def _write(self, file: IO[bytes], content: File) -> None:
        for chunk in content.chunks():
            file.write(chunk if isinstance(chunk, bytes) else chunk.encode())
        file.flush()
        os.fchmod(file.fileno(), self.file_permissions_mode or _PERMISSIONS)
        os.fsync(file.fileno())

    def _give_name(self, unfinished: str, name: str) -> str:
        """A link fails when the name was taken meanwhile; a rename would overwrite somebody else's file."""
        while True:
            try:
                _link(unfinished, self.path(name))
            except FileExistsError:
                name = self.get_available_name(name)
            else:
                return name


def _make_folder(folder: str, mode: int) -> None:
    """The folder and those above it, all with this mode: `os.makedirs` would give it to the last one only."""
    if os.path.isdir(folder):
        return
    _make_folder(os.path.dirname(folder), mode)
    with suppress(FileExistsError):
        os.mkdir(folder, mode)


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without links: reserve the name, then put the whole file there
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        os.replace(source, target)


def _flush_folder(folder: str) -> None:
    """Make the name itself survive a power cut."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
