"""Writing to Elasticsearch: what is found afterwards, which of two writes stays, and how portions are cut."""

import datetime

import pytest
from django.utils import timezone

from search.engines.base import EngineUnavailable, Window
from search.engines.elastic import ElasticEngine, bulk, rows
from search.engines.elastic.bulk import Action, Way, portions, send
from search.engines.elastic.limits import Deadline, Limits
from search.engines.elastic.line import Busy
from search.models import SearchDoc
from search.tests.elastic.rows import change, plan, row, versions_of_rows
from tests.search.elastic import UNHURRIED

AT_ONCE = Limits(request=30.0, whole=None, waits=(0.0, 0.0))


def found(engine, words):
    return set(engine.find(plan(words), Window(now=timezone.now())).ids)


def way_to(engine, limits=AT_ONCE):
    return Way(engine.writing, engine.alias, Deadline(limits))


@pytest.fixture
def through(between, elastic):
    """An engine on the same index, through the server in between."""
    return ElasticEngine(between.url, elastic.alias, UNHURRIED)


@pytest.mark.engine
@pytest.mark.django_db
def test_what_is_written_is_found_at_once_and_what_is_removed_is_not(elastic):
    one, two = row("Plant trees"), row("Read to children")
    elastic.write([one.pk, two.pk])
    assert found(elastic, "trees children") == {one.pk, two.pk}
    assert elastic.versions() == versions_of_rows()
    elastic.remove([one.pk, 987654321])
    assert found(elastic, "trees children") == {two.pk}


@pytest.mark.engine
@pytest.mark.django_db
def test_a_write_replaces_the_whole_document(elastic):
    doc = row("Plant trees", body="shovels", date=datetime.date(2026, 5, 1))
    elastic.write([doc.pk])
    doc.date = None
    change(doc, "Plant oaks")
    elastic.write([doc.pk])
    assert found(elastic, "trees") == set()
    answer = elastic.find(plan("oaks shovels"), Window(now=timezone.now()))
    assert answer.counts == {(doc.signature_id, -1): 1}


@pytest.mark.engine
@pytest.mark.django_db
def test_an_old_write_never_overtakes_a_newer_one(elastic):
    doc = row("Plant trees")
    old = list(rows.writing([doc.pk]))
    change(doc, "Plant oaks")
    elastic.write([doc.pk])
    assert send(way_to(elastic), old) == {doc.pk}
    assert found(elastic, "oaks") == {doc.pk}
    assert found(elastic, "trees") == set()


@pytest.mark.engine
@pytest.mark.django_db
def test_an_old_write_never_brings_back_what_was_removed(elastic):
    doc = row("Plant trees")
    old = list(rows.writing([doc.pk]))
    elastic.write([doc.pk])
    elastic.remove([doc.pk])
    assert send(way_to(elastic), old) == {doc.pk}
    assert found(elastic, "trees") == set()


@pytest.mark.engine
@pytest.mark.django_db
def test_the_row_is_the_truth_also_when_the_index_says_that_it_holds_something_newer(elastic):
    """So it is after an older backup was restored, or when the clock went back."""
    doc, removed = row("Plant trees"), row("Plant trees")
    elastic.write([doc.pk, removed.pk])
    later = int(elastic.versions()[doc.pk]) + 3_600_000_000
    entries = [Action(action.doc_id, later, {**action.entry, "version": later}) for action in rows.writing([doc.pk])]
    entries.append(Action(removed.pk, later))
    assert not send(way_to(elastic), entries)

    SearchDoc.objects.filter(pk=removed.pk).delete()
    elastic.take([doc.pk, removed.pk])
    assert elastic.versions() == versions_of_rows()
    elastic.remove([doc.pk])
    assert elastic.versions() == {}
    elastic.write([doc.pk])
    assert elastic.versions() == versions_of_rows()


@pytest.mark.engine
@pytest.mark.django_db
def test_a_busy_server_is_given_time(through, between):
    doc = row("Plant trees")
    way = way_to(through)
    between.fail("429", times=2)
    assert send(way, rows.writing([doc.pk])) == set()
    assert found(through, "trees") == {doc.pk}
    assert not through.writing.breaker.is_open


@pytest.mark.engine
@pytest.mark.django_db
def test_a_server_that_stays_busy_ends_it(through, between):
    doc = row("Plant trees")
    between.fail("429")
    with pytest.raises(Busy):
        send(way_to(through), rows.writing([doc.pk]))


@pytest.mark.engine
@pytest.mark.django_db
def test_the_first_refusal_ends_it(through, between, monkeypatch):
    monkeypatch.setattr(bulk, "MOST_ACTIONS", 1)
    docs = [row("Plant trees") for _ in range(3)]
    between.fail("503", times=1)
    asked = len(between.asked)
    with pytest.raises(EngineUnavailable):
        send(way_to(through), rows.writing([doc.pk for doc in docs]))
    assert len(between.asked) == asked + 1


@pytest.mark.engine
@pytest.mark.django_db
def test_a_document_that_the_server_refuses_holds_nothing_up(elastic, caplog):
    bad, good = row("Plant trees"), row("Plant oaks")
    actions = [
        Action(
            action.doc_id, action.version, {**action.entry, **({"colour": "red"} if action.doc_id == bad.pk else {})}
        )
        for action in rows.writing([bad.pk, good.pk])
    ]
    send(way_to(elastic), actions)
    assert elastic.versions().keys() == {good.pk}
    assert f"document {bad.pk}" in caplog.text


@pytest.mark.engine
@pytest.mark.django_db
def test_ten_thousand_words_in_a_title_can_be_written(elastic):
    doc = row("Plant trees", body="word " * 50_000)
    SearchDoc.objects.filter(pk=doc.pk).update(a_title=" " + "word " * 10_000)
    elastic.write([doc.pk])
    assert found(elastic, "word") == {doc.pk}


def test_portions_are_neither_too_many_nor_too_large(monkeypatch):
    monkeypatch.setattr(bulk, "MOST_ACTIONS", 3)
    monkeypatch.setattr(bulk, "MOST_BYTES", 1000)
    small = [Action(number, 1, {"title": "x"}) for number in range(7)]
    assert [(len(portion), is_last) for portion, is_last in portions(small)] == [(3, False), (3, False), (1, True)]
    large = [Action(number, 1, {"title": "x" * 600}) for number in range(3)]
    assert [len(portion) for portion, _ in portions(large)] == [1, 1, 1]
    assert list(portions([])) == []
