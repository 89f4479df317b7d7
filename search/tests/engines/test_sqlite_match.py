"""Plans in the language of FTS5, against counting in Python."""

import itertools
import random
import sqlite3

import pytest

from search.engines import sqlite_match as match
from search.engines.asking import Asked, asked
from search.words.plan import Group, Plan

WORDS = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta"]


@pytest.fixture(scope="module")
def every_mixture():
    """A table with one row for each set of the words; its number has a bit for each word."""
    table = sqlite3.connect(":memory:")
    table.execute("CREATE VIRTUAL TABLE search_fts USING fts5(title)")
    for number in range(2 ** len(WORDS)):
        text = " ".join(word for bit, word in enumerate(WORDS) if number >> bit & 1)
        table.execute("INSERT INTO search_fts (rowid, title) VALUES (?, ?)", [number, text])
    yield table
    table.close()


def matching(table, expression):
    return {row for (row,) in table.execute("SELECT rowid FROM search_fts WHERE search_fts MATCH ?", [expression])}


def groups_of(sizes, dice):
    words = iter(WORDS)
    return tuple(Group(tuple((next(words),) for _ in range(size)), dice.random()) for size in sizes)


SIZES = [(1, 1, 1), (1, 1, 1, 1), (1, 1, 1, 1, 1), (2, 1, 1), (2, 2, 1, 1), (1, 1, 1, 1, 1, 1), (3, 2, 2), (1,) * 7]


@pytest.mark.parametrize("sizes", SIZES)
def test_exactly_those_match_that_hold_enough_groups(every_mixture, sizes):
    groups = groups_of(sizes, random.Random(len(sizes)))
    for least in range(2, len(groups)):
        expression = match.threshold(Asked(groups, least))
        expected = {
            number
            for number in range(2 ** len(WORDS))
            if sum(any(number >> WORDS.index(word) & 1 for (word,) in group.alternatives) for group in groups) >= least
        }
        if expression is not None:
            assert matching(every_mixture, expression) == expected


def test_an_expression_that_would_grow_too_long_is_left_to_counting():
    groups = tuple(Group(((word,),), 1.0) for word in "abcdefghijkl")
    assert match.threshold(Asked(groups, 6)) is None
    assert match.threshold(Asked(groups[:5], 3)).count('"') == 2 * 19


@pytest.mark.parametrize("least", [0, 1])
def test_any_word_needs_no_second_expression(least):
    groups = tuple(Group(((word,),), 1.0) for word in WORDS)
    assert match.threshold(Asked(groups, least)) == ""


def test_all_words_are_asked_for_at_once(every_mixture):
    groups = tuple(Group(((word,),), 1.0) for word in WORDS[:3])
    wanted = Asked(groups, 3)
    assert match.threshold(wanted) == ""
    assert matching(every_mixture, match.words(wanted)) == {n for n in range(2 ** len(WORDS)) if n & 0b111 == 0b111}


def test_what_is_excluded_does_not_match(every_mixture):
    wanted = Asked((Group((("alpha",),), 1.0),), 1, excluded=(("beta",), ("gamma",)))
    assert matching(every_mixture, match.words(wanted)) == {n for n in range(2 ** len(WORDS)) if n & 0b111 == 0b001}


def test_words_that_are_operators_are_looked_for_as_words():
    table = sqlite3.connect(":memory:")
    table.execute("CREATE VIRTUAL TABLE search_fts USING fts5(title)")
    table.execute("INSERT INTO search_fts (rowid, title) VALUES (1, 'near or not and')")
    for word in ("and", "or", "not", "near", "AND", "OR", "NOT", "NEAR"):
        wanted = asked(Plan(groups=(Group(((word,),), 1.0),), least=1))
        assert matching(table, match.words(wanted)) == {1}


@pytest.mark.parametrize("term", ['a"', "a b", "a*", "title:a", "(a", "", "\x00", "_", "á"])
def test_what_is_no_term_never_reaches_an_engine(term):
    good = Group((("tree",),), 1.0)
    for plan in (
        Plan(groups=(Group(((term,),), 1.0),), least=1),
        Plan(groups=(good, Group(((term,),), 1.0)), least=2),
        Plan(groups=(good,), least=1, phrases=(Group((("tree", term),), 1.0),)),
    ):
        assert asked(plan) is None
    assert asked(Plan(groups=(good,), least=1, excluded=((term,),))).excluded == ()


def test_every_alternative_is_asked_for_once():
    wanted = asked(Plan(groups=(Group((("tree",), ("tree",), ("wood",)), 1.0),), least=1))
    assert list(itertools.chain(*wanted.groups[0].alternatives)) == ["tree", "wood"]
