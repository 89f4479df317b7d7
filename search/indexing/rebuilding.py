"""The whole index made anew, in place: searches answer all the while."""

from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from portal.core.versions import raise_version
from search.engines.choosing import database_engine, outside_engine
from search.indexing.checking import batches, check
from search.indexing.renewing import SCOPE, alone, renew
from search.indexing.settling import forget
from search.models import Change, SearchDoc
from search.sources import sources
from search.words import lexicon


def size() -> int:
    """How many objects there are to index."""
    return sum(len(source.versions()) for source in sources().values())


def rebuild(advance: Callable[[int], object] = lambda count: None) -> int:
    """Make all documents anew, remove what should not be there, count all words; the number of objects.

    A batch at a time: what is published meanwhile waits for one batch at most. `advance(count)` is told of each. Then
    Elasticsearch gets a new index, if there is one; raises EngineUnavailable when it does not answer: all the rest is
    done by then.
    """
    started = timezone.now()
    done = 0
    for name, source in sources().items():
        for ids in batches(source.versions()):
            _renew(name, ids, started)
            done += len(ids)
            advance(len(ids))
    check(repair=True)  # what is left over, and what an engine holds besides
    lexicon.recount()
    raise_version(SCOPE)
    engine = outside_engine() if settings.SEARCH_URL else None
    if engine is not None:
        engine.rebuild()  # type: ignore[attr-defined]
    return done


@transaction.atomic
def _renew(source: str, ids: list[int], started: object) -> None:
    """Documents that have not changed stay as they are; the engine takes them over again all the same."""
    alone()
    notes = list(Change.objects.filter(source=source, object_id__in=ids).values_list("pk", flat=True))
    renew(source, ids)
    unchanged = SearchDoc.objects.filter(source=source, object_id__in=ids, indexed_at__lt=started)
    database_engine().write(list(unchanged.values_list("pk", flat=True)))
    forget(notes)
