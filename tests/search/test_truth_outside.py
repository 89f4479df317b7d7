"""Elasticsearch says what the database says: after each publication, after an outage, after damage."""

import datetime

import pytest
from django.utils import timezone

from home.factories import national_home, standard_page
from portal.core.due import run_rules
from search.indexing.checking import check
from search.indexing.settling import settle
from search.models import Pending, SearchDoc
from tests.search.truth import WORD, damage, found, written

pytestmark = pytest.mark.engine


@pytest.fixture(autouse=True)
def _filled(db, portal_database, with_elastic):
    """A portal whose index Elasticsearch has."""
    check(repair=True)


@pytest.fixture
def page():
    """A page that was published while Elasticsearch answered."""
    page = standard_page(national_home(), "A page", summary=WORD)
    settle()
    run_rules(["search.tell"])
    return page


def test_an_empty_index_is_filled_by_a_repair(with_elastic):
    assert with_elastic.versions().keys() == set(SearchDoc.objects.values_list("pk", flat=True))
    assert damage() == []


def test_what_is_published_and_hidden_is_told(page, with_elastic):
    [doc] = written(page).values()
    assert doc.pk in with_elastic.versions()
    page.unpublish()
    run_rules(["search.tell"])
    assert doc.pk not in with_elastic.versions()
    assert not Pending.objects.exists()


def test_what_elasticsearch_lost_is_found_missing_and_told_again(page, with_elastic):
    [doc] = written(page).values()
    with_elastic.remove([doc.pk])
    [finding] = [each for each in check() if each.wrong]
    assert (finding.place, finding.missing) == ("Elasticsearch", {doc.pk})
    check(repair=True)
    assert doc.pk in with_elastic.versions()
    assert found() == ["A page"]


def test_when_it_is_back_after_an_outage_all_of_it_is_compared(page, with_elastic):
    [doc] = written(page).values()
    other = SearchDoc.objects.exclude(pk=doc.pk).first()
    with_elastic.remove([other.pk])  # lost in the outage, and nobody noted it
    Pending.objects.create(doc_id=doc.pk)
    Pending.objects.update(noted_at=timezone.now() - datetime.timedelta(minutes=5))
    [run] = run_rules(["search.tell"])
    assert not run.error
    assert other.pk in with_elastic.versions()
    assert not Pending.objects.exists()
