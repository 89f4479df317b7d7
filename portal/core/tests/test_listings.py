"""Kinds of things that sites list: who registers what, and what a list shows."""

import pytest
from django.test import RequestFactory

from portal.core import listings


@pytest.fixture
def kites():
    """A kind that nobody can find yet."""
    listings.register_listing("kites", "Kites", nothing="No kites")
    yield
    del listings._kinds["kites"]


def find(total, asked=None):
    def finder(home, *, limit, offset=0, request=None):
        if asked is not None:
            asked.append((limit, offset))
        entries = tuple(listings.Entry(title=f"Kite {number}", url="/") for number in range(total))
        return listings.Listing(entries[offset : offset + limit], more_url="/kites/", count=lambda: total)

    return finder


def page_of(number):
    return listings.listing_page("kites", None, number=number, request=RequestFactory().get("/"))


def test_kind_without_a_finder_is_empty_and_may_be_chosen(kites):
    assert listings.listing("kites", None, limit=3).entries == ()
    assert listings.listing("unheard-of", None, limit=3).total == 0
    assert ("kites", "Kites") in listings.listing_choices()


@pytest.mark.parametrize("first", ["words", "finder"])
def test_who_comes_second_fills_in_what_is_missing(first):
    say = {"nothing": "No kites", "meanwhile": "Look up.", "more": "All kites"}
    try:
        if first == "words":
            listings.register_listing("kites", "Kites", **say)
            listings.register_listing("kites", "Kites", find(1))
        else:
            listings.register_listing("kites", "Kites", find(1))
            listings.register_listing("kites", "Kites", **say)
        kind = listings.listing_kind("kites")
        assert (kind.nothing, kind.meanwhile, kind.more) == ("No kites", "Look up.", "All kites")
        assert listings.listing("kites", None, limit=3).total == 1
    finally:
        del listings._kinds["kites"]


def test_kind_is_found_in_one_way_only(kites):
    listings.register_listing("kites", "Kites", find(1))
    with pytest.raises(ValueError, match="already registered"):
        listings.register_listing("kites", "Kites", find(2))


def test_several_lists_of_a_kind_ask_once(kites):
    asked = []
    listings.register_listing("kites", "Kites", find(20, asked))
    latest = listings.Listings(None, None)
    assert len(latest.latest("kites", 2).entries) == 2
    assert len(latest.latest("kites", 99).entries) == listings.Listings.MOST
    assert asked == [(listings.Listings.MOST + 1, 0)]


@pytest.mark.parametrize(("total", "count", "more"), [(3, 3, ""), (4, 3, "/kites/"), (7, 6, "/kites/"), (0, 3, "")])
def test_way_to_more_is_there_when_there_is_more(kites, total, count, more):
    listings.register_listing("kites", "Kites", find(total))
    assert listings.Listings(None, None).latest("kites", count).more_url == more


@pytest.mark.parametrize(
    ("number", "shown"), [("1", 1), ("3", 3), ("4", 3), ("0", 3), ("-1", 3), ("x", 1), ("9" * 40, 3), ("²", 1)]
)
def test_page_number_that_is_not_there_gives_the_nearest(kites, number, shown):
    listings.register_listing("kites", "Kites", find(30))
    page = page_of(number)
    assert page.number == shown
    assert page.object_list[0].title == f"Kite {(shown - 1) * 12}"


def test_list_of_nothing_has_one_empty_page(kites):
    assert list(page_of("2").object_list) == []
