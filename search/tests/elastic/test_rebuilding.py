"""A new index beside the old one."""

import time
import uuid

import pytest
from django.utils import timezone

from search.engines.base import EngineUnavailable, Window
from search.engines.elastic import ElasticEngine, indexes
from search.engines.elastic.bulk import Way
from search.engines.elastic.differences import held
from search.engines.elastic.limits import WORKING, Deadline
from search.engines.elastic.line import NoIndex
from search.engines.elastic.mapping import VERSION
from search.models import Pending
from search.tests.elastic.rows import change, noted, plan, row, versions_of_rows

pytestmark = [pytest.mark.engine, pytest.mark.django_db]


def found(engine, words):
    return set(engine.find(plan(words), Window(now=timezone.now())).ids)


def names(engine):
    """All indexes of the engine, and the one that answers."""
    client = engine._server.client
    mine = {name for name in client.indices.get(index=f"{engine.alias}-*").body if name.startswith(engine.alias)}
    return mine, indexes.behind(client, engine.alias)


def test_a_rebuild_holds_what_the_rows_say_and_leaves_one_index(elastic):
    docs = [row("Plant trees"), row("Read to children")]
    steps = []
    assert elastic.rebuild(lambda done, total: steps.append((done, total))) == 2
    assert steps == [(2, 2)]
    assert elastic.versions() == versions_of_rows()
    assert found(elastic, "trees children") == {doc.pk for doc in docs}
    mine, answering = names(elastic)
    assert mine == set(answering)
    assert len(answering) == 1
    assert indexes.is_ours(elastic.alias, answering[0], version=VERSION)


def test_the_old_index_answers_and_takes_changes_while_the_new_one_is_filled(elastic, with_elastic):
    changed, removed = row("Plant trees"), row("Read to children")
    elastic.write([changed.pk, removed.pk])
    seen = []

    def meanwhile(done, total):
        seen.append(found(elastic, "trees"))
        change(changed, "Plant oaks")
        seen.append(row("Paint walls"))
        elastic.take([changed.pk, removed.pk, seen[-1].pk])
        elastic.remove([removed.pk])
        removed.delete()

    elastic.rebuild(meanwhile)
    assert seen[0] == {changed.pk}
    assert elastic.versions() == versions_of_rows()
    assert found(elastic, "oaks walls trees children") == {changed.pk, seen[1].pk}


def test_a_rebuild_is_true_when_it_is_swapped_in_and_misses_nothing_that_comes_in_that_moment(elastic, monkeypatch):
    docs = [row("Plant trees"), row("Read to children")]
    swap = indexes.swap

    def in_that_moment(line, alias, name):
        new = Way(line, name, Deadline(WORKING), is_alias=False)
        assert {pk: str(version) for pk, version in held(new).items()} == versions_of_rows()
        change(docs[0], "Plant oaks")
        elastic.write([docs[0].pk])
        swap(line, alias, name)

    monkeypatch.setattr(indexes, "swap", in_that_moment)
    elastic.rebuild(lambda done, total: change(docs[1], "Read to parents"))
    assert elastic.versions() == versions_of_rows()
    assert found(elastic, "oaks parents trees children") == {doc.pk for doc in docs}
    assert found(elastic, "trees children") == set()


def test_a_rebuild_that_dies_leaves_the_old_index_answering_and_nothing_else(elastic):
    doc = row("Plant trees")
    elastic.write([doc.pk])
    before = names(elastic)

    def die(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        elastic.rebuild(die)
    assert names(elastic) == before
    assert found(elastic, "trees") == {doc.pk}


def test_what_a_killed_rebuild_left_behind_goes_a_day_later(elastic):
    client = elastic._server.client
    now = time.time_ns() // 1000
    old = f"{elastic.alias}-{VERSION}-{now - indexes.LEFT_OVER - 1:020d}"
    young = f"{elastic.alias}-{VERSION}-{now - 1_000_000:020d}"
    of_another = f"{elastic.alias}-2-{VERSION}-{now - indexes.LEFT_OVER - 1:020d}"
    for name in (old, young, of_another):
        client.indices.create(index=name)
    try:
        elastic.rebuild()
        mine, answering = names(elastic)
        assert mine == {young, of_another, *answering}
    finally:
        indexes.delete(elastic.writing, [young, of_another])


def test_an_index_made_by_another_version_is_not_used_until_it_is_built_anew(elastic, with_elastic):
    from search.indexing.telling import tell

    client = elastic._server.client
    doc = row("Plant trees")
    noted(doc)
    other = f"{elastic.alias}-00000000-{time.time_ns() // 1000:020d}"
    client.indices.create(index=other)
    indexes.swap(elastic.writing, elastic.alias, other)
    for engine in (elastic, with_elastic):
        engine.look_again()
        with pytest.raises(NoIndex):
            engine.find(plan("trees"), Window(now=timezone.now()))
    assert tell() == 0
    assert tell(patiently=True) == 1
    assert not Pending.objects.exists()
    assert found(with_elastic, "trees") == {doc.pk}
    elastic.look_again()
    mine, answering = names(elastic)
    assert mine == set(answering)
    assert len(answering) == 1


def test_without_an_index_nothing_is_written_and_none_is_made_by_chance(elastic_url):
    engine = ElasticEngine(elastic_url, f"test-that-is-not-there-{uuid.uuid4().hex}")
    doc = row("Plant trees")
    with pytest.raises(NoIndex):
        engine.write([doc.pk])
    engine._looked[engine.alias] = float("inf")
    with pytest.raises(NoIndex):
        engine.write([doc.pk])
    assert not engine._server.client.indices.exists(index=engine.alias)
    assert not engine.writing.breaker.is_open


def test_an_index_that_goes_while_it_is_used_is_an_outage_and_not_an_empty_answer(elastic):
    doc = row("Plant trees")
    elastic.write([doc.pk])
    assert found(elastic, "trees") == {doc.pk}
    elastic.drop()
    try:
        elastic._looked[elastic.alias] = float("inf")
        with pytest.raises(EngineUnavailable):
            found(elastic, "trees")
        assert not elastic.is_built()
    finally:
        elastic.clear()


def test_a_red_index_is_an_outage(elastic):
    """Nothing may hold its only part: so it is when the disk of the one node that had it is lost."""
    client = elastic._server.client
    name = indexes.new_name(elastic.alias)
    nowhere = {"routing": {"allocation": {"require": {"_name": "no-such-node"}}}}
    client.indices.create(index=name, settings=nowhere, wait_for_active_shards=0)
    indexes.swap(elastic.writing, elastic.alias, name)
    elastic.look_again()
    try:
        with pytest.raises(EngineUnavailable, match="red"):
            found(elastic, "trees")
        elastic.searching.breaker.close()
        elastic._looked[elastic.alias] = float("inf")
        with pytest.raises(EngineUnavailable):
            found(elastic, "trees")
        assert elastic.searching.breaker.is_open
    finally:
        for line in (elastic.searching, elastic.writing):
            line.breaker.close()
        elastic.clear()


def test_a_deadline_is_for_the_whole_act():
    deadline = Deadline(WORKING)
    assert deadline.left() == WORKING.request
