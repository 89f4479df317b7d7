"""What differs between the databases: how a snapshot is taken, and how it is put back."""

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from django.db import connection

from portal.core.backup.engines.postgresql import PostgreSQLEngine
from portal.core.backup.engines.sqlite import SQLiteEngine
from portal.core.backup.errors import BackupError
from portal.core.backup.manifest import Facts

FileColumns = Iterable[tuple[str, str, str]]


class Engine(Protocol):
    """One database of the portal's."""

    name: str
    member: str

    def check_tools(self) -> None:
        """Raise BackupError when a program is missing or too old."""

    def snapshot(self, into: Path, columns: FileColumns) -> tuple[Facts, set[str]]:
        """Write a consistent copy while others read and write; what it holds, and which files it names."""

    def is_empty(self) -> bool:
        """Whether the target has no tables."""

    def staging(self) -> Path:
        """Where the dump is unpacked."""

    def check_staged(self, staged: Path, facts: Facts) -> None:
        """Raise BackupError when what was unpacked is not what the list of contents says."""

    def check_unused(self) -> None:
        """Raise BackupError when somebody has the database open and it can therefore not be replaced."""

    def put_in_place(self, staged: Path, token: str) -> None:
        """Replace the contents, all or nothing. `token` marks that it happened."""

    def is_in_place(self, token: str) -> bool:
        """Whether the act with this token was completed and must not be undone."""

    def forget(self, token: str) -> None:
        """Remove what was kept for the way back."""


def engine() -> Engine:
    """The one that the settings name. Raises BackupError for a third kind."""
    if connection.vendor == "sqlite":
        return SQLiteEngine()
    if connection.vendor == "postgresql":
        return PostgreSQLEngine()
    raise BackupError(f"There is no backup for {connection.vendor}; the portal runs on SQLite and PostgreSQL.")
