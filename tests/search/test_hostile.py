"""Searches that nobody types in good faith: no error, and nothing in them is read as an operator."""

import random

import pytest

from search.words.plan import Group, Plan
from tests.search.hostile import HOSTILE


def test_hostile_searches_are_answered(library):
    everything = {row.pk for row in library.rows.values()}
    assert len(HOSTILE) >= 49
    for typed in HOSTILE:
        for language in ("en", "es"):
            found = library.find(typed, language)
            assert set(found.ids) <= everything, typed[:40]
            assert len(found.ids) == sum(found.counts.values()), typed[:40]


@pytest.mark.parametrize(
    ("typed", "best"),
    [
        ("title:insurance", "Volunteer insurance"),
        ("{title} : insurance", "Volunteer insurance"),
        ("insurance* NEAR(volunteer)", "Volunteer insurance"),
        ("NOT insurance", "Volunteer insurance"),
        ("insurance^5 | volunteer~2", "Volunteer insurance"),
        ("insurance AND NOT volunteer", "Volunteer insurance"),
        ("'; DROP TABLE insurance; --", "Volunteer insurance"),
    ],
)
def test_operators_are_plain_words_or_nothing(library, typed, best):
    assert library.titles(typed)[0] == best


HOSTILE_TERMS = [
    '"', 'tree" OR "pantri', "tree OR pantri", "title : tree", "tree*", "tree\x00", "\x00", "", " ", "tree pantri", "*",
    "-tree", "tree)", "(tree", "\ud800",
    "🌳", "tree'; --", "%", "_", "t%", "a" * 100_000, "\\", "{title}:tree", "árbol",
]  # fmt: skip


def test_terms_that_cannot_stand_in_an_index_find_nothing(library):
    for term in HOSTILE_TERMS:
        hostile = Group(((term,),), 1.0)
        assert library.find(Plan(groups=(hostile,), least=1)).ids == [], term[:40]
        assert library.find(Plan(phrases=(hostile,))).ids == [], term[:40]
        assert library.find(Plan(groups=(Group(((term, "tree"),), 1.0),), least=1)).ids == [], term[:40]


def test_terms_that_cannot_stand_in_an_index_keep_nothing_out(library):
    everything = library.find(Plan()).ids
    for term in HOSTILE_TERMS:
        assert library.find(Plan(excluded=((term,),))).ids == everything, term[:40]


def test_sixty_words_with_many_spellings_are_answered(library):
    dice = random.Random(5)
    stems = ["tree", "pantri", "park", "block", "paint", "volunt", "water", "citi", "school", "check"]
    groups = tuple(
        Group(tuple(dict.fromkeys((dice.choice(stems),) for _ in range(12))), dice.random() * 5) for _ in range(60)
    )
    for least in (1, 2, 20, 30, 59, 60):
        found = library.find(Plan(groups=groups, least=least))
        held = [row.pk for row in library.rows.values() if holds(row, groups) >= least]
        assert sorted(found.ids) == sorted(held)


def holds(row, groups):
    text = f"{row.a_title}{row.a_headings}{row.a_summary}{row.a_topics}{row.a_body}"
    return sum(any(f" {stem} " in text for (stem,) in group.alternatives) for group in groups)
