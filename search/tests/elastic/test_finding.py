"""What is particular to finding with Elasticsearch; what all engines promise is in `tests/search`."""

import datetime

import pytest
from django.utils import timezone

from search.engines.base import MOST_RESULTS, Window
from search.engines.elastic import ElasticEngine, queries
from search.tests.elastic.rows import plan, row
from search.words.plan import Group, Plan
from tests.search.elastic import UNHURRIED

pytestmark = [pytest.mark.engine, pytest.mark.django_db]
DAYS = (datetime.date(2026, 6, 1), datetime.date(2026, 1, 1))


def window(**wishes):
    return Window(now=timezone.now(), days=DAYS, **wishes)


@pytest.fixture
def shelf(elastic):
    """Seven documents of seven signatures."""
    dates = [None, *(datetime.date(2026, month, 1) for month in (1, 2, 5, 6, 7)), datetime.date(1999, 1, 1)]
    docs = [row("Plant trees", key=f"k{number}", date=date) for number, date in enumerate(dates)]
    elastic.write([doc.pk for doc in docs])
    return docs


def test_more_signatures_than_one_answer_has_room_for_are_all_counted(elastic, shelf, monkeypatch):
    whole = elastic.find(plan("trees"), window()).counts
    assert whole == dict.fromkeys(zip((doc.signature_id for doc in shelf), (-1, 2, 1, 1, 1, 0, 2), strict=True), 1)
    monkeypatch.setattr(queries, "MOST_BUCKETS", 4)  # one signature in each bucket of dates
    assert elastic.find(plan("trees"), window()).counts == whole


def test_a_search_is_one_request(elastic, between):
    engine = ElasticEngine(between.url, elastic.alias, UNHURRIED)
    engine.find(plan("trees"), window())
    asked = len(between.asked)
    engine.find(plan("trees"), window(allowed=frozenset({1, 2}), favoured=frozenset({1}), buckets=frozenset({0, -1})))
    assert len(between.asked) == asked + 1


def test_a_window_ends_with_the_last_result_that_is_listed(elastic, shelf):
    last = window(first=MOST_RESULTS - 5, count=100, sort="title")
    assert elastic.find(Plan(), last).ids == []
    past = window(first=MOST_RESULTS + 1, count=10)
    assert elastic.find(plan("trees"), past).ids == []
    assert sum(elastic.find(plan("trees"), past).counts.values()) == 7


def test_as_many_signatures_as_there_may_be_can_be_allowed(elastic, shelf):
    allowed = frozenset(range(10_000_000, 10_070_000)) | {shelf[0].signature_id}
    assert elastic.find(plan("trees"), window(allowed=allowed)).ids == [shelf[0].pk]


def test_the_largest_plan_there_can_be_is_answered(elastic, shelf):
    words = [f"w{number}" for number in range(60 * 13)]
    groups = tuple(Group(tuple((word,) for word in words[n : n + 13]), 1.0) for n in range(0, len(words), 13))
    phrases = tuple(Group(tuple((word, "tree") for word in words[n : n + 13]), 1.0) for n in range(0, 130, 13))
    assert elastic.find(Plan(groups=(*groups, *phrases), least=1), window()).ids == []
    tree = Group((("tree",),), 1.0)
    assert len(elastic.find(Plan(groups=(*groups, tree), least=1), window()).ids) == 7
