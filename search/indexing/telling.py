"""Telling Elasticsearch what was written and removed; the database knows it already."""

import logging

from django.db import DatabaseError

from search.engines.base import EngineUnavailable
from search.engines.choosing import outside_engine
from search.engines.elastic import ElasticEngine
from search.engines.elastic.limits import TELLING, WORKING
from search.models import Pending

logger = logging.getLogger(__name__)
AT_ONCE = 50
"""Documents told while somebody waits for a publication."""
AT_A_TIME = 1000


def tell(*, patiently: bool = False) -> int:
    """Tell Elasticsearch of what waits, oldest first; how many documents it has heard of now.

    A few, and within `limits.TELLING`, unless `patiently`: then all, and when there is no index it is built. What the
    server does not take goes on waiting. Several processes may do this at once: then it hears of some things twice.
    """
    engine = outside_engine()
    if not isinstance(engine, ElasticEngine):
        return 0
    told = 0
    try:
        if patiently and not engine.is_built():
            engine.rebuild()
        while batch := list(
            Pending.objects.order_by("pk").values_list("pk", "doc_id")[: AT_A_TIME if patiently else AT_ONCE]
        ):
            engine.take({doc_id for _, doc_id in batch}, WORKING if patiently else TELLING)
            rows = Pending.objects.filter(pk__in=[pk for pk, _ in batch])
            rows._raw_delete(rows.db)  # not read once more for those who listen to every model
            told += len(batch)
            if not patiently:
                break
    except EngineUnavailable as error:
        logger.info("Elasticsearch is told later: %s", error)
    except DatabaseError:
        logger.exception("What waits for Elasticsearch could not be read")
    return told
