"""Words are counted when documents change, and the numbers equal a count of everything."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search.factories import document, indexed
from search.indexing.write import put, remove
from search.models import Counted, Pair, SearchDoc, Stem, Totals, Word
from search.models.doc import Readers
from search.words import lexicon
from search.words.numbers import EVERY_DOCUMENT, numbers

pytestmark = pytest.mark.django_db


def counted():
    """All numbers, but those that only say that something changed."""
    return {
        "words": set(Word.objects.values_list("language", "word", "docs")),
        "stems": set(Stem.objects.values_list("stem", "docs")),
        "pairs": set(Pair.objects.values_list("pair", "docs")),
        "totals": list(Totals.objects.values_list("docs", *lexicon.LENGTHS)),
        "documents": set(Counted.objects.values_list()),
    }


def docs(word, language="en"):
    return Word.objects.filter(language=language, word=word).values_list("docs", flat=True).first()


def test_a_word_is_counted_once_for_each_document_that_holds_it_in_any_field():
    indexed(
        document(title="Trees, trees", headings=("More trees",), body="A tree."),
        document(title="Walks", summary="Under trees", topic_words=("Parks",)),
        document(title="Árboles", language="es"),
    )
    assert docs("trees") == 2
    assert docs("tree") == docs("parks") == 1
    assert (docs("arboles", "es"), docs("arboles")) == (1, None)
    assert dict(Stem.objects.filter(stem__in=["tree", "arbol"]).values_list("stem", "docs")) == {"tree": 2, "arbol": 1}
    assert (docs(EVERY_DOCUMENT), docs(EVERY_DOCUMENT, "es")) == (2, 1)


def test_pairs_are_neighbors_in_short_texts_without_function_words():
    indexed(
        document(
            title="Register to vote", summary="Food stamps. E-mail us", headings=("Stamps", "Food"), body="Big dog"
        )
    )
    found = set(Pair.objects.values_list("pair", flat=True))
    assert {"register vote", "food stamps", "e mail"} <= found
    assert not found & {"register to", "to vote", "big dog", "email mail"}


def test_averages_are_those_of_all_documents():
    indexed(document(title="One two"), document(title="One two three four", body="a b c"))
    now = numbers()
    assert (now.docs, now.averages[0], now.averages[4]) == (2, 3.0, 1.5)


def test_what_changes_is_counted_anew_and_what_goes_is_taken_out():
    kept, changing, going = (document(title=title, body="shared") for title in ("Alpha", "Beta", "Gamma"))
    _kept, changed, gone = indexed(kept, changing, going)
    put([document(object_id=changing.object_id, title="Delta epsilon", version="2")])
    remove([gone.pk])
    lexicon.count([changed.pk, gone.pk])
    after = counted()
    assert (docs("shared"), docs("beta"), docs("gamma"), docs("delta")) == (1, None, None, 1)
    lexicon.recount()
    assert counted() == after


def test_counting_everything_anew_changes_nothing():
    indexed(*(document(title=f"Title {number} shared", body="word " * number) for number in range(30)))
    before = counted()
    lexicon.recount()
    assert counted() == before
    Word.objects.filter(word="shared").update(docs=7)
    Stem.objects.all().delete()
    lexicon.recount()
    assert counted() == before


def test_a_recount_forgets_documents_that_are_gone():
    row, _other = indexed(document(title="Alpha"), document(title="Beta"))
    SearchDoc.objects.filter(pk=row.pk).delete()
    lexicon.recount()
    assert (docs("alpha"), docs("beta"), numbers().docs) == (None, 1, 1)


def test_documents_for_members_alone_are_not_counted():
    whole = document(title="Handbook", body="secretword", readers=Readers.MEMBERS)
    indexed(whole, document(object_id=whole.object_id, title="Handbook", readers=Readers.VISITORS))
    assert (docs("handbook"), docs("secretword")) == (1, None)
    lexicon.recount()
    assert (docs("handbook"), docs("secretword"), numbers().docs) == (1, None, 1)


def test_a_document_that_becomes_one_for_members_is_taken_out():
    (row,) = indexed(document(title="Handbook"))
    SearchDoc.objects.filter(pk=row.pk).update(readers=Readers.MEMBERS)
    lexicon.count([row.pk])
    assert (docs("handbook"), numbers().docs) == (None, 0)


def test_counting_what_did_not_change_writes_nothing():
    (row,) = indexed(document(title="Alpha", body="beta gamma"))
    with CaptureQueriesContext(connection) as queries:
        lexicon.count([row.pk])
    assert not [query["sql"] for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]


def test_a_change_of_one_word_writes_that_word_and_no_other():
    one = document(title="Alpha", body="beta gamma delta")
    indexed(one)
    put([document(object_id=one.object_id, title="Alpha", body="beta gamma omega")])
    with CaptureQueriesContext(connection) as queries:
        lexicon.count(SearchDoc.objects.values_list("pk", flat=True))
    inserted = " ".join(query["sql"] for query in queries if "INTO search_word" in query["sql"])
    assert "omega" in inserted
    assert "delta" in inserted
    assert "beta" not in inserted
    assert (docs("delta"), docs("omega")) == (None, 1)
    assert len(queries) <= 16


def test_hundreds_of_documents_at_once_are_counted():
    rows = indexed(*(document(title=f"Number {number}", body="every") for number in range(650)))
    assert docs("every") == 650
    remove([row.pk for row in rows])
    lexicon.count([row.pk for row in rows])
    assert not Word.objects.exists()
    assert not Counted.objects.exists()
