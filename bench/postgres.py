"""A database of a measurement's own on the server that BENCH_POSTGRES_URL names."""

import os
from urllib.parse import urlsplit


def url_of(name: str) -> str:
    """The address of the database of this name; "" when no server is named."""
    server = os.environ.get("BENCH_POSTGRES_URL", "")
    return urlsplit(server)._replace(path=f"/{name}").geturl() if server else ""


def make_database(name: str) -> None:
    """An empty one; what had the name is dropped."""
    drop_database(name)
    _run(f'CREATE DATABASE "{name}"')


def drop_database(name: str) -> None:
    """Away with it."""
    _run(f'DROP DATABASE IF EXISTS "{name}"')


def _run(statement: str) -> None:
    import psycopg

    with psycopg.connect(os.environ["BENCH_POSTGRES_URL"], autocommit=True) as server:
        server.execute(statement)  # type: ignore[call-overload]
