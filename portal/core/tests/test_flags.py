"""Flags: always the same for a city, never more than three colors, legible, and safe to put on a page twice."""

import hashlib
import re
from xml.etree import ElementTree

import pytest

from portal.core import flags
from portal.core.colors import contrast
from portal.core.flags.drawing import FIELD_DRAWN, MUTED
from portal.core.flags.emblems import DRAWN as EMBLEMS

WORDS = ("Cedar", "Bridge", "Mesa", "North", "Bell", "Lake", "Plain", "Union", "Rio", "Anchor")
ENDS = ("ton", " Falls", " City", "ville", " Park", "burg", " Beach", "port", "wood", " Heights")
STATES = ("TX", "OH")
NAMES = [(word + end, state) for word in WORDS for end in ENDS for state in STATES]

# Changes when any of 200 flags, seals or pennants changes. That changes what cities already fly: raise
# flags.CURRENT_VERSION and keep drawing the stored choices before you write a new value here.
SNAPSHOT = "5ac889454c0e9fc7dd12995839099310277ba924bc5d40b23956ac252c872192"

COLOR = re.compile(r"#[0-9a-f]{6}")


def drawn(name, state, **options):
    colors = flags.default_colors(name, state)
    return "".join(
        draw(name, state, *colors, **options) for draw in (flags.flag_svg, flags.seal_svg, flags.pennant_svg)
    )


def test_two_hundred_cities_fly_what_they_always_flew():
    everything = "".join(drawn(*city) for city in NAMES)
    assert len(NAMES) == 200
    assert hashlib.sha256(everything.encode()).hexdigest() == SNAPSHOT


def test_a_city_of_the_same_name_in_another_state_flies_another_flag():
    assert drawn("Springfield", "MO") != drawn("Springfield", "IL")


@pytest.mark.parametrize("field", FIELD_DRAWN)
@pytest.mark.parametrize("pair", [("#00629b", "#f8485e"), ("#2f5d34", "#f2d974")], ids=["strong", "pale"])
def test_each_field_is_sound_svg_of_three_colors_at_most(field, pair):
    svg = flags.flag_svg("Xenia", "OH", *pair, field=field)
    ElementTree.fromstring(svg)
    assert set(COLOR.findall(svg)) <= {*pair, "#ffffff"}


@pytest.mark.parametrize("emblem", EMBLEMS)
def test_each_emblem_is_sound_svg(emblem):
    bare = flags.flag_svg("Xenia", "OH", "#00629b", "#f8485e", field="river", emblem="disc")
    svg = flags.flag_svg("Xenia", "OH", "#00629b", "#f8485e", field="river", emblem=emblem)
    ElementTree.fromstring(svg)
    assert emblem == "disc" or svg != bare


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("Cedar Rapids", "river"),
        ("Bridgeport", "bridge"),
        ("Palo Alto", "grove"),
        ("Rio Rancho", "river"),
        ("El Paso", "peaks"),
        ("New Haven", "sails"),
    ],
)
def test_a_name_that_says_something_flies_it(name, field):
    assert flags.plan(name, "TX").field == field


@pytest.mark.parametrize(("name", "field"), [("Brockton", "peaks"), ("Chillicothe", "hills"), ("Ontario", "river")])
def test_a_word_in_the_middle_of_another_says_nothing(name, field):
    fields = {flags.plan(name, state).field for state in ("MA", "OH", "CA", "TX", "NY", "WA")}
    assert fields != {field}


def test_a_name_may_ask_for_its_emblem():
    assert flags.plan("Anchorage", "AK").emblem == "anchor"
    assert flags.plan("West Valley City", "UT").emblem == "compass"


def test_the_stored_choice_wins_over_the_hash():
    stored = flags.flag_svg("Tulsa", "OK", "#00629b", "#f8485e", field="bridge", emblem="key")
    other_city = flags.flag_svg("Yuma", "AZ", "#00629b", "#f8485e", field="bridge", emblem="key")
    assert stored == other_city


def test_a_stored_choice_we_no_longer_draw_falls_back_to_the_hash():
    colors = ("#00629b", "#f8485e")
    assert flags.flag_svg("Tulsa", "OK", *colors, field="kraken") == flags.flag_svg("Tulsa", "OK", *colors)


def test_a_city_that_waits_flies_gray():
    svg = flags.flag_svg("Tulsa", "OK", "#00629b", "#f8485e", muted=True)
    assert set(COLOR.findall(svg)) <= {*MUTED, "#ffffff"}


def test_the_order_of_the_two_colors_does_not_matter():
    there = flags.flag_svg("Tulsa", "OK", "#00629b", "#f8485e")
    back = flags.flag_svg("Tulsa", "OK", "#f8485e", "#00629b")
    assert there == back


def test_no_drawing_has_an_id_so_two_of_a_city_may_stand_on_one_page():
    assert not any(" id=" in drawn(*city) or "url(#" in drawn(*city) for city in NAMES)


def test_a_seal_has_one_bead_for_each_letter():
    assert flags.seal_svg("Santa Fe", "NM", "#002868", "#bf0a30").count('r="1.5"') == len("SantaFe")


def test_there_are_enough_pairs_of_colors_and_each_is_legible():
    assert len(flags.PAIRS) >= 24
    assert len({frozenset(pair) for pair in flags.PAIRS}) == len(flags.PAIRS)
    assert all(contrast(dark, "#ffffff") >= 4.5 for dark, _light in flags.PAIRS)
    assert all(contrast(dark, light) > 1.8 for dark, light in flags.PAIRS)


def test_the_hash_spreads_cities_over_the_pairs():
    flown = {flags.default_colors(f"City {number}", "TX") for number in range(400)}
    assert len(flown) == len(flags.PAIRS)


def test_what_a_caller_passes_is_escaped():
    svg = flags.flag_svg("Tulsa", "OK", "#00629b", "#f8485e", css_class='"><script>', preserve='"><b>')
    assert "<script>" not in svg
    assert "<b>" not in svg


def test_size_gives_width_and_height_in_pixels():
    assert 'width="60" height="40"' in flags.flag_svg("Tulsa", "OK", "#00629b", "#f8485e", size=60)
