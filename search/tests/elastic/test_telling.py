"""Telling what waits."""

import pytest

from search.indexing import telling
from search.indexing.telling import tell
from search.models import Pending
from search.tests.elastic.rows import change, gone, noted, row, versions_of_rows

pytestmark = pytest.mark.django_db


def test_without_an_elasticsearch_there_is_nobody_to_tell(settings):
    settings.SEARCH_URL = ""
    assert tell() == tell(patiently=True) == 0


@pytest.mark.engine
def test_what_was_written_and_removed_is_told_once(with_elastic):
    kept, removed = row("Plant trees"), row("Read to children")
    noted(kept, removed)
    assert tell() == 2
    assert not Pending.objects.exists()
    change(kept, "Plant oaks")
    gone(removed)
    assert tell() == 2
    assert with_elastic.versions() == versions_of_rows()
    assert tell() == 0


@pytest.mark.engine
def test_while_somebody_waits_only_the_oldest_are_told(with_elastic, monkeypatch):
    monkeypatch.setattr(telling, "AT_ONCE", 2)
    docs = [row() for _ in range(5)]
    noted(*docs)
    assert tell() == 2
    assert with_elastic.versions().keys() == {docs[0].pk, docs[1].pk}
    assert list(Pending.objects.order_by("pk").values_list("doc_id", flat=True)) == [doc.pk for doc in docs[2:]]


@pytest.mark.engine
def test_with_patience_all_are_told(with_elastic, monkeypatch):
    monkeypatch.setattr(telling, "AT_A_TIME", 2)
    noted(*(row() for _ in range(5)))
    assert tell(patiently=True) == 5
    assert with_elastic.versions() == versions_of_rows()


@pytest.mark.engine
def test_a_document_noted_twice_is_told_once(with_elastic, django_assert_num_queries):
    doc = row()
    noted(doc, doc, doc)
    with django_assert_num_queries(3):
        assert tell() == 3
    assert with_elastic.versions() == versions_of_rows()


@pytest.mark.engine
def test_turning_it_on_is_enough(with_elastic):
    """The first time rule that has patience builds the index that is not there."""
    docs = [row("Plant trees"), row("Read to children")]
    noted(docs[0])
    with_elastic.drop()
    assert tell() == 0
    assert tell(patiently=True) == 1
    assert with_elastic.versions() == versions_of_rows()
