"""PostgreSQL's own programs: found, new enough, and told where the database is without showing its password."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from django.db import connection

from portal.core.backup.errors import BackupError

PROGRAMS = ("pg_dump", "pg_restore", "psql")
HOW = "Install PostgreSQL's client programs of version {version} or later (Debian: postgresql-client)."
WAIT_MILLISECONDS = 60_000  # for somebody who holds a table
IN_THE_ENVIRONMENT = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
}


def check_programs() -> None:
    """Raise BackupError when one is missing or older than the server."""
    server = connection.pg_version // 10_000  # type: ignore[attr-defined]
    how = HOW.format(version=server)
    for program in PROGRAMS:
        if shutil.which(program) is None:
            raise BackupError(f"The program {program} is not there. {how}")
        version = _version(program)
        if version < server:
            raise BackupError(f"{program} is version {version}, the server is {server}. {how}")


def _version(program: str) -> int:
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    match = re.search(r"\) (\d+)", said)
    return int(match[1]) if match else 0


def where() -> dict[str, str]:
    """The environment for the programs. Not their arguments: everybody on the machine may read those."""
    told = connection.get_connection_params()
    found = {name: str(told[key]) for key, name in IN_THE_ENVIRONMENT.items() if told.get(key)}
    return {"PGOPTIONS": f"-c lock_timeout={WAIT_MILLISECONDS}", **os.environ, **found}


def run(*words: str | Path) -> None:
    """Raises BackupError with the last line of what the program complained about."""
    done = subprocess.run([str(word) for word in words], env=where(), capture_output=True, text=True, check=False)
    if done.returncode:
        raise BackupError(f"{words[0]} failed: {last_line(done.stderr)}")


def last_line(text: str) -> str:
    """What a program said in the end; before it may stand data."""
    lines = [line for line in text.strip().splitlines() if "error" in line.lower()] or text.strip().splitlines()
    return lines[0][:300] if lines else "it did not say why."
