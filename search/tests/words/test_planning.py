"""What a query asks for: its language, its words, mended where nobody writes them so, and what means the same."""

import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search.factories import document, indexed
from search.models import SearchDoc, SynonymGroup
from search.words import known
from search.words.planning import plan_of

pytestmark = pytest.mark.django_db


def plan(typed, language="en", **kwargs):
    return plan_of(typed, language=language, **kwargs)


def first(found):
    """The first alternative of each group."""
    return [" ".join(group.alternatives[0]) for group in found.groups]


def alternatives(found, number=0):
    return {" ".join(stems) for stems in found.groups[number].alternatives}


@pytest.fixture
def library():
    """Enough to know words by."""
    return indexed(
        document(title="Plant street trees", body="Dig and water. A volunteer plants a tree with neighbors."),
        document(title="Street tree care", body="Volunteers water trees in the street. Registration is free."),
        document(title="Register to vote", body="Voters register at city hall, with neighbors."),
        document(title="Hurricane preparedness", body="Water for three days when a hurricane comes."),
        document(title="After a hurricane", summary="Hurricane damage", body="Ask a volunteer."),
        document(title="E-mail that people open", body="An e-mail a week."),
        document(title="Plante árboles en la calle", language="es", body="Riegue los árboles con vecinos."),
        document(title="Renovar el pasaporte", language="es", body="El pasaporte se renueva en la ciudad."),
        document(title="Cuide los árboles de la calle", language="es", body="Un árbol para los vecinos."),
    )


def test_nothing_typed_asks_for_everything(library):
    assert plan("").asks_all
    assert plan("  \t").asks_all
    assert plan("-trees").asks_all is False


@pytest.mark.parametrize("typed", ["&&", "¿?", "--", '""', "деревья", "🌳", "\x00", "-"])
def test_what_has_no_word_in_it_fits_nothing(library, typed):
    assert plan(typed).is_empty
    assert not plan(typed).asks_all


def test_function_words_are_left_out_unless_nothing_else_is_left(library):
    assert first(plan("how do I register to vote")) == ["regist", "vote"]
    assert plan("how do I register to vote").understood == ("register", "vote")
    assert first(plan("how to")) == ["how", "to"]
    assert first(plan("trees AND street OR water")) == ["tree", "street", "water"]


@pytest.mark.parametrize(("words", "least"), [(1, 1), (2, 1), (3, 2), (4, 2), (5, 3)])
def test_half_of_the_words_must_be_held(library, words, least):
    assert plan(" ".join(["street", "tree", "water", "vote", "hurricane"][:words])).least == least


def test_words_that_stand_nowhere_ask_nothing_of_a_document(library):
    found = plan("zzqqxx wwvvkk qqjjzz trees now")
    assert len(found.groups) == 5
    assert found.least == 1


def test_words_of_a_phrase_count_as_held(library):
    found = plan('"street trees" water volunteers')
    assert [group.alternatives[0] for group in found.phrases] == [("street", "tree")]
    assert (len(found.groups), found.least) == (2, 0)
    assert plan('"trees" water volunteers neighbors hurricane').least == 2
    assert found.understood == ("water", "volunteers", "street trees")


def test_function_words_stay_in_phrases(library):
    assert plan('"register to vote"').phrases[0].alternatives[0] == ("regist", "to", "vote")


def test_what_is_kept_out_is_kept_out_in_every_language(library):
    assert {("tree",)} <= set(plan("street -trees").excluded)
    assert {("arbol",), ("call",)} <= set(plan("trees -árbol -calle").excluded)


def test_a_word_said_twice_is_one_group(library):
    found = plan("trees tree TREES water")
    assert first(found) == ["tree", "water"]
    assert found.pairs == ((0, 1),)


def test_pairs_are_words_that_stand_side_by_side(library):
    assert plan("street trees water").pairs == ((0, 1), (1, 2))
    assert plan("register to vote").pairs == ()
    assert plan('street "tree care" water').pairs == ()


def test_weights_are_those_of_the_most_frequent_alternative(library):
    found = plan("water hurricane pasaporte")
    water, hurricane, passport = (group.idf for group in found.groups)
    assert water < hurricane < passport
    assert found.docs == SearchDoc.objects.count()


# Language


@pytest.mark.parametrize(
    ("typed", "interface", "language"),
    [
        ("street trees", "en", "en"), ("street trees", "es", "en"), ("árboles de la calle", "en", "es"),
        ("arboles calle", "en", "es"), ("zzqqxx", "es", "es"), ("zzqqxx", "en", "en"), ("como votar", "es", "es"),
        ("how", "es", "es"), ("water", "fr", "fr"),
    ],
)  # fmt: skip
def test_the_language_of_a_query_is_that_of_its_words_else_of_the_interface(library, typed, interface, language):
    assert plan(typed, interface).language == language


