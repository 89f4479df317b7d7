"""Making documents of what was noted."""

import json
import logging
import traceback
from collections import defaultdict
from collections.abc import Collection, Mapping

from django.conf import settings
from django.db import OperationalError, transaction
from django.db.models import Min
from django_tasks import task

from portal.core.models import TaskFailure
from portal.core.tasks import enqueue
from portal.core.versions import raise_version
from search.indexing.renewing import SCOPE, alone, renew
from search.models import Change

logger = logging.getLogger(__name__)

AT_ONCE = 50
"""Objects that are indexed in the process of the act that changed them. More are left to a task."""
BATCH = 50
"""Objects that one transaction indexes."""
NAME = "search.indexing.settling.settle"

Object = tuple[str, int]
"""Name of a source, and which object of it."""


def settle(*, at_most: int | None = None) -> int:
    """Index what was noted (at most so many objects) and take the notes away; the number of objects.

    Then tells Elasticsearch. In steps of their own transactions, each whole or not at all. An object that cannot be
    indexed stays noted and is reported to staff, once.
    Raises OperationalError when the database does not answer; what was not done then stays noted.
    """
    failed: set[Object] = set()
    done = 0
    while at_most is None or done < at_most:
        room = BATCH if at_most is None else min(BATCH, at_most - done)
        objects = _noted(room, failed)
        done += _index(objects, failed) if objects else 0
        if len(objects) < room:  # what others noted meanwhile is theirs
            break
    _pass_on(done)
    return done


def settle_soon(noted: Mapping[str, Collection[int]]) -> None:
    """After the commit that noted these objects: index a few now, leave many to a task. Never raises."""
    objects = [(source, pk) for source, ids in noted.items() for pk in ids]
    try:
        if len(objects) <= AT_ONCE:
            _pass_on(_index(objects, set()))
        else:
            enqueue(settle_noted)
    except Exception:
        logger.exception("What changed is not in the index yet; the next time rule sees to it")


def _pass_on(done: int) -> None:
    """What was kept of answers is outdated, and Elasticsearch is told, when anything was indexed."""
    if done:
        raise_version(SCOPE)
        transaction.on_commit(tell_outside)


@task()
def settle_noted() -> None:
    """Index everything that was noted."""
    settle()


def tell_outside() -> None:
    """Pass on what was written to the engine outside of the database, if there is one."""
    if settings.SEARCH_URL:
        from search.indexing.telling import tell

        tell()


def _noted(count: int, failed: Collection[Object]) -> list[Object]:
    """So many different objects, those that were noted first."""
    changes = Change.objects.order_by().values_list("source", "object_id")
    first = changes.annotate(first=Min("pk")).order_by("first")
    found = [(source, pk) for source, pk, _first in first[: count + len(failed)]]
    return [each for each in found if each not in failed][:count]


def _index(objects: list[Object], failed: set[Object]) -> int:
    """Index these together; when that fails, one by one, so that one that cannot be indexed is in nobody's way."""
    try:
        return _renew_noted(objects)
    except OperationalError:
        raise
    except Exception:
        if len(objects) > 1:
            return sum(_index([each], failed) for each in objects)
        logger.exception("%s %s could not be indexed", *objects[0])
        failed.add(objects[0])
        _report(objects[0], traceback.format_exc())
        return 0


@transaction.atomic
def _renew_noted(objects: list[Object]) -> int:
    """The notes are read first: one that comes while documents are made stays for the next time."""
    alone()
    wanted = defaultdict(list)
    for source, pk in objects:
        wanted[source].append(pk)
    notes = []
    for source, ids in wanted.items():
        rows = Change.objects.filter(source=source, object_id__in=ids).values_list("pk", "object_id")
        pks = {pk: object_id for pk, object_id in rows}
        if pks:  # else another process has done it meanwhile
            renew(source, pks.values())
            notes += list(pks)
    forget(notes)
    return len(objects)


def forget(notes: Collection[int]) -> None:
    """Take these notes away, without reading them first as Django does for whoever listens to every model."""
    rows = Change.objects.filter(pk__in=notes)
    rows._raw_delete(rows.db)


def _report(failed: Object, error: str) -> None:
    """Tell staff, unless they know already."""
    arguments = json.dumps({"source": failed[0], "object_id": failed[1]})
    failures = TaskFailure.objects.filter(task=NAME, arguments=arguments, is_settled=False)
    if not failures.exists():
        TaskFailure.objects.create(task=NAME, arguments=arguments, error=error)
