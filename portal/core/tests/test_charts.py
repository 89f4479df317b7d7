"""Charts drawn on the server."""

from decimal import Decimal

import pytest
from bs4 import BeautifulSoup

from portal.core.charts import BOTTOM, TOP, Bar, column_chart


def svg(bars):
    return BeautifulSoup(column_chart(bars, name="Trees <by> month"), "html.parser")


def test_the_highest_bar_nearly_fills_the_picture_and_the_others_follow():
    found = svg([Bar("Jan", 50, "50"), Bar("Feb", Decimal(100), "100"), Bar("Mar", 0, "0")])
    heights = [float(rect["height"].rstrip("%")) for rect in found.select("rect")]
    assert heights == [(BOTTOM - TOP) / 2, BOTTOM - TOP, 0]
    feet = [float(rect["y"].rstrip("%")) + float(rect["height"].rstrip("%")) for rect in found.select("rect")]
    assert feet == [BOTTOM] * 3


def test_what_people_wrote_cannot_break_out_of_the_picture():
    found = svg([Bar("<script>", 1, '"><script>alert(1)</script>')])
    assert not found.select("script")
    assert found.svg["aria-label"] == "Trees <by> month"


@pytest.mark.parametrize("value", [Decimal("0.01"), 1, 99, 101, 12345, Decimal("99999999.99")])
def test_no_bar_stands_out_of_the_picture(value):
    top = min(float(rect["y"].rstrip("%")) for rect in svg([Bar("a", value, "x"), Bar("b", 0, "0")]).select("rect"))
    assert top >= TOP - 0.01


def test_nothing_to_draw_draws_nothing():
    assert column_chart([], name="x") == ""


def test_a_chart_needs_no_style_of_its_own():
    assert not svg([Bar("Jan", 1, "1")]).select("[style], style")
