"""Themes: any two colors give a legible site, by day and by night."""

import random
from itertools import product

import pytest

from portal.core import theme
from portal.core.colors import contrast, nearest_passing, to_oklch

EXTREMES = (
    "#000000",
    "#ffffff",
    "#808080",
    "#ff0000",
    "#00ff00",
    "#0000ff",
    "#ffff00",
    "#00ffff",
    "#ff00ff",
    "#f3f1ea",
)


def random_pairs(count):
    lot = random.Random(20)
    return [tuple(f"#{lot.randrange(1 << 24):06x}" for _ in "ab") for _ in range(count)]


@pytest.mark.parametrize("pairs", [random_pairs(500), list(product(EXTREMES, repeat=2))], ids=["random", "extremes"])
def test_any_two_colors_make_a_legible_theme(pairs):
    failed = [(pair, check) for pair in pairs for check in theme.checks(theme.derive(*pair)) if not check.passes]
    assert failed == []


def test_the_checks_can_fail():
    roles = theme.derive("#00629b", "#f8485e") | {"action": ("#bbbbbb", "#333333")}
    failed = {check.what for check in theme.checks(roles) if not check.passes}
    assert {"link on page", "link on tint", "button text"} <= failed


def test_a_theme_keeps_the_hue_of_the_brand():
    roles = theme.derive("#ff8800", "#22ccaa")
    assert to_oklch(roles["band"][0])[2] == pytest.approx(to_oklch("#ff8800")[2], abs=0.05)


def test_a_color_that_passes_is_left_as_it_is():
    assert theme.derive("#12355b", "#8ecae6")["band"][0] == "#12355b"
    assert nearest_passing("#12355b", 7, "#ffffff") == "#12355b"


@pytest.mark.parametrize(("color", "ground"), [("#777777", "#ffffff"), ("#777777", "#000000"), ("#ffcd00", "#f3f1ea")])
def test_the_nearest_passing_color_passes_and_is_hardly_more_than_asked(color, ground):
    found = nearest_passing(color, 4.5, ground)
    assert 4.5 <= contrast(found, ground) < 4.9


def test_where_no_lightness_will_do_black_or_white_comes_back():
    assert nearest_passing("#808080", 7, "#808080") in {"#000000", "#ffffff"}


def test_the_style_sheet_is_one_rule_of_custom_properties_in_the_theme_layer():
    css = theme.stylesheet("#00629b", "#f8485e", "poster", ".theme-x")
    assert css.startswith("@layer theme {\n.theme-x {\n")
    assert '--display: "Big Shoulders", var(--text);' in css
    assert css.count("--band:") == 1
    assert css.count("{") == css.count("}") == 2


def test_the_plain_pairing_leaves_the_display_letter_alone():
    assert "--display" not in theme.stylesheet("#00629b", "#f8485e")


def test_a_pairing_nobody_drew_is_refused():
    with pytest.raises(KeyError):
        theme.stylesheet("#00629b", "#f8485e", "comic")


def test_ready_themes_are_legible_and_known_by_different_keys():
    assert len({ready.key for ready in theme.READY_THEMES}) == len(theme.READY_THEMES) >= 5
    for ready in theme.READY_THEMES:
        assert all(check.passes for check in theme.checks(theme.derive(ready.first, ready.second)))
        assert ready.pairing in theme.PAIRINGS
