"""What is typed is taken apart: quotes and minus have a meaning, nothing else has."""

import pytest

from search.words.parsing import MOST_WORDS, parse


def plain(typed):
    return [" ".join(piece.words) for piece in parse(typed) if not piece.is_phrase and not piece.is_excluded]


def phrases(typed):
    return [" ".join(piece.words) for piece in parse(typed) if piece.is_phrase and not piece.is_excluded]


def excluded(typed):
    return [" ".join(piece.words) for piece in parse(typed) if piece.is_excluded]


@pytest.mark.parametrize(
    "typed", ['"food stamps" help', "“food stamps” help", "«food stamps» help", "„food stamps“ help"]
)
def test_quotes_of_any_kind_make_a_phrase(typed):
    assert phrases(typed) == ["food stamps"]
    assert plain(typed) == ["help"]


@pytest.mark.parametrize("typed", ['"food stamps', 'food stamps"', '5" x 6" stamps food', '""', '" "', 'food"stamps'])
def test_what_is_no_pair_of_quotes_is_no_phrase(typed):
    assert phrases(typed) == []
    assert "food" not in typed or {"food", "stamps"} <= set(plain(typed))


@pytest.mark.parametrize(
    ("typed", "out"),
    [
        ("trees -fruit", ["fruit"]), ("-fruit trees", ["fruit"]), ("trees −fruit", ["fruit"]),
        ('trees -"fruit market"', ["fruit market"]), ("trees -“fruit market”", ["fruit market"]),
        ("trees -e-mail", ["e mail"]),
    ],
)  # fmt: skip
def test_a_minus_before_a_word_or_phrase_keeps_it_out(typed, out):
    assert excluded(typed) == out
    assert plain(typed) == ["trees"]


@pytest.mark.parametrize(
    "typed", ["trees - fruit", "trees -- fruit", "trees --fruit", "trees-fruit", "trees – fruit -", "trees- fruit"]
)
def test_any_other_minus_means_nothing(typed):
    assert excluded(typed) == []
    assert " ".join(plain(typed)) == "trees fruit"


@pytest.mark.parametrize(
    "sign", ["&", "/", "+", "|", "*", "^", "~", "::", "()", "<b>", "\\", "\x00", "🌳", "%", ";", "{}"]
)
def test_signs_part_words_and_never_eat_them(sign):
    found = plain(f"trees {sign} fruit{sign}market")
    assert [word for word in found if word != "b"] == ["trees", "fruit", "market"]


def test_operators_and_fields_are_words():
    assert plain("title:trees AND (a NEAR/3 b)") == ["title", "trees", "and", "a", "near", "3", "b"]


def test_other_scripts_are_left_out():
    assert plain("деревья trees 树木") == ["trees"]
    assert parse("деревья") == parse("🌳 & --") == parse("") == []


def test_at_most_sixty_words_are_looked_at():
    assert len(parse("word " * 10_000)) == MOST_WORDS
    (piece,) = parse('"' + "word " * 100 + '"')
    assert len(piece.words) == MOST_WORDS


def test_every_piece_knows_where_it_was_typed():
    typed = "plant “street trees” -fruit e-mail"
    assert [typed[piece.start : piece.end] for piece in parse(typed)] == ["plant", "street trees", "fruit", "e-mail"]
