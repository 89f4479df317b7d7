"""A list of old and new addresses, read from a CSV as spreadsheets write it: any separator, any order of columns."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from coalition.imports.source import LONGEST_LINE, UnreadableFileError

LARGEST = 5 * 1024 * 1024
MOST_ROWS = 20_000

OLD = frozenset({
    "old", "from", "source", "old url", "old address", "old path", "old link", "from url", "source url",
    "redirect from", "antigua", "antiguo", "de", "desde", "origen", "url antigua", "dirección antigua",
})  # fmt: skip
NEW = frozenset({
    "new", "to", "target", "destination", "new url", "new address", "new path", "new link", "to url", "target url",
    "redirect to", "nueva", "nuevo", "a", "hacia", "destino", "url nueva", "dirección nueva",
})  # fmt: skip
SEPARATORS = ",;\t"
_LINE_END = re.compile(r"\r\n|\r|\n")

_NOT_TEXT = {b"PK\x03\x04": "Excel", b"\xd0\xcf\x11\xe0": "Excel", b"%PDF": "PDF"}


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the file: its line number, what it holds, and why it cannot be read if it cannot."""

    number: int
    old: str
    new: str
    fault: str = ""


def read_sheet(data: bytes) -> list[Line]:
    """The rows below the header that are not blank. Raises UnreadableFileError with a sentence for the sender."""
    if len(data) > LARGEST:
        raise UnreadableFileError(_("The file is larger than 5 MB. Split it and bring in one part after the other."))
    lines = _LINE_END.split(_decode(data))
    start = next((number for number, text in enumerate(lines) if text.strip(" \t,;")), None)
    if start is None:
        raise UnreadableFileError(_("The file is empty."))
    separator, columns = _columns(lines[start])
    found = list(_rows(lines[start + 1 :], start + 2, separator, columns))
    if len(found) > MOST_ROWS:
        words = {"found": f"{len(found):,}", "most": f"{MOST_ROWS:,}"}
        text = _("The file has %(found)s rows; %(most)s at a time is the most. Split it.")
        raise UnreadableFileError(text % words)
    return found


def _decode(data: bytes) -> str:
    for signature, kind in _NOT_TEXT.items():
        if data.startswith(signature):
            text = _("This is a file of %(kind)s, not a CSV file. Save it as “CSV UTF-8” and try again.")
            raise UnreadableFileError(text % {"kind": kind})
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    if b"\0" in data:
        raise UnreadableFileError(_("This is not a text file. Save the list as “CSV UTF-8” and try again."))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _columns(header: str) -> tuple[str, tuple[int, int, int]]:
    """The separator, and (how many columns, place of the old address, place of the new one)."""
    for separator in SEPARATORS:
        names = [" ".join(name.lower().replace("_", " ").split()) for name in _cut(header, separator) or []]
        old = [place for place, name in enumerate(names) if name in OLD]
        new = [place for place, name in enumerate(names) if name in NEW]
        if len(old) == 1 and len(new) == 1:
            return separator, (len(names), old[0], new[0])
        if old and new:
            raise UnreadableFileError(_("The first line names a column twice. Keep one “old” and one “new”."))
    raise UnreadableFileError(
        _("The first line must name two columns, “old” and “new”. Add that line at the top, and try again.")
    )


def _rows(lines: list[str], first: int, separator: str, columns: tuple[int, int, int]) -> Iterator[Line]:
    count, old, new = columns
    for number, text in enumerate(lines, start=first):
        if not text.strip(f" \t{separator}"):
            continue
        cells = _cut(text, separator)
        if cells is None:
            fault = _("A quotation mark opens or closes in the wrong place, or the line is far too long.")
            yield Line(number, text[:200], "", fault)
            continue
        while len(cells) > count and not cells[-1]:
            cells.pop()
        if len(cells) != count:
            words = {"found": len(cells), "wanted": count}
            fault = _("The row has %(found)d cells, the first line has %(wanted)d.") % words
            yield Line(number, text[:200], "", fault)
            continue
        yield Line(number, cells[old], cells[new])


def _cut(text: str, separator: str) -> list[str] | None:
    """The cells of one line, None when it cannot be cut. One bad line never takes its neighbors with it."""
    if len(text) > LONGEST_LINE:
        return None
    try:
        return [cell.strip() for cell in next(csv.reader([text], delimiter=separator, strict=True), [])]
    except csv.Error:
        return None
