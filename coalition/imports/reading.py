"""Reading one file to its end: the good rows for writing, the bad ones for the report and the rejects file."""

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

from coalition.imports.source import CsvSource, Row, RowError, readable

Good = TypeVar("Good")
Watch = Callable[[Iterable, CsvSource], Iterable]
"""Wraps the rows of a file while they are read: a progress bar."""

OWN_COLUMNS = ["line", "reason"]


@dataclass
class Reading(Generic[Good]):
    """What one file held."""

    source: CsvSource
    good: list[Good] = field(default_factory=list)
    bad: list[RowError] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many rows were read, good and bad."""
        return len(self.good) + len(self.bad)


def read(source: CsvSource, check: Callable[[Row], Good], watch: Watch) -> Reading[Good]:
    """Check every row of the file. `check` returns the good row or raises RowError."""
    reading: Reading[Good] = Reading(source)
    for row in watch(source.rows(), source):
        if isinstance(row, RowError):
            reading.bad.append(row)
            continue
        try:
            reading.good.append(check(row))
        except RowError as bad:
            reading.bad.append(bad)
    return reading


def write_rejects(reading: Reading, path: Path) -> None:
    """Write the bad rows as a CSV that can be mended and imported: line, reason, then the file's own columns.

    A reject of a rejects file gets its line and reason anew. Raises OSError when the file cannot be written.
    """
    kept = [place for place, name in enumerate(reading.source.header) if name not in OWN_COLUMNS]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(OWN_COLUMNS + [reading.source.header[place] for place in kept])
        for bad in reading.bad:
            cells = [readable(cell) for cell in bad.cells]
            own = [cells[place] for place in kept if place < len(cells)]
            writer.writerow([bad.line, str(bad), *own, *cells[len(reading.source.header) :]])
