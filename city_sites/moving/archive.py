"""A zip that is the same, byte for byte, when the same is written on the same day; its names are safe everywhere."""

import datetime
import json
import re
import shutil
import unicodedata
from typing import IO, Any, Self
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.core.serializers.json import DjangoJSONEncoder

LONGEST_NAME = 80
PACKED = (
    ".avif",
    ".docx",
    ".gif",
    ".jpeg",
    ".jpg",
    ".ods",
    ".odt",
    ".pdf",
    ".png",
    ".pptx",
    ".webp",
    ".woff2",
    ".xlsx",
)
# Source: Microsoft, "Naming Files, Paths, and Namespaces".
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_UNSAFE = re.compile(r"[^\w.-]+")
_READABLE_BY_ALL = 0o644 << 16


def safe_name(name: str) -> str:
    """One file's or folder's name that every system takes: no slash, no dot at its ends, 80 letters at most."""
    name = _UNSAFE.sub("-", unicodedata.normalize("NFC", name)).strip(".-") or "file"
    stem, dot, ending = name.rpartition(".")
    if not stem or len(ending) > 8:
        stem, dot, ending = name, "", ""
    name = stem[: LONGEST_NAME - len(ending) - 1] + dot + ending
    return f"_{name}" if _RESERVED.fullmatch(name) else name


class Archive:
    """Writes one file after the other. Names are taken once, whatever their capitals."""

    def __init__(self, file: IO[bytes], day: datetime.date) -> None:
        self._zip = ZipFile(file, "w", ZIP_DEFLATED, compresslevel=6)
        self._time = (max(day.year, 1980), day.month, day.day, 0, 0, 0)
        self._taken: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self._zip.close()

    @property
    def count(self) -> int:
        """How many files are in it."""
        return len(self._zip.filelist)

    def claim(self, path: str) -> str:
        """This path, or with a number behind its name when it is taken. Each part must be a safe name."""
        folder, slash, name = path.rpartition("/")
        stem, dot, ending = name.rpartition(".") if "." in name else (name, "", "")
        free, number = path, 1
        while free.casefold() in self._taken:
            number += 1
            free = f"{folder}{slash}{stem}-{number}{dot}{ending}"
        self._taken.add(free.casefold())
        return free

    def write(self, path: str, data: bytes) -> None:
        """One file at a claimed path."""
        self._zip.writestr(self._entry(path), data)

    def write_json(self, path: str, data: Any) -> None:
        """Data as readable JSON."""
        text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
        self.write(path, f"{text}\n".encode())

    def copy(self, path: str, source: IO[bytes]) -> None:
        """A file of any size, piece by piece."""
        with self._zip.open(self._entry(path), "w", force_zip64=True) as target:
            shutil.copyfileobj(source, target, 1 << 20)

    def _entry(self, path: str) -> ZipInfo:
        entry = ZipInfo(path, self._time)
        entry.compress_type = ZIP_STORED if path.lower().endswith(PACKED) else ZIP_DEFLATED
        entry.external_attr = _READABLE_BY_ALL
        entry.create_system = 3  # the same on every machine that makes it
        return entry
