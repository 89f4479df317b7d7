"""The index in SQLite: a save writes what has changed in it, and reads nothing but its own entries.

The stock index writes the same text again at each of the three saves that publish a page, and reads every entry twice.
"""

from typing import Any

from modelsearch.backends.database.sqlite.sqlite import (
    IndexEntry,
    ObjectIndexer,
    SQLiteIndex,
    SQLiteSearchAtomicRebuilder,
    SQLiteSearchRebuilder,
)
from modelsearch.utils import get_content_type_pk

from portal.core.admin_search.planner import AnalyzeAfterwards
from portal.core.admin_search.title_norms import average_title, forget


class Index(SQLiteIndex):
    """The stock index with another way to write into it."""

    def add_items(self, model: Any, objs: Any) -> None:
        """Index these objects, all of one model. Publishing a page saves it three times: one write is enough."""
        if not model.get_search_fields():
            return
        content_type = get_content_type_pk(model)
        texts = {each.id: (each.title, each.autocomplete, each.body) for each in self._read(objs)}
        known = self.entries.filter(content_type_id=content_type, object_id__in=list(texts))
        rows = known.values_list("object_id", "title", "autocomplete", "body")
        same = {pk for pk, *text in rows if texts[pk] == tuple(text)}
        changed = {pk: text for pk, text in texts.items() if pk not in same}
        if not changed:
            return
        average = average_title(self.entries)
        self.entries.bulk_create(
            [
                IndexEntry(
                    content_type_id=content_type,
                    object_id=pk,
                    title=title,
                    autocomplete=autocomplete,
                    body=body,
                    title_norm=average / len(title) if average and title else 1.0,
                )
                for pk, (title, autocomplete, body) in changed.items()
            ],
            update_conflicts=True,
            unique_fields=["content_type", "object_id"],
            update_fields=["title", "autocomplete", "body", "title_norm"],
        )

    def _read(self, objs: Any) -> list[ObjectIndexer]:
        return [ObjectIndexer(each, self.backend) for each in objs]

    def _refresh_title_norms(self, full: bool = False) -> None:
        """Stock asks for it at the end of `update_index`."""
        forget(self.entries)
        super()._refresh_title_norms(full=full)


class Rebuilder(AnalyzeAfterwards, SQLiteSearchRebuilder):
    """`update_index` outside a transaction."""


class AtomicRebuilder(AnalyzeAfterwards, SQLiteSearchAtomicRebuilder):
    """`update_index` in one transaction."""
