"""Themes: any two colors give a legible site, by day and by night."""

import random
import re
from itertools import product

import pytest

from portal.core import theme
from portal.core.colors import WHITE, as_hex, contrast, is_hex, nearest_passing, to_oklch
from portal.core.theme import PAPER, STONE, Theme

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


@pytest.mark.slow
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


@pytest.mark.slow
@pytest.mark.parametrize("wishes", [(), ("band",), ("action",), ("band", "action")], ids="-".join)
def test_any_two_colors_are_legible_as_sent_in_every_scheme_and_with_every_wish(wishes):
    """What is proven is the text of the style sheet; wishes are colors of any kind, refused ones too."""
    lot = random.Random(str(wishes))
    pairs = random_pairs(200) + lot.sample(list(product(EXTREMES, repeat=2)), 40)
    failed = []
    for first, second in pairs:
        wished = {name: lot.choice((f"#{lot.randrange(1 << 24):06x}", lot.choice(EXTREMES))) for name in wishes}
        for scheme in theme.SCHEMES:
            made = Theme(first, second, scheme=scheme, **wished)
            sent = theme.stylesheet(made)
            checked = list(theme.checks(roles_in(sent), wished_band="band" in wishes))
            assert len(checked) == 26
            assert ("color-scheme" in sent) == (scheme != "both")
            failed += [(made, check) for check in checked if not check.passes]
    assert failed == []


def roles_in(sent):
    """Reads the style sheet as a browser does: a color by day and one by night for each property."""
    found = re.findall(r"--([a-z-]+): (?:light-dark\((#\w{6}), (#\w{6})\)|(#\w{6}));", sent)
    return {name: (day or both, night or both) for name, day, night, both in found}


def test_the_style_sheet_is_one_rule_of_custom_properties_in_the_theme_layer():
    css = theme.stylesheet(Theme("#00629b", "#f8485e", "poster"), ".theme-x")
    assert css.startswith("@layer theme {\n.theme-x {\n")
    assert '--display: "Big Shoulders", var(--text);' in css
    assert css.count("--band:") == 1
    assert css.count("{") == css.count("}") == 2


def test_the_plain_pairing_leaves_the_display_letter_alone():
    assert "--display" not in theme.stylesheet(Theme("#00629b", "#f8485e"))


def test_one_scheme_alone_is_said_to_the_browser():
    assert "  color-scheme: light;\n" in theme.stylesheet(Theme("#00629b", "#f8485e", scheme="light"))
    assert "  color-scheme: dark;\n" in theme.stylesheet(Theme("#00629b", "#f8485e", scheme="dark"))
    assert "color-scheme" not in theme.stylesheet(Theme("#00629b", "#f8485e"))
    assert Theme("#00629b", "#f8485e").color_scheme == "light dark"


BAD = ("red", "#FFF", "#12345", "#1234567", "#12345g", "#123456;}", "}</style><script>", '"', "#٠٠٠٠٠٠", " #123456", "")


@pytest.mark.parametrize("junk", [*BAD, "#123456\n"])
@pytest.mark.parametrize("field", ["first", "second", "band", "action", "pairing", "scheme"])
def test_nothing_unchecked_becomes_a_theme(field, junk):
    values = {"first": "#00629b", "second": "#f8485e", field: junk}
    if junk or field in ("first", "second", "pairing", "scheme"):
        with pytest.raises(ValueError, match=r"color|drew"):
            Theme(**values)


@pytest.mark.parametrize(
    ("typed", "color"),
    [("#ABC", "#aabbcc"), ("abc", "#aabbcc"), (" #12355B\n", "#12355b"), ("12355b", "#12355b"), ("#12355b", "#12355b")],
)
def test_people_may_type_a_color_as_they_know_it(typed, color):
    assert as_hex(typed) == color
    assert is_hex(color)


@pytest.mark.parametrize("typed", ["", "red", "#12", "#1234", "12345", "##123456", "#12355b;", "rgb(1,2,3)", "#１２３"])
def test_what_is_no_color_is_not_taken_for_one(typed):
    assert as_hex(typed) == ""
    assert not is_hex(typed)


def test_a_wish_that_can_be_read_is_taken_as_it_is():
    roles = theme.roles(Theme("#00629b", "#f8485e", band="#6b3a12", action="#a51c2b"))
    assert (roles["band"][0], roles["action"][0]) == ("#6b3a12", "#a51c2b")


def test_a_wish_decides_the_night_too():
    roles = theme.roles(Theme("#00629b", "#f8485e", band="#6b3a12", action="#a51c2b"))
    assert to_oklch(roles["band"][1])[2] == pytest.approx(to_oklch("#6b3a12")[2], abs=0.1)
    assert to_oklch(roles["action"][1])[2] == pytest.approx(to_oklch("#a51c2b")[2], abs=0.1)


def test_a_pale_wish_is_refused_with_a_color_that_passes():
    refusal = theme.action_refusal("#ffd23f", "#12355b")
    assert refusal is not None
    assert (round(refusal.ratio, 1), refusal.least, refusal.ground) == (1.4, 4.5, PAPER)
    assert theme.action_refusal(refusal.nearest, "#12355b") is None
    assert contrast(refusal.nearest, WHITE) < 5.6


def test_a_link_color_has_to_be_readable_on_the_second_ground_too():
    refusal = theme.action_refusal("#767676")
    assert refusal is not None
    assert contrast("#767676", PAPER) >= 4.5
    assert refusal.ground == STONE


def test_every_refusal_offers_a_color_that_is_taken():
    lot = random.Random(7)
    refused = 0
    for color in [f"#{lot.randrange(1 << 24):06x}" for _ in range(200)] + list(EXTREMES):
        first = f"#{lot.randrange(1 << 24):06x}"
        for refusal in (theme.band_refusal(color), theme.action_refusal(color, first)):
            if refusal is not None:
                refused += 1
                assert refusal.ratio < refusal.least
                assert theme.band_refusal(refusal.nearest) is None
        link = theme.action_refusal(color, first)
        assert link is None or theme.action_refusal(link.nearest, first) is None
    assert refused > 100


def test_the_browsers_own_bars_follow_the_scheme():
    day, night = theme.theme_colors(Theme("#00629b", "#f8485e"))
    assert day != night
    assert theme.theme_colors(Theme("#00629b", "#f8485e", scheme="light")) == (day, day)
    assert theme.theme_colors(Theme("#00629b", "#f8485e", scheme="dark")) == (night, night)


def test_ready_themes_are_legible_and_known_by_different_keys():
    assert len({ready.key for ready in theme.READY_THEMES}) == len(theme.READY_THEMES) >= 5
    for ready in theme.READY_THEMES:
        made = Theme(ready.first, ready.second, ready.pairing)
        assert all(check.passes for check in theme.checks(theme.roles(made)))
