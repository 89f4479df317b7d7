"""A CSV file, read line by line: a line that cannot be read is reported and never takes its neighbors with it."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LONGEST_LINE = 100_000
"""Characters. The longest honest line is a few hundred; a runaway cell must not fill the memory."""

_CONTROL = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]")
_NOT_UTF8 = re.compile(r"[\udc80-\udcff]")
_SIGNATURES = {
    b"PK\x03\x04": gettext_lazy("an Excel workbook (or another zipped file)"),
    b"\xd0\xcf\x11\xe0": gettext_lazy("an old Excel workbook"),
    b"%PDF": gettext_lazy("a PDF"),
    b"\xff\xfe": gettext_lazy("a text in UTF-16"),
    b"\xfe\xff": gettext_lazy("a text in UTF-16"),
}


class UnreadableFileError(Exception):
    """The file as a whole cannot be used. `str()` of it says why, and what to do."""


class RowError(Exception):
    """One row cannot be used. `str()` of it says why."""

    def __init__(self, line: int, cells: Sequence[str], reason: str) -> None:
        super().__init__(reason)
        self.line = line
        self.cells = list(cells)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the file, cut into cells: `values` by column name, without the spaces around them."""

    line: int
    cells: list[str]
    values: dict[str, str]


class CsvSource:
    """A CSV file in UTF-8 (with or without a byte order mark) whose first line names the columns."""

    def __init__(self, path: Path, required: Sequence[str]) -> None:
        """Opens the file once to check it. Raises UnreadableFileError."""
        self.path = path
        self._check_kind()
        with self._open() as file:
            self.header = self._read_header(file.readline(LONGEST_LINE))
        self._check_columns(required)

    @property
    def name(self) -> str:
        """The file's name, without its folder."""
        return self.path.name

    def line_count(self) -> int:
        """About how many lines follow the header, for a progress bar."""
        with self.path.open("rb") as file:
            return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b"")) - 1

    def rows(self) -> Iterator[Row | RowError]:
        """Each line that is not blank, as a Row, or as a RowError with the reason."""
        with self._open() as file:
            file.readline(LONGEST_LINE)
            for number, text, is_whole in _lines(file, first=2):
                if not text.strip(" \t,"):
                    continue
                try:
                    yield self._cut(number, text, is_whole)
                except RowError as bad:
                    yield bad

    def _cut(self, line: int, text: str, is_whole: bool) -> Row:
        if not is_whole:
            reason = _("The line is longer than %(most)s characters.") % {"most": f"{LONGEST_LINE:,}"}
            raise RowError(line, [text[:200]], reason)
        if not text.isprintable() and (reason := _fault_in(text)):
            raise RowError(line, readable(text).split(","), reason)
        try:
            cells = next(csv.reader([text], strict=True))
        except csv.Error as error:
            reason = _("A quotation mark opens or closes in the wrong place, or a cell holds a line break.")
            raise RowError(line, text.split(","), reason) from error
        if len(cells) != len(self.header):
            words = {"found": len(cells), "wanted": len(self.header)}
            raise RowError(line, cells, _("The row has %(found)d cells, the header has %(wanted)d.") % words)
        values = {name: cell.strip() for name, cell in zip(self.header, cells, strict=True)}
        return Row(line, cells, values)

    def _open(self) -> TextIO:
        # A byte that is not UTF-8 comes through as a lone surrogate, so that it spoils its own line only.
        return self.path.open(encoding="utf-8-sig", errors="surrogateescape")

    def _check_kind(self) -> None:
        words = {"file": self.name}
        try:
            with self.path.open("rb") as file:
                start = file.read(4096)
        except FileNotFoundError as error:
            raise UnreadableFileError(_("There is no file “%(file)s”.") % {"file": self.path}) from error
        except OSError as error:
            raise UnreadableFileError(
                _("“%(file)s” cannot be opened: %(why)s.") % {**words, "why": error.strerror}
            ) from error
        if not start.strip():
            raise UnreadableFileError(_("“%(file)s” is empty.") % words)
        for signature, kind in _SIGNATURES.items():
            if start.startswith(signature):
                raise UnreadableFileError(_not_csv(self.name, str(kind)))
        if b"\0" in start.partition(b"\n")[0]:
            raise UnreadableFileError(_not_csv(self.name, _("not a text")))

    def _read_header(self, text: str) -> list[str]:
        if _NOT_UTF8.search(text):
            reason = _("“%(file)s”, line 1, is not UTF-8. Save the file as “CSV UTF-8” and try again.")
            raise UnreadableFileError(reason % {"file": self.name})
        try:
            cells = next(csv.reader([text.rstrip("\r\n")], strict=True), [])
        except csv.Error as error:
            raise UnreadableFileError(_not_csv(self.name, _("a file without a readable header"))) from error
        return [cell.strip().lower() for cell in cells]

    def _check_columns(self, required: Sequence[str]) -> None:
        words = {"file": self.name, "needed": ", ".join(required)}
        missing = [name for name in required if name not in self.header]
        if missing and len(self.header) == 1 and re.search(r"[;\t|]", self.header[0]):
            reason = _("“%(file)s” does not separate its columns with commas. Save it as “CSV UTF-8”.")
            raise UnreadableFileError(reason % words)
        if missing:
            words["missing"] = ", ".join(missing)
            reason = _(
                "“%(file)s” lacks these columns: %(missing)s. Its first line must name: %(needed)s. Nothing was read."
            )
            raise UnreadableFileError(reason % words)
        if twice := sorted({name for name in self.header if name and self.header.count(name) > 1}):
            words["twice"] = ", ".join(twice)
            raise UnreadableFileError(_("“%(file)s” names a column twice: %(twice)s. Nothing was read.") % words)


def readable(text: str) -> str:
    """The text with bytes that are not UTF-8 shown as Latin-1 letters, which is what they mostly are."""
    return _NOT_UTF8.sub(lambda found: chr(ord(found[0]) - 0xDC00), text)


def _not_csv(name: str, kind: str) -> str:
    words = {"file": name, "kind": kind}
    return _("“%(file)s” is %(kind)s, not a CSV file. Save it as “CSV UTF-8” and try again.") % words


def _fault_in(text: str) -> str:
    if found := _NOT_UTF8.search(text):
        byte = f"{ord(found[0]) - 0xDC00:02x}"
        reason = _("The line is not UTF-8 (byte %(byte)s at letter %(place)d). Save the file as “CSV UTF-8”.")
        return reason % {"byte": byte, "place": found.start() + 1}
    if "\0" in text:
        return _("The line holds a NUL byte: the file may be damaged.")
    if _CONTROL.search(text):
        return _("The line holds a control character.")
    return ""


def _lines(file: TextIO, first: int) -> Iterator[tuple[int, str, bool]]:
    """Line number, text without its end, and whether it is the whole line: the rest of an endless one is skipped."""
    number = first
    while text := file.readline(LONGEST_LINE):
        is_whole = text.endswith("\n") or len(text) < LONGEST_LINE
        if not is_whole:
            _skip_line(file)
        yield number, text.rstrip("\n"), is_whole
        number += 1


def _skip_line(file: TextIO) -> None:
    while (rest := file.readline(LONGEST_LINE)) and not rest.endswith("\n"):
        pass
