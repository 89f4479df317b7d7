"""What only PostgreSQL's engine has."""

import pytest
from django.db import connection
from django.utils import timezone

from search.engines.base import Window
from search.engines.postgres import FEW, PostgresEngine
from search.factories import document, indexed
from search.models import TitleWord, Totals
from search.words import lexicon
from search.words.plan import Group, Plan
from tests.engines import on_postgres

pytestmark = [pytest.mark.django_db, on_postgres]
TREE = Plan(groups=(Group((("tree",),), 1.0),), least=1)


def postings(pk):
    with connection.cursor() as cursor:
        cursor.execute("SELECT term, x FROM search_posting WHERE doc_id = %s", [pk])
        return dict(cursor.fetchall())


def test_a_term_weighs_by_its_field_and_by_how_long_that_is_for_its_kind():
    Totals.objects.create(pk=1, docs=200, l_title=400, l_body=2000)
    [row] = indexed(document(title="Oak tree", body="tree " * 10))
    assert postings(row.pk) == pytest.approx({"oak": 12, "tree": 22})
    [longer] = indexed(document(title="Oak tree in front of a small wooden house", body="tree"))
    assert postings(longer.pk)["oak"] < 12


def test_the_first_documents_weigh_as_if_there_were_many():
    [first] = indexed(document(title="Oak tree"))
    lexicon.count([first.pk])
    [second] = indexed(document(title="Oak tree"))
    assert postings(first.pk) == postings(second.pk)


def test_what_stands_for_a_word_without_letters_is_no_term():
    [row] = indexed(document(title="Tree 树"))
    assert set(postings(row.pk)) == {"tree"}


def test_writing_again_leaves_no_old_term():
    told = document(title="Tree")
    [row] = indexed(told)
    PostgresEngine().write([row.pk])
    assert set(postings(row.pk)) == {"tree"}
    PostgresEngine().remove([row.pk])
    assert postings(row.pk) == {}


def test_one_statement_answers(django_assert_num_queries):
    rows = indexed(*(document(title="Tree", city_id=n) for n in range(5)))
    with django_assert_num_queries(1):
        found = PostgresEngine().find(TREE, Window(now=timezone.now()))
    assert (len(found.ids), len(found.counts)) == (5, len({row.signature_id for row in rows}))


def test_many_allowed_signatures_are_picked_from_what_was_read():
    rows = indexed(*(document(title="Tree", city_id=n % 3) for n in range(300)))
    kept_out = rows[0].signature_id
    allowed = frozenset(row.signature_id for row in rows) - {kept_out} | frozenset(range(10**6, 10**6 + FEW))
    expected = [row.pk for row in rows if row.signature_id != kept_out]
    turned = [
        pk
        for first in range(0, 300, 50)
        for pk in PostgresEngine().find(TREE, Window(now=timezone.now(), allowed=allowed, first=first, count=50)).ids
    ]
    assert turned == expected


def test_words_of_titles_are_found_by_their_beginning_in_the_index():
    TitleWord.objects.bulk_create(TitleWord(doc_id=n, word=f"word{n}") for n in range(3000))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE search_titleword")
        cursor.execute("EXPLAIN SELECT doc_id FROM search_titleword WHERE word >= 'word12' AND word < 'word12{'")
        plan = " ".join(row[0] for row in cursor.fetchall())
    assert "Index" in plan
    assert "Seq Scan" not in plan
