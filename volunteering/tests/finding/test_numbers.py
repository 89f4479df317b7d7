"""What the heading says."""

from collections import Counter

import pytest

from volunteering.finding.distance import miles_between
from volunteering.finding.numbers import heading
from volunteering.finding.words import miles


@pytest.mark.parametrize(
    ("counts", "wishes", "said"),
    [
        ({0: 12, 1: 31, 2: 5}, 4, "12 meet all four wishes, 31 meet three"),
        ({0: 1, 1: 1}, 3, "1 meets all three wishes, 1 meets two"),
        ({0: 2}, 4, "2 meet all four wishes"),
        ({1: 3, 2: 9}, 4, "Nothing meets all four wishes yet, 3 meet three"),
        ({2: 9}, 4, "Nothing meets all four wishes yet"),
        ({0: 5, 1: 2}, 2, "5 meet both wishes, 2 meet one"),
        ({0: 1}, 1, "1 meets your wish"),
        ({0: 4, 1: 1}, 1, "4 meet your wish, 1 does not"),
        ({1: 7}, 1, "Nothing meets your wish yet"),
        ({0: 1284}, 0, "1,284 ways to help"),
        ({0: 1}, 0, "1 way to help"),
    ],
)
def test_heading_says_how_many_meet_how_many_wishes(counts, wishes, said):
    assert heading(Counter(counts), wishes) == said


def test_miles_are_those_of_the_globe():
    new_york, los_angeles = (40.7128, -74.0060), (34.0522, -118.2437)
    assert miles_between(new_york, los_angeles) == pytest.approx(2445.6, abs=1)
    assert miles_between(new_york, new_york) == 0


@pytest.mark.parametrize(
    ("distance", "said"),
    [
        (0.04, "Right there"),
        (1.24, "1.2 miles away"),
        (3.0, "3 miles away"),
        (9.96, "10 miles away"),
        (1.0, "1 mile away"),
    ],
)
def test_distances_are_said_as_people_do(distance, said):
    assert miles(distance) == said
