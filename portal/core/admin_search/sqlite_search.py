"""Finding in SQLite: a page of results is one full text query, ranked inside the database, and one for the objects.

The stock compiler asks for the score of every match in a query of its own, which makes it quadratic: a word that 2,750
pages hold takes seven seconds.
"""

from typing import Any

from django.db.models import Expression, F, FloatField, IntegerField, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.expressions import ExpressionWrapper
from django.db.models.functions import Cast
from modelsearch.backends.database.sqlite.query import BM25, MatchExpression, SearchQueryExpression
from modelsearch.backends.database.sqlite.sqlite import (
    IndexEntry,
    SQLiteAutocompleteQueryCompiler,
    SQLiteFTSIndexEntry,
    SQLiteSearchQueryCompiler,
    SQLiteSearchResults,
)
from modelsearch.utils import get_descendants_content_types_pks
from wagtail.models import Page

from portal.core.admin_search.expression import expression
from portal.core.admin_search.tidy import is_everything, is_nothing

A_PAGEFUL = 500  # so many primary keys can be named in a query; more are found by the match itself


class SearchCompiler(SQLiteSearchQueryCompiler):
    """Whole words. What matches is found by one full text query, never by one for each object."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_constant = is_everything(self.query) or is_nothing(self.query)
        self.expression, self.is_negated = (
            ("", False) if self.is_constant else expression(self.query, is_last_open=self.LAST_TERM_IS_PREFIX)
        )

    @property
    def is_ranked(self) -> bool:
        """Whether the results come in the order of their scores."""
        return bool(self.order_by_relevance) and not self.is_constant and not self.is_negated

    def search(self, config: Any, start: int, stop: int | None, score_field: str | None = None) -> QuerySet:
        """The objects that are found, in the queryset's own order; `hits` knows the order of their scores."""
        if self.is_constant:
            return self.queryset.none() if is_nothing(self.query) else self.queryset[start:stop]
        found = self._matching()
        if not self.order_by_relevance and not found.query.order_by:
            found = found.order_by("-pk")
        return found[start:stop]

    def hits(self, *, is_within: bool = True) -> QuerySet:
        """(primary key, score) of the objects, the best first. Of all in the index unless `is_within` the queryset."""
        found = self._entries(is_within=is_within).annotate(score=ExpressionWrapper(self._score(), FloatField()))
        if is_within and not self._is_narrowed():  # an entry may have outlived its object
            found = found.filter(found_pk__in=self.queryset.order_by().values("pk"))
        return found.order_by("score", "-found_pk").values_list("found_pk", "score")

    def matches(self) -> QuerySet:
        """One row for each object that is found, to be counted: what the queryset asks is asked once."""
        is_told_by_index = self._is_narrowed() and not self.is_constant and not self.is_negated
        return self._entries() if is_told_by_index and not self.may_repeat() else self.search(None, 0, None)

    def may_repeat(self) -> bool:
        """Whether the queryset may hold an object twice, because it follows a relation to many."""
        query = self.queryset.query
        joins = [
            getattr(table, "join_field", None)
            for alias, table in query.alias_map.items()
            if query.alias_refcount[alias]
        ]
        return any(join is not None and (join.one_to_many or join.many_to_many) for join in joins)

    def _matching(self) -> QuerySet:
        pks = self._entries().values("found_pk")
        return self.queryset.exclude(pk__in=pks) if self.is_negated else self.queryset.filter(pk__in=pks)

    def _entries(self, *, is_within: bool = True) -> QuerySet:
        """The rows of the index that match. Of what else has the words nothing is read but the number of its row."""
        match = MatchExpression(self._columns(), SearchQueryExpression(Value(self.expression)))
        # "+ 0" has SQLite ask the full text search once and not about each entry anew.
        found = SQLiteFTSIndexEntry.objects.filter(match).annotate(found_row=F("pk") + 0)
        return found.filter(found_row__in=self._rows(is_within)).annotate(found_pk=self._found_pk())

    def _rows(self, is_within: bool) -> QuerySet:
        """The numbers of the rows that are about objects of the model or, if there are fewer, of the queryset."""
        types = get_descendants_content_types_pks(self.queryset.model)
        if not (is_within and self._is_narrowed()):
            return IndexEntry.objects.filter(content_type__in=types).values("pk")
        # A page knows its type: one look-up, where there would be one for each type of page.
        of_type = {"content_type": OuterRef("content_type")} if self._are_pages() else {"content_type__in": types}
        entry = IndexEntry.objects.filter(**of_type, object_id=Cast(OuterRef("pk"), TextField()))
        return self.queryset.order_by().annotate(found_row=Subquery(entry.values("pk")[:1])).values("found_row")

    def _is_narrowed(self) -> bool:
        return bool(self.queryset.query.where)

    def _are_pages(self) -> bool:
        return issubclass(self.queryset.model, Page)

    def _found_pk(self) -> Any:
        """The object's primary key as its own table has it, so that the table's index serves."""
        pk = self.queryset.model._meta.pk
        while pk.remote_field:
            pk = pk.target_field
        key = F("index_entry__object_id")
        return Cast(key, IntegerField()) if isinstance(pk, IntegerField) else key

    def _columns(self) -> list[str]:
        """The columns to look in. The index keeps titles apart; every other field stands in the common text."""
        if not self.fields:
            return self.FTS_TABLE_FIELDS
        return sorted({"title" if field == "title" else self.FTS_TABLE_FIELDS[-1] for field in self.fields})

    def _score(self) -> Expression:
        return BM25() * (F("index_entry__title_norm") + 1.0)


class AutocompleteCompiler(SearchCompiler, SQLiteAutocompleteQueryCompiler):
    """The last word may go on."""

    def _score(self) -> Expression:
        return BM25()


class Results(SQLiteSearchResults):
    """Ranked results in two queries: which ones and in what order, then the objects themselves."""

    def _do_search(self) -> list[Any]:
        compiler = self.query_compiler
        if not compiler.is_ranked:
            found = list(self.get_queryset())
            if self._score_field and not compiler.is_constant and not compiler.is_negated:
                self._note_scores(found, dict(compiler.hits(is_within=False)))
            return found
        if compiler.may_repeat():
            return self._sorted_here()
        scores = dict(compiler.hits()[self.start : self.stop])
        if not scores:
            return []
        if len(scores) <= A_PAGEFUL:
            queryset = compiler.queryset.filter(pk__in=list(scores))
        else:
            queryset = compiler.search(None, 0, None)
        by_pk = {found.pk: found for found in queryset.order_by()}
        found = [by_pk[pk] for pk in scores if pk in by_pk]
        self._note_scores(found, scores)
        return found

    def _do_count(self) -> int:
        return self.query_compiler.matches()[self.start : self.stop].count()

    def _sorted_here(self) -> list[Any]:
        """All that is found, an object as often as the queryset has it."""
        scores = dict(self.query_compiler.hits())
        found = [each for each in self.query_compiler.search(None, 0, None).order_by("-pk") if each.pk in scores]
        found.sort(key=lambda each: scores[each.pk])
        found = found[self.start : self.stop]
        self._note_scores(found, scores)
        return found

    def _note_scores(self, found: list[Any], scores: dict[Any, float]) -> None:
        for each in found:
            setattr(each, self._score_field or "_score", scores.get(each.pk))
