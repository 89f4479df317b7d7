"""SQLite: the online backup of a database in use, and a file that takes another's place in one step."""

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection, connections

from portal.core.backup.errors import BackupError, DamagedError
from portal.core.backup.manifest import Facts

TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
BUSY_SECONDS = 20


class SQLiteEngine:
    """The file that the settings name."""

    name = "sqlite"
    member = "database/portal.sqlite3"

    def __init__(self) -> None:
        self.path = Path(connection.settings_dict["NAME"])
        if connection.is_in_memory_db():  # type: ignore[attr-defined]
            raise BackupError("The database lies in memory: there is no file to save or to replace.")

    def check_tools(self) -> None:
        """Nothing but Python is needed."""

    def snapshot(self, into: Path, columns: Iterable[tuple[str, str, str]]) -> tuple[Facts, set[str]]:
        """One read transaction, taken in one step: in WAL mode writers go on meanwhile."""
        if not self.path.exists():
            raise BackupError(f"There is no database at {self.path}.")
        try:
            with _opened(self.path) as source, _opened(into) as copy:
                source.backup(copy)
                copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
                _check_pages(copy)
                return _facts(copy), _files_named(copy, columns)
        except sqlite3.DatabaseError as error:
            raise BackupError(f"The database could not be copied: {error}.") from error

    def is_empty(self) -> bool:
        """A file without tables, or no file. One that cannot be read is not empty."""
        if not self.path.exists() or not self.path.stat().st_size:
            return True
        try:
            with _opened(self.path) as database:
                return database.execute(TABLES).fetchone() is None
        except sqlite3.DatabaseError:
            return False

    def staging(self) -> Path:
        """Beside the database, so that taking its place is one rename."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        return self.path.with_name(f"{self.path.name}.restoring")

    def check_staged(self, staged: Path, facts: Facts) -> None:
        """Every page is well, and every table has its rows."""
        try:
            with _opened(staged) as database:
                _check_pages(database)
                if _facts(database).tables != facts.tables:
                    raise DamagedError("The database in this backup is not the one in its list of contents.")
        except sqlite3.DatabaseError as error:
            raise DamagedError(f"The database in this backup cannot be read: {error}.") from error

    def check_unused(self) -> None:
        """Leaving WAL mode needs the database for oneself, and folds its log into the file: both are wanted here."""
        connections.close_all()
        if not self.path.exists():
            return
        try:
            with _opened(self.path, wait=2) as database:
                database.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise BackupError(
                    "The database is in use. Stop the web server and run_due first, then run this again."
                ) from error
        except sqlite3.DatabaseError:
            pass  # it is damaged: all the more reason to replace it

    def put_in_place(self, staged: Path, token: str) -> None:
        """After this rename the new one counts, before it the old one; there is nothing in between."""
        self.check_unused()
        for beside in ("-wal", "-shm", "-journal"):  # only a damaged database still has them; they must not be replayed
            self.path.with_name(self.path.name + beside).unlink(missing_ok=True)
        os.replace(staged, self.path)
        _fsync(self.path.parent)

    def is_in_place(self, token: str) -> bool:
        """What was unpacked has gone to its place."""
        return not self.staging().exists()

    def forget(self, token: str) -> None:
        """Nothing was kept: the rename was the last act."""


@contextmanager
def _opened(path: Path, wait: float = BUSY_SECONDS) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, timeout=wait, isolation_level=None)) as database:
        yield database


def _check_pages(database: sqlite3.Connection) -> None:
    found = database.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise DamagedError(f"SQLite finds the database damaged: {found}.")


def _facts(database: sqlite3.Connection) -> Facts:
    names = [name for (name,) in database.execute(TABLES)]
    counts = {name: database.execute(_count_of(name)).fetchone()[0] for name in names}
    migrations = []
    if "django_migrations" in counts:
        migrations = database.execute("SELECT app, name FROM django_migrations ORDER BY app, name").fetchall()
    return Facts(tables=counts, migrations=migrations, server=sqlite3.sqlite_version)


def _files_named(database: sqlite3.Connection, columns: Iterable[tuple[str, str, str]]) -> set[str]:
    names = {name for (name,) in database.execute(TABLES)}
    found: set[str] = set()
    for table, column, start in columns:
        if table in names:
            asked = f"SELECT DISTINCT {_quoted(column)} FROM {_quoted(table)}"  # noqa: S608  # nosec B608 - models' own names
            rows = database.execute(asked)
            found.update(f"{start}/{value}" for (value,) in rows if value)
    return found


def _count_of(name: str) -> str:
    return f"SELECT count(*) FROM {_quoted(name)}"  # noqa: S608  # nosec B608 - a name from the database's own list


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _fsync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
