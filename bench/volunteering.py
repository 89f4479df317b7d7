"""`python -m bench.volunteering ENGINE`: sign-ups and the national list on one database, SQLite or PostgreSQL.

`make bench` runs both, each in a process and a database of its own; PostgreSQL when BENCH_POSTGRES_URL names a server.
"""

import os
import subprocess
import sys
import tempfile

from bench.postgres import drop_database, make_database, url_of
from bench.report import Report

DATABASE = "portal_bench_volunteering"


def measure_volunteering(report: Report) -> None:
    """Run both engines; what misses a bar there is missed here."""
    for engine in ("sqlite", "postgresql"):
        sys.stdout.write(f"\nvolunteering on {engine}\n")
        sys.stdout.flush()
        if engine == "postgresql" and not url_of(DATABASE):
            sys.stdout.write("left out; BENCH_POSTGRES_URL names no server.\n")
            continue
        with tempfile.TemporaryDirectory(prefix="portal-bench-volunteering-") as folder:
            environment = {**os.environ, "VAR_DIR": folder, "DJANGO_SETTINGS_MODULE": "portal.settings.test"}
            environment.pop("DATABASE_URL", None)
            if engine == "postgresql":
                environment["DATABASE_URL"] = url_of(DATABASE)
            done = subprocess.run([sys.executable, "-m", "bench.volunteering", engine], env=environment, check=False)
            if done.returncode:
                report.missed.append(f"volunteering on {engine}")


def main(engine: str) -> int:
    """Measure on the database that the environment has chosen; exit code 1 when a bar is missed."""
    if engine == "postgresql":
        make_database(DATABASE)
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test.utils import setup_test_environment

    from bench.volunteering_list import measure_list
    from bench.volunteering_race import measure_sign_ups

    setup_test_environment()
    call_command("migrate", verbosity=0)
    report = Report()
    try:
        measure_sign_ups(report)
        measure_list(report)
    finally:
        connection.close()
        if engine == "postgresql":
            drop_database(DATABASE)
    return 1 if report.missed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
