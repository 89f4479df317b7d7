"""Transactions that many begin at once, in the order in which they came."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, transaction


@contextmanager
def turn(*, durable: bool = False) -> Iterator[None]:
    """A transaction (`durable` as in `transaction.atomic`). On SQLite it waits for its turn first.

    SQLite lets writers try again and again, up to a tenth of a second apart, and whoever comes at the right moment
    wins: when hundreds write at once, somebody is passed over until their time is up ("database is locked"). Here they
    queue at a file beside the database, where the operating system lets one after the other pass. The turn ends with
    the commit, before what waits for the commit runs. Within a transaction there is no turn to wait for.
    """
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or connection.in_atomic_block or "memory" in name:
        with transaction.atomic(durable=durable):
            yield
        return
    with Path(f"{name}-turn").open("a") as queue:
        fcntl.flock(queue, fcntl.LOCK_EX)
        with transaction.atomic(durable=durable):
            transaction.on_commit(lambda: fcntl.flock(queue, fcntl.LOCK_UN))
            yield
