"""Social cards: the right size, in our own letter, and every title fits."""

import io
from dataclasses import replace

import pytest
from PIL import Image

from portal.core import flags, social
from portal.core.flag_bearers import FlagBearer
from portal.core.social_views import Card

TULSA = FlagBearer("Tulsa", "OK", "#00629b", "#f8485e")
LONG = "What to do when the mayor has not signed yet: a guide for neighbors with little time and a lot of will to help"


def test_a_card_is_a_png_of_1200_by_630():
    picture = Image.open(io.BytesIO(social.card_png(social.card_svg("Cool roofs", kicker="Blueprint"))))
    assert picture.format == "PNG"
    assert picture.size == (1200, 630)


def test_the_title_is_really_drawn():
    """Without its font the card would come out with no letters at all."""
    with_title = Image.open(io.BytesIO(social.card_png(social.card_svg("Cool roofs")))).convert("RGB")
    without = Image.open(io.BytesIO(social.card_png(social.card_svg("")))).convert("RGB")
    title_area = (60, 190, 1140, 500)
    assert without.crop(title_area).getcolors() == [(1080 * 310, (16, 19, 22))]
    assert len(with_title.crop(title_area).getcolors(maxcolors=4096)) > 10


@pytest.mark.parametrize("title", ["Tulsa", "Cool roofs: paint a block white in one weekend", LONG, "W" * 80, ""])
@pytest.mark.parametrize("room", [(560, 400), (1056, 250)], ids=["beside a flag", "over the ribbon"])
def test_every_title_fits_into_four_lines(title, room):
    width, height = room
    fitted = social.fit(title, width, height)
    assert len(fitted.lines) <= 4
    assert len(fitted.lines) * fitted.size * social.LEADING <= height
    assert all(social.text_width(line, fitted.size) <= width for line in fitted.lines)


def test_a_short_title_is_larger_than_a_long_one():
    assert social.fit("Tulsa", 1056, 300).size > social.fit(LONG, 1056, 300).size


def test_a_title_that_fits_is_not_cut():
    assert " ".join(social.fit(LONG, 1056, 300).lines) == LONG


def test_a_title_too_long_for_any_size_ends_in_an_ellipsis():
    assert social.fit(LONG * 4, 560, 250).lines[-1].endswith("…")


def test_one_flag_flies_from_a_pole_and_several_make_a_ribbon():
    flag = flags.drawing("Tulsa", "OK", "#00629b", "#f8485e")
    assert social.card_svg("Tulsa", flags=[TULSA]).count(flag) == 1
    assert social.card_svg("Two cities", flags=[TULSA, FlagBearer("Yuma", "AZ")]).count(flag) == social.RIBBON_FLAGS / 2


def test_a_flag_without_colors_gets_the_ones_its_name_gives():
    colors = flags.default_colors("Yuma", "AZ")
    assert flags.drawing("Yuma", "AZ", *colors) in social.card_svg("Yuma", flags=[FlagBearer("Yuma", "AZ")])


def test_what_people_type_cannot_break_the_drawing():
    svg = social.card_svg("Salt & <pepper>", kicker='"quoted"', language='"><b>')
    assert "Salt &amp; &lt;pepper&gt;" in svg
    assert Image.open(io.BytesIO(social.card_png(svg))).size == (1200, 630)


def test_a_card_tells_flags_apart_by_what_is_drawn_and_nothing_else():
    card = Card("Tulsa", "", (TULSA,), "en")
    assert card.digest == Card("Tulsa", "", (FlagBearer.of(TULSA),), "en").digest
    assert card.digest != Card("Tulsa", "", (replace(TULSA, flag_emblem="sun"),), "en").digest


def test_a_missing_color_gives_way_to_the_two_that_the_name_gives():
    assert TULSA.colors == ("#00629b", "#f8485e")
    assert replace(TULSA, color_second="").colors == flags.default_colors("Tulsa", "OK")
