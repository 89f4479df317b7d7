"""Where guides come from: a file of JSON lines, or a folder of Markdown files with front matter."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import yaml
from django.utils.translation import gettext as _

from coalition.imports.source import UnreadableFileError

LONGEST = 1_000_000
"""Characters of one line or one file. The longest honest guide has some forty thousand."""


class RowError(Exception):
    """One guide cannot be used. `str()` of it says why; `text` is the row as it was."""

    def __init__(self, file: str, line: int, text: str, reason: str) -> None:
        super().__init__(reason)
        self.file, self.line, self.text = file, line, text


@dataclass(frozen=True, slots=True)
class Row:
    """One guide as it was read: where it stood, its text, and what it says by name."""

    file: str
    line: int
    text: str
    values: dict[str, Any]


class Source(Protocol):
    """A file or a folder that holds guides."""

    path: Path

    @property
    def name(self) -> str:
        """Its name, without the folder."""

    def count(self) -> int:
        """About how many rows there are, for a progress bar."""

    def rows(self) -> Iterator[Row | RowError]:
        """Each row, or why it cannot be read."""


def open_source(path: Path) -> Source:
    """The file or folder at `path`. Raises UnreadableFileError when there is nothing to read."""
    if path.is_dir():
        return MarkdownFolder(path)
    return JsonLines(path)


class JsonLines:
    """A text in UTF-8 with one JSON object on each line."""

    def __init__(self, path: Path) -> None:
        """Opens the file once to check it. Raises UnreadableFileError."""
        self.path = path
        try:
            with path.open("rb") as file:
                start = file.read(4096)
        except FileNotFoundError as error:
            raise UnreadableFileError(_("There is no file “%(file)s”.") % {"file": path}) from error
        except OSError as error:
            words = {"file": self.name, "why": error.strerror}
            raise UnreadableFileError(_("“%(file)s” cannot be opened: %(why)s.") % words) from error
        text = start.removeprefix(b"\xef\xbb\xbf").strip()
        if not text:
            raise UnreadableFileError(_("“%(file)s” is empty.") % {"file": self.name})
        if not text.startswith(b"{"):
            reason = _("“%(file)s” is not a file of JSON lines: each line must be one object in braces.")
            raise UnreadableFileError(reason % {"file": self.name})

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
                    yield RowError(self.name, number, text[:200], _too_long(_("The line")))
                elif text.strip():
                    yield self._read(number, text.strip())

    def _read(self, line: int, text: str) -> Row | RowError:
        if not text.isprintable() and any("\udc80" <= letter <= "\udcff" for letter in text):
            text = text.encode("utf-8", "surrogateescape").decode("latin-1")
            return RowError(self.name, line, text, _("The line is not UTF-8."))
        try:
            values = json.loads(text)
        except (ValueError, RecursionError) as error:
            return RowError(self.name, line, text, _("The line is not JSON: %(why)s.") % {"why": error})
        if not isinstance(values, dict):
            return RowError(self.name, line, text, _("The line is not an object in braces."))
        return Row(self.name, line, text, values)


class MarkdownFolder:
    """A folder of *.md files, its own folders included. A file's path below it is its id unless it names one."""

    def __init__(self, path: Path) -> None:
        """Raises UnreadableFileError when the folder has no Markdown file."""
        self.path = path
        self._files = sorted(each for each in path.rglob("*.md") if each.is_file())
        if not self._files:
            raise UnreadableFileError(_("The folder “%(folder)s” holds no *.md file.") % {"folder": path})

    @property
    def name(self) -> str:
        """The folder's name."""
        return self.path.resolve().name

    def count(self) -> int:
        """How many files there are."""
        return len(self._files)

    def rows(self) -> Iterator[Row | RowError]:
        """Each file, in the order of their paths."""
        for file in self._files:
            name = file.relative_to(self.path).as_posix()
            try:
                text = file.read_text(encoding="utf-8-sig")
            except UnicodeDecodeError:
                yield RowError(name, 1, "", _("The file is not UTF-8."))
            except OSError as error:
                yield RowError(name, 1, "", _("The file cannot be opened: %(why)s.") % {"why": error.strerror})
            else:
                yield self._read(name, text)

    def _read(self, name: str, text: str) -> Row | RowError:
        if len(text) > LONGEST:
            return RowError(name, 1, text[:200], _too_long(_("The file")))
        head, body, skipped = _front_matter(text)
        try:
            values = yaml.safe_load(head) or {}
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            line = getattr(getattr(error, "problem_mark", None), "line", 0) + 2
            why = getattr(error, "problem", None) or str(error)
            return RowError(name, line, text, _("The front matter is not YAML: %(why)s.") % {"why": why})
        if not isinstance(values, dict):
            return RowError(name, 1, text, _("The front matter does not name values (“title: …”)."))
        given = {str(key): value for key, value in values.items()}
        stem = name.removesuffix(".md")
        return Row(name, skipped + 1, text, {"id": stem, "source_path": name, **given, "body_md": body})


def _front_matter(text: str) -> tuple[str, str, int]:
    """Front matter, body, and how many lines stand before the body."""
    lines = text.splitlines(keepends=True)
    if lines and lines[0].rstrip() == "---":
        for place, line in enumerate(lines[1:], start=1):
            if line.rstrip() in ("---", "..."):
                return "".join(lines[1:place]), "".join(lines[place + 1 :]), place + 1
    return "", text, 0


def _too_long(what: str) -> str:
    return _("%(what)s is longer than %(most)s characters.") % {"what": what, "most": f"{LONGEST:,}"}


def _skip_line(file: Any) -> None:
    while (rest := file.readline(LONGEST)) and not rest.endswith("\n"):
        pass
