"""A file of JSON lines, one opportunity on each; and the rejects file with the rows that could not be used."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from coalition.imports.source import UnreadableFileError

LONGEST = 200_000
"""Characters of one line. The longest honest opportunity has some four thousand."""


class RowError(Exception):
    """One row cannot be used. `str()` of it says why; `text` is the row as it was."""

    def __init__(self, line: int, text: str, reason: str) -> None:
        super().__init__(reason)
        self.line, self.text = line, text


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it was read: its line, its text, and what it says by name."""

    line: int
    text: str
    values: dict[str, Any]


class JsonLines:
    """A text in UTF-8 with one JSON object on each line."""

    def __init__(self, path: Path) -> None:
        """Opens the file once to check it. Raises UnreadableFileError."""
        self.path = path
        words = {"file": self.name}
        try:
            with path.open("rb") as file:
                start = file.read(4096)
        except FileNotFoundError as error:
            raise UnreadableFileError(_("There is no file “%(file)s”.") % {"file": path}) from error
        except OSError as error:
            reason = _("“%(file)s” cannot be opened: %(why)s.") % {**words, "why": error.strerror}
            raise UnreadableFileError(reason) from error
        text = start.removeprefix(b"\xef\xbb\xbf").strip()
        if not text:
            raise UnreadableFileError(_("“%(file)s” is empty.") % words)
        if not text.startswith(b"{"):
            reason = _("“%(file)s” is not a file of JSON lines: each line must be one object in braces.")
            raise UnreadableFileError(reason % words)

    @property
    def name(self) -> str:
        """The file's name, without its folder."""
        return self.path.name

    def count(self) -> int:
        """How many lines there are."""
        with self.path.open("rb") as file:
            return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b""))

    def rows(self) -> Iterator[Row | RowError]:
        """Each line that is not blank. A byte that is not UTF-8 spoils its own line only."""
        with self.path.open(encoding="utf-8-sig", errors="surrogateescape", newline="\n") as file:
            number = 0
            while text := file.readline(LONGEST):
                number += 1
                if not text.endswith("\n") and len(text) == LONGEST:
                    _skip_line(file)
                    reason = _("The line is longer than %(most)s characters.") % {"most": f"{LONGEST:,}"}
                    yield RowError(number, text[:200], reason)
                elif text.strip():
                    yield _read(number, text.strip())


def _read(line: int, text: str) -> Row | RowError:
    if any("\udc80" <= letter <= "\udcff" for letter in text):
        text = text.encode("utf-8", "surrogateescape").decode("latin-1")
        return RowError(line, text, _("The line is not UTF-8."))
    try:
        values = json.loads(text)
    except (ValueError, RecursionError) as error:
        return RowError(line, text, _("The line is not JSON: %(why)s.") % {"why": error})
    if not isinstance(values, dict):
        return RowError(line, text, _("The line is not an object in braces."))
    return Row(line, text, values)


def _skip_line(file: Any) -> None:
    while (rest := file.readline(LONGEST)) and not rest.endswith("\n"):
        pass


def write_rejects(bad: Sequence[RowError], path: Path, *, file_name: str) -> None:
    """Write JSON lines: what the row said, where it stood, and the reason. Raises OSError when it cannot be done.

    The import takes no notice of those two, so a mended file can be imported as it is.
    """
    with path.open("w", encoding="utf-8") as file:
        for each in bad:
            said = _said(each) | {"rejected_from": f"{file_name}:{each.line}", "rejected_because": str(each)}
            file.write(json.dumps(said, ensure_ascii=False) + "\n")


def _said(bad: RowError) -> dict[str, object]:
    try:
        found = json.loads(bad.text)
    except (ValueError, RecursionError):
        return {"text": bad.text}
    return found if isinstance(found, dict) else {"text": bad.text}
