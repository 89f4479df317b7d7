"""What a result shows of its text."""

import pytest
from django.utils.safestring import SafeString

from search.factories import document, indexed
from search.models.doc import Readers
from search.words.extracts import extract, highlighted_title
from search.words.planning import plan_of

pytestmark = pytest.mark.django_db
LONG = "Nothing of interest is said in this sentence, nor in the one that follows. " * 12


def shown(typed, *, language="en", length=220, **fields):
    (row,) = indexed(document(language=language, **fields))
    found = extract(row, plan_of(typed, language=language), length=length)
    assert isinstance(found, SafeString)
    return found


def title(typed, words, language="en"):
    (row,) = indexed(document(title=words, language=language))
    return highlighted_title(row, plan_of(typed, language=language))


@pytest.mark.parametrize(
    ("typed", "written", "marked"),
    [
        ("volunteer", "Volunteers wanted", "<mark>Volunteers</mark> wanted"),
        ("street trees", "Trees in the Street", "<mark>Trees</mark> in the <mark>Street</mark>"),
        ("nino", "El Niño’s day", "El <mark>Niño’s</mark> day"),
        ("oneil", "O'Neil Park", "<mark>O&#x27;Neil</mark> Park"),
        ("email", "Write an e-mail now", "Write an <mark>e-mail</mark> now"),
        ("e-mail", "Email them", "<mark>Email</mark> them"),
        ("self help", "Self-help", "<mark>Self</mark>-<mark>help</mark>"),
        ('"food stamps"', "Stamps: food stamps for food", "Stamps: <mark>food</mark> <mark>stamps</mark> for food"),
        ("volunt", "For volunteers", "For <mark>volunteers</mark>"),
        ("compst", "Compost heap", "<mark>Compost</mark> heap"),
        ("other", "Nothing fits", "Nothing fits"),
        ("", "Nothing asked", "Nothing asked"),
    ],
)
def test_a_title_is_marked_word_by_word_and_never_cut(typed, written, marked):
    assert title(typed, written) == marked
    assert title(typed, f"{written} {'and more words ' * 14}").startswith(marked)


def test_spanish_is_marked_by_its_own_stems():
    assert title("arboles", "Un árbol y más árboles", "es") == "Un <mark>árbol</mark> y más <mark>árboles</mark>"


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script> compost", 'compost "quoted" & <b>bold</b>', "</mark>compost<mark>"]
)
def test_everything_else_is_escaped(text):
    for found in (title("compost script", text), shown("compost script", body=text), shown("compost", summary=text)):
        assert "<script" not in found
        assert "<b>" not in found
        assert "<mark>compost</mark>" in found
        assert found.count("<mark>") == found.count("</mark>") <= 3
        assert "&lt;" in found or "&amp;" in found


def test_the_summary_is_shown_when_it_says_as_much_as_the_body():
    assert shown("compost", summary="About compost.", body="Much compost here.") == "About <mark>compost</mark>."
    assert shown("zzqqxx", summary="About something.", body="Much here.") == "About something."
    assert shown("", summary="About something.", body="Much here.") == "About something."


def test_the_part_of_the_body_that_holds_most_of_the_query_is_shown():
    body = f"{LONG}Compost is good. {LONG}Worms turn leaves into compost in one winter. {LONG}"
    found = shown("worms compost", summary="About gardens.", body=body)
    assert "<mark>Worms</mark> turn leaves into <mark>compost</mark>" in found
    assert found.startswith("… <mark>Worms</mark>")  # where its sentence begins
    assert found.endswith(" …")
    text = found.replace("<mark>", "").replace("</mark>", "")
    assert 120 <= len(text) <= 226


@pytest.mark.parametrize("where", ["begin", "end", "only"])
def test_a_part_at_either_end_has_no_dots_there(where):
    body = {"begin": f"Compost first. {LONG}", "end": f"{LONG}The last is compost.", "only": "Just compost."}[where]
    found = shown("compost", body=body)
    assert found.startswith("… ") == (where == "end")
    assert found.endswith(" …") == (where == "begin")
    assert "<mark>" in found


def test_a_text_is_cut_between_words():
    body = f"{LONG}Compost {LONG}"
    for length in (60, 90, 137, 220, 300):
        words = (
            shown("compost", body=body, length=length).replace("<mark>", "").replace("</mark>", "").strip("… ").split()
        )
        assert set(words) <= set(body.split())
        assert "Compost" in words


def test_lines_and_spaces_become_one_space():
    assert shown("compost", body="One\n\ncompost \t heap\r\nhere") == "One <mark>compost</mark> heap here"


def test_a_word_with_hyphens_far_down_is_shown():
    found = shown("email", body=f"{LONG}{LONG}Send an e-mail to us. {LONG}")
    assert "an <mark>e-mail</mark> to us" in found


def test_a_phrase_far_down_is_shown_where_it_stands():
    body = f"{LONG}stamps and food. {LONG}{LONG}Ask for food stamps there. {LONG}"
    assert "<mark>food</mark> <mark>stamps</mark> there" in shown('"food stamps"', body=body)


def test_words_of_other_scripts_do_not_move_the_part_that_is_shown():
    body = "日本 ¿¡ — 🌳 naïve O’Neil’s деревья x-y " * 90 + "Then compost comes. " + "деревья 日本 " * 90
    assert "Then <mark>compost</mark> comes." in shown("compost", body=body)


@pytest.mark.parametrize(
    "body", ["", "x" * 5_000, " " * 500, "compost" * 900, "-" * 900, "compost " * 900, "\n" * 400 + "compost"]
)
def test_odd_texts_do_not_make_it_fail(body):
    assert len(shown("compost", body=body)) < 1_200


def test_a_visitor_is_never_shown_what_is_for_members():
    whole = document(title="Handbook", summary="Public", body="compost secret", readers=Readers.MEMBERS)
    part = document(object_id=whole.object_id, title="Handbook", summary="Public", body="", readers=Readers.VISITORS)
    members, visitors = indexed(whole, part)
    plan = plan_of("compost", language="en", exactly=True)
    assert extract(members, plan) == "<mark>compost</mark> secret"
    assert extract(visitors, plan) == "Public"
