"""Figures are counted, once, and written as the reader's language writes numbers."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from portal.core import figures


class Bridges:
    """A count that remembers how often it was asked."""

    def __init__(self, number=12345):
        self.number = number
        self.asked = 0

    def __call__(self):
        self.asked += 1
        return self.number


@pytest.fixture
def bridges():
    count = Bridges()
    figures.register_figure("test_bridges", "bridges", count)
    yield count
    figures.unregister_figure("test_bridges")


def test_a_placeholder_becomes_the_counted_number(bridges):
    assert figures.fill("{test_bridges} bridges stand.") == "12,345 bridges stand."


def test_numbers_are_written_as_the_language_writes_them(bridges):
    with override("es"):
        assert figures.fill("{test_bridges} puentes") == "12,345 puentes", "as Spanish is written in the United States"
    with override("de"):
        assert figures.fill("{test_bridges} Brücken") == "12.345 Brücken"


def test_a_placeholder_nobody_counts_is_left_out(bridges):
    assert figures.fill("We have {test_ferries} ferries and {test_bridges}.") == "We have  ferries and 12,345."


def test_a_figure_is_counted_once_for_one_text(bridges):
    figures.fill("{test_bridges}, {test_bridges} and {test_bridges}")
    assert bridges.asked == 1


def test_a_figure_is_counted_once_for_everything_that_shares_counts(bridges):
    counts = figures.Counts()
    figures.fill("{test_bridges}", counts)
    figures.fill("{test_bridges} again", counts)
    assert counts["test_bridges"] == 12345
    assert bridges.asked == 1


def test_a_figure_that_is_not_shown_is_not_counted(bridges):
    figures.fill("No number here.")
    figures.figure_choices()
    assert bridges.asked == 0


def test_zero_is_a_number(bridges):
    bridges.number = 0
    assert figures.fill("{test_bridges} bridges") == "0 bridges"


def test_safe_html_stays_safe_and_plain_text_does_not_become_safe(bridges):
    assert isinstance(figures.fill(mark_safe("<b>{test_bridges}</b>")), SafeString)
    assert not isinstance(figures.fill("<b>{test_bridges}</b>"), SafeString)


def test_nothing_filled_is_nothing():
    assert figures.fill(None) == ""


def test_check_names_the_unknown_placeholder_and_the_known_ones(bridges):
    with pytest.raises(ValidationError) as caught:
        figures.check_placeholders("All {test_bridgs} of them")
    assert "{test_bridgs}" in caught.value.messages[0]
    assert "{test_bridges}" in caught.value.messages[0]


@pytest.mark.parametrize(
    "text", ["", None, "No braces.", "{test_bridges} stand", "<p><a href='/x/'>{test_bridges}</a></p>"]
)
def test_check_lets_known_figures_and_plain_words_pass(bridges, text):
    figures.check_placeholders(text)


@pytest.mark.parametrize("key", ["Bridges", "two words", "", "9lives", "a-b"])
def test_a_key_that_cannot_stand_in_a_placeholder_is_refused(key):
    with pytest.raises(ValueError, match="key"):
        figures.register_figure(key, "x", lambda: 1)


def test_a_key_is_taken_once(bridges):
    with pytest.raises(ValueError, match="already"):
        figures.register_figure("test_bridges", "again", lambda: 1)
