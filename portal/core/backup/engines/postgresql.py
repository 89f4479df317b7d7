"""PostgreSQL: pg_dump of one exported snapshot, and a restore that is one transaction."""

import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection, connections
from psycopg import IsolationLevel, sql

from portal.core.backup.engines import programs
from portal.core.backup.errors import BackupError, DamagedError
from portal.core.backup.manifest import Facts

TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"
MARK = "portal_restored"  # a table that exists while a restore is being finished, and holds its token


class PostgreSQLEngine:
    """The database that the settings name."""

    name = "postgresql"
    member = "database/portal.pgdump"

    def check_tools(self) -> None:
        """pg_dump, pg_restore and psql, not older than the server."""
        try:
            programs.check_programs()
        except DatabaseError as error:
            raise BackupError(f"The database does not answer: {str(error).strip().splitlines()[0]}") from error

    def snapshot(self, into: Path, columns: Iterable[tuple[str, str, str]]) -> tuple[Facts, set[str]]:
        """pg_dump and our own counting look at the same moment. Readers and writers go on meanwhile."""
        with _own_connection() as database:
            token = database.execute("SELECT pg_export_snapshot()").fetchone()[0]
            programs.run("pg_dump", "--format=custom", f"--snapshot={token}", "--no-owner", "--no-acl", "--file", into)
            return _facts(database), _files_named(database, columns)

    def is_empty(self) -> bool:
        """No tables in the schema that the portal uses, but perhaps the mark of a restore."""
        return not [name for name in connection.introspection.table_names() if name != MARK]

    def staging(self) -> Path:
        """A file of its own; PostgreSQL's data lies elsewhere."""
        folder = Path(settings.VAR_DIR)
        folder.mkdir(parents=True, exist_ok=True)
        return folder / "portal.pgdump.restoring"

    def check_staged(self, staged: Path, facts: Facts) -> None:
        """pg_restore can read its list of contents."""
        try:
            programs.run("pg_restore", "--list", staged)
        except BackupError as error:
            raise DamagedError("The database in this backup cannot be read by pg_restore.") from error

    def check_unused(self) -> None:
        """Others may be connected: the transaction waits for them, and they for it."""
        connections.close_all()

    def put_in_place(self, staged: Path, token: str) -> None:
        """Everything old goes, everything new comes, the mark says so: in one transaction of psql."""
        connections.close_all()
        read = ["pg_restore", "--clean", "--if-exists", "--exit-on-error", "--no-owner", "--no-acl", "--file=-"]
        write = [
            "psql",
            "--no-psqlrc",
            "--quiet",
            "--single-transaction",
            "--set=ON_ERROR_STOP=1",
            "--output=/dev/null",
        ]
        with tempfile.NamedTemporaryFile("w", suffix=".sql") as first, tempfile.TemporaryFile("w+") as complaints:
            first.write(_drop_everything(token))
            first.flush()
            source = subprocess.Popen(
                [*read, str(staged)], env=programs.where(), stdout=subprocess.PIPE, stderr=complaints
            )
            target = subprocess.run(
                [*write, "--file", first.name, "--file=-"],
                env=programs.where(),
                stdin=source.stdout,
                capture_output=True,
                text=True,
                check=False,
            )
            if source.stdout:
                source.stdout.close()
            if source.wait() or target.returncode:
                complaints.seek(0)
                raise BackupError(
                    f"The database was not restored: {programs.last_line(target.stderr or complaints.read())}"
                )

    def is_in_place(self, token: str) -> bool:
        """The mark was committed together with the data."""
        with connection.cursor() as cursor:
            if MARK not in connection.introspection.table_names(cursor):
                return False
            cursor.execute(f"SELECT token FROM {MARK}")  # noqa: S608  # nosec B608 - a constant
            return (token,) in cursor.fetchall()

    def forget(self, token: str) -> None:
        """Take the mark away."""
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS {MARK}")


def _drop_everything(token: str) -> str:
    """SQL that empties the schema. `pg_restore --clean` drops only what the dump knows; later tables would stay."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
    connections.close_all()
    drops = [sql.SQL("DROP TABLE IF EXISTS {} CASCADE;").format(sql.Identifier(name)).as_string() for name in names]
    mark = sql.SQL("CREATE TABLE {} (token text); INSERT INTO {} VALUES ({});")
    made = mark.format(sql.Identifier(MARK), sql.Identifier(MARK), sql.Literal(token)).as_string()
    return "\n".join([*drops, made]) + "\n"


@contextmanager
def _own_connection() -> Iterator[Any]:
    """Beside Django's, so that its transaction is ours alone."""
    try:
        database = connection.get_new_connection(connection.get_connection_params())
    except DatabaseError as error:
        raise BackupError(f"The database does not answer: {str(error).strip().splitlines()[0]}") from error
    try:
        database.autocommit = False
        database.isolation_level = IsolationLevel.REPEATABLE_READ
        database.read_only = True
        yield database
    finally:
        database.rollback()
        database.close()


def _facts(database: Any) -> Facts:
    names = [name for (name,) in database.execute(TABLES).fetchall() if name != MARK]
    count = sql.SQL("SELECT count(*) FROM {}")
    counts = {name: database.execute(count.format(sql.Identifier(name))).fetchone()[0] for name in names}
    migrations = []
    if "django_migrations" in counts:
        migrations = database.execute("SELECT app, name FROM django_migrations ORDER BY app, name").fetchall()
    return Facts(tables=counts, migrations=migrations, server=database.execute("SHOW server_version").fetchone()[0])


def _files_named(database: Any, columns: Iterable[tuple[str, str, str]]) -> set[str]:
    names = {name for (name,) in database.execute(TABLES).fetchall()}
    asked = sql.SQL("SELECT DISTINCT {} FROM {}")
    found: set[str] = set()
    for table, column, start in columns:
        if table in names:
            rows = database.execute(asked.format(sql.Identifier(column), sql.Identifier(table))).fetchall()
            found.update(f"{start}/{value}" for (value,) in rows if value)
    return found
