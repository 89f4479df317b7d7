"""The search in PostgreSQL: stock, with queries that cannot break and with saves that look at what they wrote only."""

from typing import Any

from django.db.models import F, Q
from django.db.models.functions import Length
from django.utils.encoding import force_str
from modelsearch.backends.database.postgres.postgres import (
    PostgresIndex,
    PostgresSearchAtomicRebuilder,
    PostgresSearchBackend,
    PostgresSearchRebuilder,
)
from modelsearch.utils import get_content_type_pk

from portal.core.admin_search.planner import AnalyzeAfterwards
from portal.core.admin_search.tidy import TidyQueries
from portal.core.admin_search.title_norms import average_title, forget


class Index(PostgresIndex):
    """The stock index; a save sets the norms of the titles it wrote, and reads no other."""

    def add_items(self, model: Any, objs: Any) -> None:
        """Index these objects, all of one model."""
        objs = list(objs)
        self._written = Q(content_type_id=get_content_type_pk(model), object_id__in=[force_str(obj.pk) for obj in objs])
        super().add_items(model, objs)

    def _refresh_title_norms(self, full: bool = False) -> None:
        """Stock asks for it at the end of each save, and with `full` at the end of `update_index`."""
        if full:
            forget(self.entries)
            super()._refresh_title_norms(full=True)
            return
        written = self.entries.filter(self._written).annotate(title_length=Length("title")).filter(title_length__gt=0)
        written.update(title_norm=average_title(self.entries) / F("title_length"))


class Rebuilder(AnalyzeAfterwards, PostgresSearchRebuilder):
    """`update_index` outside a transaction."""


class AtomicRebuilder(AnalyzeAfterwards, PostgresSearchAtomicRebuilder):
    """`update_index` in one transaction."""


class PostgresBackend(TidyQueries, PostgresSearchBackend):
    """What `WAGTAILSEARCH_BACKENDS` gives on PostgreSQL."""

    index_class = Index
    rebuilder_class = Rebuilder
    atomic_rebuilder_class = AtomicRebuilder
