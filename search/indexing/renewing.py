"""Documents of single objects: made anew, or taken away at once. One process at a time writes any of them."""

import logging
from collections.abc import Iterable

from django.db import connection, transaction

from portal.core.versions import raise_version
from search.indexing.write import put, remove
from search.models import SearchDoc
from search.sources import sources
from search.words import lexicon

logger = logging.getLogger(__name__)

SCOPE = "search"
"""What is kept of answers is outdated when this is raised (portal.core.versions)."""
LOCK = 5_370_001
"""Any number that nobody else uses for an advisory lock of PostgreSQL."""


def alone() -> None:
    """Wait until no other transaction writes documents, and keep others from it until this one ends.

    Without it, who read an object first might write it last. A writing transaction of SQLite is alone anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


@transaction.atomic(savepoint=False)
def renew(source: str, ids: Iterable[int]) -> None:
    """Write the documents of these objects as they are now, remove those that should not be there, count their words.

    Whoever calls it has called `alone` in the same transaction. A source that nobody registered any more has none.
    """
    wanted = sorted(set(ids))
    known = sources().get(source)
    kept = put(known.documents(wanted)) if known else []
    gone = _written(source, wanted) - set(kept)
    if gone:
        remove(gone)
    lexicon.count([*kept, *gone])


def hide(source: str, ids: Iterable[int]) -> None:
    """Take the documents of these objects away now, in the transaction of the act that hides the objects.

    Never raises: what fails here is still noted, and is done after the commit.
    """
    try:
        with transaction.atomic():
            gone = _written(source, ids)
            if not gone:
                return
            alone()
            remove(gone)
            lexicon.count(gone)
    except Exception:
        logger.exception("What was hidden could not be removed from the index at once")
        return
    raise_version(SCOPE)


def _written(source: str, ids: Iterable[int]) -> set[int]:
    return set(SearchDoc.objects.filter(source=source, object_id__in=list(ids)).values_list("pk", flat=True))
