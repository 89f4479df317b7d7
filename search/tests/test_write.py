"""Writing and removing documents."""

import datetime
from dataclasses import replace

import pytest

from search.engines.choosing import database_engine
from search.factories import document
from search.indexing.write import put, remove
from search.models import Pending, SearchDoc, Signature, TitleWord

pytestmark = pytest.mark.django_db
QUERIES = 20
"""So many statements write any number of new documents up to fifty, the savepoint counted."""


def words_of(pk):
    return sorted(TitleWord.objects.filter(doc_id=pk).values_list("word", flat=True))


def test_a_document_becomes_a_row_with_its_words_analysed():
    told = document(
        title="Planting Trees",
        headings=("Before you dig",),
        summary="Árboles",
        topic_words=("Parks",),
        body="Neighbors plant trees",
        source_id="guide-1",
        date=datetime.date(2026, 1, 2),
        shown={"image": 3},
    )
    [pk] = put([told])
    row = SearchDoc.objects.get()
    assert (row.pk, row.source, row.object_id, row.title) == (pk, "test", told.object_id, "Planting Trees")
    assert (row.a_title, row.l_title) == (" plant tree ", 2)
    assert (row.a_body, row.l_body) == (" neighbor plant tree ", 3)
    assert " dig " in row.a_headings
    assert row.l_headings == 3
    assert (row.a_summary, row.a_topics) == (" arbol ", " park ")
    assert {"planting", "trees", "arboles", "neighbors"} <= set(row.words.split())
    assert (row.date, row.source_id, row.shown) == (datetime.date(2026, 1, 2), "guide-1", {"image": 3})


def test_ids_come_back_in_the_order_of_the_documents():
    first, second, third = (document(title=title) for title in ("One", "Two", "Three"))
    put([second])
    ids = put([first, second, third])
    assert [SearchDoc.objects.get(pk=pk).title for pk in ids] == ["One", "Two", "Three"]


def test_writing_again_changes_the_row_and_keeps_its_id():
    told = document(title="Planting trees")
    [pk] = put([told])
    before = SearchDoc.objects.get()
    assert put([replace(told, title="Felling trees")]) == [pk]
    after = SearchDoc.objects.get()
    assert (after.pk, after.a_title) == (pk, " fell tree ")
    assert after.indexed_at > before.indexed_at


@pytest.mark.parametrize("part", ["summary", "body", "headings", "topic_words"])
def test_a_change_in_one_text_alone_is_written(part):
    value = ("Felling",) if part in ("headings", "topic_words") else "Felling"
    told = document(title="Planting trees", summary="a", body="b", headings=("c",), topic_words=("d",))
    [pk] = put([told])
    before = database_engine().versions()
    put([replace(told, **{part: value})])
    name = "topics" if part == "topic_words" else part
    assert getattr(SearchDoc.objects.get(pk=pk), f"a_{name}") == " fell "
    assert database_engine().versions() != before


def test_the_same_content_is_not_written_again(django_assert_max_num_queries):
    told = [document(title=f"Planting trees {n}", shown={"a": (1, 2)}) for n in range(5)]
    ids = put(told)
    before = database_engine().versions()
    with django_assert_max_num_queries(4) as asked:
        assert put(told) == ids
    assert not [
        query for query in asked.captured_queries if not query["sql"].startswith(("SELECT", "SAVEPOINT", "REL"))
    ]
    assert database_engine().versions() == before


def test_what_no_engine_knows_is_changed_without_telling_one(settings):
    settings.SEARCH_URL = "http://127.0.0.1:1"
    told = document(title="Planting trees", page_id=7)
    [pk] = put([told])
    before = database_engine().versions()
    Pending.objects.all().delete()
    put([replace(told, version="2", page_id=8, shown={"a": 1})])
    row = SearchDoc.objects.get()
    assert (row.version, row.page_id, row.shown) == ("2", 8, {"a": 1})
    assert database_engine().versions() == before
    assert not Pending.objects.exists()


def test_a_clock_that_was_set_back_does_not_make_a_change_look_old():
    told = document(title="Planting trees")
    put([told])
    tomorrow = SearchDoc.objects.get().indexed_at + datetime.timedelta(days=1)
    SearchDoc.objects.update(indexed_at=tomorrow)
    put([replace(told, title="Felling trees")])
    assert SearchDoc.objects.get().indexed_at > tomorrow


def test_of_two_documents_for_the_same_row_the_later_one_counts():
    told = document(title="Planting trees")
    ids = put([told, replace(told, title="Felling trees")])
    assert ids[0] == ids[1]
    assert SearchDoc.objects.get().title == "Felling trees"


def test_a_document_in_each_language_and_for_each_reader_has_its_own_row():
    told = document(title="Trees", readers="visitors")
    put([told, replace(told, readers="members"), replace(told, language="es", title="Árboles")])
    assert SearchDoc.objects.count() == 3


@pytest.mark.parametrize("number", [1, 50])
def test_many_documents_take_as_few_statements_as_one(number, django_assert_max_num_queries):
    told = [document(title=f"Planting trees {n}", city_id=n) for n in range(number)]
    with django_assert_max_num_queries(QUERIES):
        put(told)
    assert len(database_engine().versions()) == number


def test_words_of_titles_are_kept_for_who_types():
    told = document(title="Árboles, E-mail & árboles")
    [pk] = put([told])
    assert words_of(pk) == ["arboles", "e", "email", "mail"]
    put([replace(told, title="Water")])
    assert words_of(pk) == ["water"]


def test_titles_for_members_are_suggested_to_nobody():
    told = document(title="Budget")
    [pk] = put([told])
    [members] = put([replace(told, readers="members")])
    assert (words_of(pk), words_of(members)) == (["budget"], [])


def test_a_removed_document_leaves_nothing(settings):
    settings.SEARCH_URL = "http://127.0.0.1:1"
    ids = put([document(title="One"), document(title="Two")])
    Pending.objects.all().delete()
    assert remove([ids[0], 10**9]) == 1
    assert list(SearchDoc.objects.values_list("pk", flat=True)) == ids[1:]
    assert list(database_engine().versions()) == ids[1:]
    assert words_of(ids[0]) == []
    assert list(Pending.objects.values_list("doc_id", flat=True)) == ids[:1]


def test_removing_nothing_is_no_error():
    assert remove([]) == 0


def test_elasticsearch_is_told_when_there_is_one(settings):
    [before] = put([document(title="One")])
    assert not Pending.objects.exists()
    settings.SEARCH_URL = "http://127.0.0.1:1"
    ids = put([document(title="Two"), document(title="Three")])
    assert sorted(Pending.objects.values_list("doc_id", flat=True)) == ids


def test_what_fails_half_way_leaves_nothing():
    with pytest.raises(Exception, match="(?i)null|source"):
        put([document(title="One"), document(title="Two", version=None)])
    assert not SearchDoc.objects.exists()
    assert not TitleWord.objects.exists()
    assert not Signature.objects.exists()
    assert database_engine().versions() == {}


def test_control_characters_and_long_titles_are_no_error():
    [pk] = put([document(title="Tree\x00s " + "x" * 400, body="\x00", summary="a\x00b")])
    row = SearchDoc.objects.get(pk=pk)
    assert len(row.title) == 255
    assert "\x00" not in row.title + row.summary + row.body + row.a_title
