"""What only SQLite's engine has."""

import random

import pytest
from django.db import connection
from django.utils import timezone

from search.engines import sqlite_match
from search.engines.base import Window
from search.engines.sqlite import SqliteEngine
from search.factories import document, indexed
from search.words.plan import Group, Plan
from tests.engines import on_sqlite

pytestmark = [pytest.mark.django_db, on_sqlite]
WORDS = ["apple", "bread", "chair", "dance", "eagle", "field", "grass", "house", "juice", "knife", "lemon", "mouse"]


def plan(words, least):
    from search.words.analysis import stem

    return Plan(groups=tuple(Group(((stem(word, "en"),),), 1.0 + len(word)) for word in words), least=least)


def test_counting_in_python_gives_what_an_expression_gives(monkeypatch):
    dice = random.Random(4)
    indexed(*(document(title=" ".join(dice.sample(WORDS[:6], n % 6 + 1))) for n in range(40)))
    engine, window = SqliteEngine(), Window(now=timezone.now())
    asked = [plan(WORDS[:count], least) for count in (4, 5, 6) for least in range(2, count)]
    by_expression = [engine.find(each, window) for each in asked]
    monkeypatch.setattr(sqlite_match, "MOST_LEAVES", 0)
    assert [engine.find(each, window) for each in asked] == by_expression
    assert len({len(found.ids) for found in by_expression}) > 3


def test_twelve_words_of_which_half_must_be_held():
    rows = indexed(*(document(title=" ".join(WORDS[: n + 1])) for n in range(12)))
    found = SqliteEngine().find(plan(WORDS, 6), Window(now=timezone.now()))
    assert sorted(found.ids) == [row.pk for row in rows[5:]]


def test_a_search_matches_once_to_count_and_once_to_rank(django_assert_num_queries):
    rows = indexed(*(document(title=" ".join(WORDS[: n + 1]), city_id=n) for n in range(12)))
    window = Window(now=timezone.now(), allowed=frozenset(row.signature_id for row in rows[2:]))
    with django_assert_num_queries(2):
        SqliteEngine().find(plan(WORDS[:4], 2), window)
    with django_assert_num_queries(1):
        SqliteEngine().candidates(plan(WORDS[:4], 2), window)


def test_nothing_is_ranked_when_nothing_may_be_shown(django_assert_num_queries):
    indexed(document(title="Apple"))
    with django_assert_num_queries(1):
        found = SqliteEngine().find(plan(["apple"], 1), Window(now=timezone.now(), allowed=frozenset()))
    assert sum(found.counts.values()) == 1


def test_more_is_read_when_many_of_the_first_are_kept_out():
    """The best 200 are one signature's, the others 300 others'; then only the others are allowed."""
    indexed(*(document(title="apple") for _ in range(200)))
    others = indexed(*(document(title="apple", body="bread " * 30, city_id=n) for n in range(300)))
    window = Window(now=timezone.now(), allowed=frozenset(row.signature_id for row in others), count=100)
    found = SqliteEngine().find(plan(["apple"], 1), window)
    assert found.ids == SqliteEngine().candidates(plan(["apple"], 1), window)
    assert found.ids == [row.pk for row in others[:100]]


def test_the_document_is_looked_up_for_each_match_and_not_the_match_for_each_document():
    with connection.cursor() as cursor:
        cursor.execute(
            "EXPLAIN QUERY PLAN SELECT e.doc_id FROM search_fts CROSS JOIN search_entry e"
            " ON e.doc_id = search_fts.rowid WHERE search_fts MATCH 'a'"
        )
        steps = [row[3] for row in cursor.fetchall()]
    assert steps[0].startswith("SCAN search_fts VIRTUAL TABLE")
    assert steps[1].startswith("SEARCH e USING INTEGER PRIMARY KEY")