def test_a_word_of_another_language_is_stemmed_as_there(library):
    found = plan("street tree volunteers pasaporte vecinos")
    assert found.language == "en"
    assert "vecin" in alternatives(found, 4)


def test_a_word_of_both_languages_is_stemmed_as_where_it_is_frequent():
    indexed(
        document(title="Los impuestos", body="Impuestos en español, for who needs them"),
        *(document(title=f"Impuestos {number}", language="es") for number in range(3)),
    )
    found = plan("impuestos")
    assert found.language == "en"
    assert alternatives(found) == {"impuest", "impuesto"}
    assert alternatives(plan("español")) == {"español".replace("ñ", "n")}


# Spelling


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ("huricane", "hurricane"), ("hurricnae help now", "hurricane help now"), ("streettrees", "street trees"),
        ("Regster to vote", "register to vote"), ("arbolse calle", "arboles calle"), ("volunteerz", "volunteer"),
        ('huricane "street trees" -fruit', 'hurricane "street trees" -fruit'),
    ],
)  # fmt: skip
def test_misspelt_words_are_mended_where_they_stand(library, typed, mended):
    assert plan(typed).mended == mended


def test_the_word_as_typed_stays_an_alternative(library):
    assert alternatives(plan("huricane season")) == {"hurrican", "hurican"}
    assert plan("huricane season").understood[0] == "hurricane"


@pytest.mark.parametrize("typed", ["hurricane", "Trees", "ABC", "tre3s", "h2o", "xyz", "x" * 400])
def test_known_short_numbered_and_endless_words_are_left(library, typed):
    assert plan(typed + " water").mended == ""


def test_nothing_is_mended_when_words_are_meant_exactly(library):
    found = plan("huricane volunt", exactly=True)
    assert first(found) == ["hurican", "volunt"]
    assert found.mended == ""
    assert [len(group.alternatives) for group in found.groups] == [1, 1]


def test_words_in_quotes_and_behind_a_minus_are_never_mended(library):
    found = plan('"huricane" trees -volunteerz')
    assert (found.mended, found.phrases[0].alternatives[0]) == ("", ("hurican",))
    assert found.excluded[0] == ("volunteerz",)


def test_the_last_word_may_be_a_beginning(library):
    found = plan("street volunt")
    assert found.mended == ""
    assert "volunt" in alternatives(found, 1)
    assert "regist" in alternatives(plan("regi"))
    assert found.understood == ("street", "volunt")


def test_a_misspelt_beginning_is_completed_too(library):
    assert alternatives(plan("hurrciane prepered")) >= {"hurrican"}
    assert "prepared" in alternatives(plan("hurricane preperedn"), 1)


def test_a_beginning_in_the_middle_is_completed_only_when_nothing_is_near(library):
    assert plan("preparedn hurricane").mended == "preparedness hurricane"


def test_neighbors_decide_between_words_equally_near():
    indexed(
        document(title="Food stamps"), document(title="Food stamps at the market"), document(title="Stamps for food"),
        document(title="Tree stumps"), document(title="Tree stumps gone"), document(title="Stumps of a tree"),
    )  # fmt: skip
    assert plan("food stomps").mended == "food stamps"
    assert plan("tree stomps").mended == "tree stumps"


def test_few_edits_count_more_than_many_documents():
    indexed(document(title="Volunteering"), *(document(title="Volunteers") for _number in range(4)))
    assert plan("voluntersng now").mended == "volunteering now"


def test_a_misspelt_word_of_the_other_language_is_mended(library):
    found = plan("renovar pasaprte")
    assert (found.mended, found.language) == ("renovar pasaporte", "es")
    assert plan("pasaprote").mended == "pasaporte"


def test_a_rare_word_stays_beside_one_that_is_much_more_frequent():
    indexed(*(document(title=f"Form {number}", body="form") for number in range(40)), document(title="Fork lift"))
    found = plan("fork now")
    assert alternatives(found) == {"fork", "form"}
    assert first(found)[0] == "fork"
    assert found.mended == ""


def test_words_of_one_document_are_no_spelling_where_there_are_many():
    indexed(*(document(title=f"Trees {number}", body="trees") for number in range(100)), document(title="Zeppelin"))
    assert plan("zepplin trees").mended == ""


# Hyphens


