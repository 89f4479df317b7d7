"""The last line of a backup: a SHA-256 over every byte before it, so that not one can change unseen.

A tar of its own checks only its headers, and a file that was cut at the right place looks complete.
"""

import hashlib
import os
import re
from typing import BinaryIO

from portal.core.backup.errors import DamagedError

PREFIX = b"\nportal-backup sha256 "
LENGTH = len(PREFIX) + 64 + 1
LINE = re.compile(re.escape(PREFIX) + rb"([0-9a-f]{64})\n")


class SealingWriter:
    """Passes everything on, and adds it up."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._sum = hashlib.sha256()

    def write(self, data: bytes) -> int:
        """Like a file's. Raises OSError when the disk is full."""
        self._sum.update(data)
        self._out.write(data)
        return len(data)

    def seal(self) -> None:
        """Write the last line."""
        self._out.write(PREFIX + self._sum.hexdigest().encode() + b"\n")


class SealedReader:
    """Gives what stands before the last line, and adds it up."""

    def __init__(self, source: BinaryIO) -> None:
        """Raises DamagedError, after reading one line, when the file has no seal: it was cut short, or is no backup."""
        size = os.fstat(source.fileno()).st_size
        source.seek(max(size - LENGTH, 0))
        line = LINE.fullmatch(source.read())
        if line is None:
            raise DamagedError("This file is not a backup, or it was cut short: its last line is missing.")
        source.seek(0)
        self._source = source
        self._left = size - LENGTH
        self._expected = line[1].decode()
        self._sum = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """Like a file's."""
        wanted = self._left if size < 0 else min(size, self._left)
        data = self._source.read(wanted)
        self._left -= len(data)
        self._sum.update(data)
        return data

    def check(self) -> None:
        """Read what is left. Raises DamagedError when a byte has changed since the seal was set."""
        while self._left and self.read(1 << 20):
            pass
        if self._left or self._sum.hexdigest() != self._expected:
            raise DamagedError("This backup is damaged: it is not the file that was written.")
