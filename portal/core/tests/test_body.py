"""A body of blocks: sections, headings, one filled button, figures counted once."""

import pytest

from portal.core import figures
from portal.core.blocks import contents
from portal.core.tests.bodies import body, make_image, render

pytestmark = pytest.mark.usefixtures("bridges")


def test_headings_get_stable_ids_that_are_unique_on_the_page():
    value = body(
        ("heading", "Costs"), ("heading", "Costs"), ("heading", "Costs 2"), ("heading", "¿Qué pasa?"), ("heading", "…")
    )
    assert contents(value) == [
        ("on-costs", "Costs"),
        ("on-costs-2", "Costs"),
        ("on-costs-2-2", "Costs 2"),
        ("on-que-pasa", "¿Qué pasa?"),
        ("on-section", "…"),
    ]
    html = render(value)
    assert all(html.count(f'id="{anchor}"') == 1 for anchor, _text in contents(value))


def test_no_heading_level_is_skipped():
    cards = ("cards", {"cards": [{"title": "Trees"}]})
    html = render(body(cards, ("heading", "Ways to help"), cards))
    assert html.index('<h2 class="item-name">Trees') < html.index("<h2 id=") < html.index('<h3 class="item-name">Trees')


def test_only_the_first_call_to_action_has_a_filled_button():
    call = (
        "call_to_action",
        {"title": "Sign", "links": [{"text": "Go", "address": "/a/"}, {"text": "Or", "address": "/b/"}]},
    )
    html = render(body(call, call))
    assert html.count('class="button"') == 1
    assert html.count('class="button button-quiet"') == 3


def test_folds_put_headings_into_the_margin():
    html = render(body(("text", "<p>Before.</p>"), ("heading", "Costs"), ("text", "<p>After.</p>")), layout="folds")
    assert html.count('class="fold"') == 2
    assert '<section class="fold" aria-labelledby="on-costs">' in html
    assert html.index("fold-name") < html.index('on-costs">Costs') < html.index("After.")


def test_figures_in_words_are_counted_once_for_a_whole_body():
    asked = []
    figures.register_figure("test_asked", "asked", lambda: asked.append(1) or 7)
    try:
        html = render(
            body(
                ("heading", "{test_asked} bridges"),
                ("text", "<p>All <b>{test_asked}</b> stand; {test_gone} fell.</p>"),
                ("statistics", {"figures": [{"figure": "test_asked"}]}),
            )
        )
    finally:
        figures.unregister_figure("test_asked")
    assert asked == [1]
    assert "7 bridges" in html
    assert "<b>7</b> stand;  fell." in html
    assert "<dd>7</dd>" in html


def test_words_are_escaped():
    html = render(body(("heading", "<script>x</script>"), ("quote", {"words": "<i>a</i>", "who": "<b>"})))
    assert "<script>" not in html
    assert "<i>" not in html


def test_pictures_of_a_body_take_no_more_queries_when_there_are_more(db, django_assert_num_queries):
    blocks = [
        ("image", {"image": {"image": make_image(title=f"Pier {n}"), "alt_text": "A pier", "decorative": False}})
        for n in range(4)
    ]
    render(body(*blocks))  # makes the sizes
    for count in (1, 4):
        with django_assert_num_queries(2):
            render(body(*blocks[:count]))
