"""Is the index true? Compares what should be found with what is written, and what is written with the engines."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from portal.core.versions import raise_version
from search.engines.base import Engine, EngineUnavailable
from search.engines.choosing import database_engine, outside_engine
from search.engines.entries import microseconds
from search.indexing.renewing import SCOPE, alone, renew
from search.indexing.settling import settle
from search.models import Change, Counted, Pending, Readers, SearchDoc
from search.sources import sources
from search.words import lexicon

BATCH = 50
LONE = frozenset({Readers.ALL})
PARTED = frozenset({Readers.VISITORS, Readers.MEMBERS})


@dataclass(frozen=True)
class Finding:
    """What is wrong in one place: ids of objects (in a source) or of documents (in an engine).

    `missing` should be there, `stale` says what was true once, `superfluous` should not be there.
    """

    place: str
    total: int = 0
    missing: frozenset[int] = frozenset()
    stale: frozenset[int] = frozenset()
    superfluous: frozenset[int] = frozenset()
    note: str = ""

    @property
    def wrong(self) -> frozenset[int]:
        """All that is wrong."""
        return self.missing | self.stale | self.superfluous

    def __str__(self) -> str:
        if self.note:
            return f"{self.place}: {self.note}"
        numbers = {"missing": len(self.missing), "stale": len(self.stale), "superfluous": len(self.superfluous)}
        said = _("%(total)d right, %(missing)d missing, %(stale)d stale, %(superfluous)d superfluous")
        return f"{self.place}: {said % {**numbers, 'total': self.total - len(self.missing | self.stale)}}"


def check(*, repair: bool = False) -> list[Finding]:
    """Everything that is wrong now, place by place; with `repair` it was put right afterwards.

    What waits to be indexed, or to be told, is not wrong. Repairing settles that first. What another process changes
    meanwhile may be found wrong; repairing it then does no harm.
    """
    if repair:
        settle()
    found = [_check_source(name, repair=repair) for name in sorted(_all_sources())]
    found.append(_check_database(repair=repair))
    found.append(_check_words(repair=repair))
    if settings.SEARCH_URL:
        found.append(_check_outside(repair=repair))
    if repair and any(finding.wrong for finding in found):
        raise_version(SCOPE)
    return found


def _all_sources() -> set[str]:
    return {*sources(), *SearchDoc.objects.order_by().values_list("source", flat=True).distinct()}


def _check_source(name: str, *, repair: bool) -> Finding:
    written = _written(name)
    noted = set(Change.objects.filter(source=name).values_list("object_id", flat=True))
    source = sources().get(name)
    expected = source.versions() if source else {}
    finding = Finding(
        name,
        total=len(expected),
        missing=frozenset(expected.keys() - written.keys() - noted),
        stale=frozenset(pk for pk in expected.keys() & written.keys() - noted if written[pk] != expected[pk]),
        superfluous=frozenset(written.keys() - expected.keys() - noted),
    )
    if repair:
        _in_batches(finding.wrong, lambda ids: renew(name, ids))
    return finding


def _written(source: str) -> dict[int, str]:
    """Object id → the version of all its documents; "" when they are not complete, or not of one version."""
    fields = ("object_id", "language", "readers", "version", "family", "signature__siblings")
    rows = list(SearchDoc.objects.filter(source=source).order_by().values_list(*fields))
    versions, readers, families = defaultdict(set), defaultdict(set), defaultdict(set)
    for pk, language, reader, version, family, _siblings in rows:
        versions[pk].add(version)
        readers[pk, language].add(reader)
        families[family].add(language)
    broken = {pk for pk, found in versions.items() if len(found) > 1}
    broken |= {pk for (pk, _language), found in readers.items() if frozenset(found) not in (LONE, PARTED)}
    for pk, language, _reader, _version, family, siblings in rows:
        if set(filter(None, siblings.split(","))) != families[family] - {language}:
            broken.add(pk)
    return {pk: "" if pk in broken else found.pop() for pk, found in versions.items()}


def _check_database(*, repair: bool) -> Finding:
    engine = database_engine()
    finding = _compare(_("database engine"), engine, _row_versions())
    if repair:
        _in_batches(finding.missing | finding.stale, engine.write)
        _in_batches(finding.superfluous, engine.remove)
    return finding


def _check_words(*, repair: bool) -> Finding:
    """Which documents the counts of words know."""
    counted = set(Counted.objects.values_list("doc_id", flat=True))
    wanted = set(SearchDoc.objects.exclude(readers=Readers.MEMBERS).values_list("pk", flat=True))
    missing, superfluous = frozenset(wanted - counted), frozenset(counted - wanted)
    finding = Finding(_("counts of words"), total=len(wanted), missing=missing, superfluous=superfluous)
    if repair:
        _in_batches(finding.wrong, lexicon.count)
    return finding


def _check_outside(*, repair: bool) -> Finding:
    from search.engines.elastic import ElasticEngine
    from search.indexing.telling import tell

    name, engine = "Elasticsearch", outside_engine()
    if not isinstance(engine, ElasticEngine):
        return Finding(name)
    waiting = frozenset(Pending.objects.values_list("doc_id", flat=True))
    try:
        if repair and not engine.is_built():
            engine.rebuild()
        finding = _compare(name, engine, _row_versions(), waiting)
    except EngineUnavailable as error:
        return Finding(name, note=_("does not answer now (%(error)s)") % {"error": error})
    if repair:
        Pending.objects.bulk_create([Pending(doc_id=pk) for pk in sorted(finding.wrong)], batch_size=500)
        tell(patiently=True)
    return finding


def _row_versions() -> dict[int, str]:
    """Document id → version of its row, as engines have it."""
    rows = SearchDoc.objects.order_by().values_list("pk", "indexed_at")
    return {pk: str(microseconds(moment)) for pk, moment in rows}


def _compare(place: str, engine: Engine, rows: dict[int, str], waiting: frozenset[int] = frozenset()) -> Finding:
    held = engine.versions()
    return Finding(
        place,
        total=len(rows),
        missing=frozenset(rows.keys() - held.keys()) - waiting,
        stale=frozenset(pk for pk in rows.keys() & held.keys() if rows[pk] != held[pk]) - waiting,
        superfluous=frozenset(held.keys() - rows.keys()) - waiting,
    )


def _in_batches(ids: Iterable[int], act: Callable[[list[int]], Any]) -> None:
    for batch in batches(ids):
        with transaction.atomic():
            alone()
            act(batch)


def batches(ids: Iterable[int]) -> Iterator[list[int]]:
    """The ids in order, so many as one transaction takes."""
    wanted = sorted(ids)
    return (wanted[start : start + BATCH] for start in range(0, len(wanted), BATCH))