def test_a_word_with_hyphens_and_the_same_as_one_find_each_other(library):
    assert "email" in first(plan("email"))
    found = plan("e-mail people")
    assert all("email" in alternatives(found, number) for number in (0, 1))
    assert found.least == 2
    assert found.understood == ("e", "mail", "people")


# Synonyms


def test_what_means_the_same_is_found_both_ways(library):
    SynonymGroup.objects.create(words="CSO\nchief service officer\nservice lead")
    assert alternatives(plan("CSO")) == {"cso", "chief servic offic", "servic lead"}
    found = plan("the chief service officer now")
    assert all("cso" in alternatives(found, number) for number in range(3))
    assert "cso" not in alternatives(plan("chief officer"))
    assert found.mended == plan("cso").mended == ""


def test_synonyms_are_taken_back_and_changed_at_once(library):
    group = SynonymGroup.objects.create(words="tree\nsapling")
    assert "sapl" in alternatives(plan("trees"))
    group.words = "tree\noak"
    group.save()
    assert alternatives(plan("trees")) == {"tree", "oak"}
    group.delete()
    assert alternatives(plan("trees")) == {"tree"}


def test_synonyms_of_one_language_stay_in_it(library):
    SynonymGroup.objects.create(words="vecinos\nciudadanos", language="es")
    assert "ciudadan" in alternatives(plan("vecinos de la calle", "es"))
    assert alternatives(plan("neighbors")) == {"neighbor"}


def test_synonyms_of_every_language_are_stemmed_as_in_each(library):
    SynonymGroup.objects.create(words="tree\nviviendas")
    assert alternatives(plan("trees in the street")) == {"tree", "viviend", "vivienda"}


def test_a_word_that_staff_wrote_is_not_mended(library):
    assert plan("streat trees").mended
    SynonymGroup.objects.create(words="streat\nroad")
    assert plan("streat trees").mended == ""


# Cost, and what nobody should type


def queries(typed, **kwargs):
    with CaptureQueriesContext(connection) as captured:
        plan(typed, **kwargs)
    return len(captured)


def test_planning_asks_the_database_a_few_times(library):
    known.forget()
    assert queries("street trees water") <= 4  # numbers, synonyms, words, stems
    assert queries("street trees water") == 3
    queries("huricane zzqqxxvv")
    assert queries("huricane preparednes street") <= 5  # pairs of neighbours, too
    assert queries(" ".join(f"wrod{letter}" for letter in "abcdefghijklmnopqrstuvwxyz") * 3) <= 6
    assert queries("") == queries("&&") == 0


def test_what_another_process_counted_is_known_exactly_for_weights(library):
    before = plan("water").groups[0].idf
    kept = known._known
    indexed(document(title="Water"), document(title="Water again"))
    known._known = kept  # as in a process that did not count itself
    assert plan("water").groups[0].idf < before
    assert plan("water").docs == SearchDoc.objects.count()


HOSTILE = [
    '"', '""', '"""', "'", "''; DROP TABLE search_word; --", "a AND", "NOT", "NEAR(a b, 2)", "title:trees",
    "{title}: x", "trees*", "^trees", "(((", ")))", "[a-z]+", ".*", "(?P<x>.)(?:a+)+$", "a" * 100_000, "word " * 10_000,
    " ".join(f"w{number}" for number in range(10_000)), '"a ' * 5_000, "-" * 5_000, "- " * 5_000, "\x00", "a\x00b",
    "\ud800", "\u202eseert", "עברית trees", "العربية", "ａｂｃ", "🌳🌳", "e\u0301" * 500, "\u0301\u0301", "%s %d %(x)s",
    "{} {0}", "\\", "\\\\\"", "`", "$1", "<script>alert(1)</script>", "../../etc/passwd", "NULL", "0x41", "1e309",
    "\n\r\t", "’’’", "a’b’c’d" * 300, "-" + "a-" * 2_000, "“”„«»" * 200, "ß" * 500, "İ" * 500, "_" * 500,
    "trees -trees", "a\u00adb" * 99,
]  # fmt: skip


@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("language", ["en", "es"])
def test_no_text_makes_it_fail(library, typed, language):
    start = time.process_time()
    found = plan(typed, language)
    assert plan(typed, language, exactly=True).mended == ""
    assert time.process_time() - start < 1
    stems = [stem for group in (*found.groups, *found.phrases) for stems in group.alternatives for stem in stems]
    assert all(stem.isascii() and stem.isalnum() for stem in stems)
    assert 0 <= found.least <= max(1, len(found.groups))
    assert len(found.groups) <= 70
