"""What the words of a search find, the same on every engine."""

from search.factories import document
from search.models import SynonymGroup
from search.words.plan import Group, Plan


def plan(*words, least=1, **fields):
    """A plan of single stems."""
    return Plan(groups=tuple(Group(((word,),), 1.0) for word in words), least=least, **fields)


def test_any_word_is_enough_of_two(library):
    assert {"Plant street trees", "Start a food pantry"} <= set(library.titles("tree pantry"))


def test_at_least_half_of_the_words_must_be_held(library):
    found = library.titles("paint boards empty houses")
    assert found[0] == "Blocks against blight"
    assert "Paint over graffiti" not in found  # one of four


def test_exactly_so_many_groups_are_asked_for_as_the_plan_says(searched):
    words = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta"]
    searched.add(*(document(title=" ".join(words[: number + 1]), body=words[number]) for number in range(len(words))))
    for least in range(1, 9):
        found = searched.find(plan(*words_as_stems(words), least=least))
        assert len(found.ids) == sum(found.counts.values()) == 9 - least


def words_as_stems(words):
    from search.words.analysis import stem

    return [stem(word, "en") for word in words]


def test_more_words_than_anything_holds_find_nothing(library):
    assert library.find(plan("tree", "pantri", least=3)).ids == []


def test_a_phrase_is_found_only_where_its_words_stand_side_by_side(library):
    assert set(library.titles('"love your block"')) == {"Love your block", "Blocks against blight"}
    assert library.titles('"block your love"') == []


def test_words_of_a_phrase_may_not_lie_in_two_fields(library):
    assert "Plant street trees" not in library.titles('"trees shade"')


def test_words_beside_a_phrase_only_order_what_holds_it(library):
    found = library.find(plan("grant", least=0, phrases=(Group((("love", "your", "block"),), 1.0),)))
    assert len(found.ids) == 2
    assert found.ids[0] == library.rows["Love your block"].pk


def test_every_phrase_must_be_held(library):
    assert library.titles('"love your block" "empty houses"') == ["Blocks against blight"]


def test_a_word_after_a_minus_keeps_documents_out(library):
    both = set(library.titles("storm"))
    assert both == {"Tree care after a storm", "Clean a storm drain"}
    assert library.titles("storm -drain") == ["Tree care after a storm"]


def test_a_phrase_after_a_minus_keeps_documents_out(library):
    assert "Blocks against blight" in library.titles("paint")
    assert "Blocks against blight" not in library.titles('paint -"love your block"')


def test_only_something_to_leave_out_leaves_all_the_rest(library):
    assert len(library.find("-volunteers").ids) == len(library.find("").ids) - len(library.find("volunteers").ids)


def test_the_beginning_of_the_last_word_is_enough(library):
    assert "Paint over graffiti" in library.titles("paint graf")


def test_a_typing_mistake_is_mended(library):
    assert library.titles("volunter insurence")[0] == "Volunteer insurance"


def test_accents_make_no_difference(library):
    assert library.titles("arboles", "es")[0] == library.titles("árboles", "es")[0] == "Plante árboles en su calle"
    assert "Informacion para voluntarios" in library.titles("información", "es")


def test_capitals_make_no_difference(library):
    assert library.titles("VACANT LOTS")[0] == "Vacant lots"


def test_english_words_are_found_in_every_form(library):
    assert library.titles("registers")[0] == "Register to vote"
    assert "Community gardens" in library.titles("gardening")


def test_spanish_words_are_found_in_every_form(library):
    assert "Informacion para voluntarios" in library.titles("inscripcion", "es")
    assert "Huertos comunitarios" in library.titles("huerto", "es")


def test_a_word_with_a_hyphen_is_found_as_one_word(library):
    assert library.titles("email")[0] == "E-mail that people open"


def test_synonyms_find_each_other(library):
    SynonymGroup.objects.create(words="CSO\nchief service officer")
    assert {"What a CSO does", "Chief service officer"} <= set(library.titles("cso"))
    assert {"What a CSO does", "Chief service officer"} <= set(library.titles("chief service officer"))


def test_an_alternative_of_several_words_is_held_only_side_by_side(searched):
    together, apart = searched.add(
        document(title="Land bank", body="lends lots"), document(title="Bank of the river", body="land")
    )
    either = Plan(groups=(Group((("cso",), ("land", "bank")), 1.0),), least=1)
    assert searched.find(either).ids == [together.pk]


def test_the_title_counts_more_than_the_text(library):
    assert library.titles("insurance")[0] == "Volunteer insurance"
    assert library.titles("shelters")[0] == "Emergency shelters"


def test_nothing_but_signs_finds_nothing(library):
    found = library.find("&& -- ¿?")
    assert (found.ids, dict(found.counts)) == ([], {})
