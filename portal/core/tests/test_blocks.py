"""The block library: every block shows itself and refuses what it cannot use."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.template.loader import get_template
from django.urls import reverse

from portal.core.blocks.examples import ExampleImage
from portal.core.blocks.media import check_film_address, film_host
from portal.core.blocks.text import ProseBlock
from portal.core.stylesheets import stylesheet_url
from portal.core.tests.bodies import BODY, NAMES, body, make_image, render, table

pytestmark = pytest.mark.usefixtures("bridges")


def clean_errors(name, value):
    block = BODY.child_blocks[name]
    with pytest.raises(ValidationError) as caught:
        block.clean(block.normalize(value))
    data = caught.value.as_json_data() if hasattr(caught.value, "as_json_data") else {"messages": caught.value.messages}
    return json.dumps(data, default=str, ensure_ascii=False)


@pytest.mark.parametrize("name", NAMES)
def test_block_shows_a_real_preview(name, db):
    block = BODY.child_blocks[name]
    html = block.render(block.get_preview_value())
    assert len(html.split()) > 3
    assert block.is_previewable


@pytest.mark.parametrize("name", NAMES)
def test_block_picker_shows_the_preview_in_the_site_s_look(name, admin_client):
    block = BODY.child_blocks[name]
    response = admin_client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
    html = response.content.decode()
    assert response.status_code == 200
    assert block.render(block.get_preview_value(), context={"item_level": 2}).strip() in html
    assert stylesheet_url() in html


@pytest.mark.parametrize("name", NAMES)
def test_block_tells_editors_what_it_is(name):
    block = BODY.child_blocks[name]
    assert block.get_description()
    assert block.__class__.__doc__
    assert str(block.meta.group)
    assert get_template(f"wagtailadmin/icons/{block.meta.icon}.svg")
    assert block.meta.icon != "placeholder"


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("image", "downloads")])
def test_preview_is_content_an_editor_could_save(name):
    block = BODY.child_blocks[name]
    block.clean(block.get_preview_value())


@pytest.mark.parametrize("name", NAMES)
def test_new_block_can_be_saved_as_a_draft_and_rendered(name, db):
    block = BODY.child_blocks[name]
    cleaned = block.clean_deferred(block.get_default())
    block.render(cleaned)


def test_code_may_write_a_block_in_part():
    value = body(("quote", {"words": "We asked.", "who": "Ana"}), ("cards", {"cards": [{"title": "One"}]}))
    assert value[0].value["role"] == ""
    assert value[1].value["cards"][0]["link"].url == ""
    assert body(("steps", {}))[0].value["steps"].bound_blocks == []


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("steps", {}, "at least one step"),
        ("accordion", {}, "at least one question"),
        ("cards", {}, "at least one entry"),
        ("checklist", {}, "at least one line"),
        ("statistics", {}, "at least one figure"),
        ("people", {}, "at least one person"),
        ("downloads", {}, "at least one file"),
        ("call_to_action", {"title": "Sign"}, "add one link"),
        ("feature", {"title": "A", "text": "<p>B</p>"}, "name the city whose flag"),
        ("feature", {"title": "A", "text": "<p>B</p>", "flag_city": "Tulsa"}, "two letters of its state"),
        ("feature", {"title": "A", "text": "<p>B</p>", "flag_city": "Tulsa", "flag_state": "Okla"}, "Two letters"),
        ("statistics", {"figures": [{"figure": "12345"}]}, "not one of the available choices"),
        ("heading", "All {test_bridgs} bridges", "no figure named {test_bridgs}"),
        ("film", {"title": "A", "description": "B", "address": "https://example.org/x"}, "Vimeo / YouTube"),
    ],
)
def test_bad_input_gets_a_clear_word(name, value, words):
    assert words in clean_errors(name, value)


def test_a_picture_and_a_flag_are_too_much(db):
    value = {
        "title": "A",
        "text": "<p>B</p>",
        "image": {"image": make_image(), "alt_text": "Pier", "decorative": False},
    }
    assert "not both" in clean_errors("feature", {**value, "flag_city": "Tulsa", "flag_state": "OK"})


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"caption": " "}, "caption"),
        ({"rows": []}, "empty"),
        ({"columns": [], "rows": []}, "empty"),
        ({"columns": [{"type": "text", "heading": ""}]}, "heading"),
    ],
)
def test_a_table_says_what_it_is(changes, words):
    assert words in clean_errors("table", table(**changes))


def test_a_table_names_its_rows_and_lines_up_its_numbers():
    html = render(body(("table", BODY.child_blocks["table"].get_preview_value())))
    assert '<th scope="row">Shovels</th>' in html
    assert '<td data-label="For 12 people" class="num">8</td>' in html
    assert "<caption>What one Saturday crew needs</caption>" in html


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://www.youtube.com/watch?v=x", "YouTube"),
        ("https://youtu.be/x", "YouTube"),
        ("https://player.vimeo.com/video/1", "Vimeo"),
        ("https://notyoutube.com/x", ""),
        ("https://youtube.com.example.org/x", ""),
    ],
)
def test_films_are_on_hosts_we_know(address, host):
    assert film_host(address) == host


def test_a_film_address_must_be_https():
    with pytest.raises(ValidationError):
        check_film_address("http://vimeo.com/1")


def test_a_film_card_loads_nothing_and_says_where_it_leads():
    block = BODY.child_blocks["film"]
    html = block.render(block.get_preview_value())
    assert "Opens Vimeo, which may set cookies" in html
    assert "<iframe" not in html
    assert "<img" not in html


def test_downloads_say_what_they_are():
    block = BODY.child_blocks["downloads"]
    html = block.render(block.get_preview_value()).replace("\xa0", " ")
    assert "(PDF, 2.1 MB, 14 pages, English)" in html
    assert "(XLSX, 18.0 KB, 1 page, English)" in html
    assert 'hreflang="es"' in html


def test_statistics_leave_out_a_figure_nobody_counts_any_more():
    html = render(
        body(("statistics", {"figures": [{"figure": "test_gone"}, {"figure": "test_bridges", "label": "spans"}]}))
    )
    assert html.count("<dt>") == 1
    assert "<dt>spans</dt><dd>12,345</dd>" in html


def test_text_keeps_stress_and_drops_what_could_run():
    block = ProseBlock()
    posted = {
        "blocks": [
            {
                "key": "a",
                "text": "bold italic evil",
                "type": "unstyled",
                "depth": 0,
                "inlineStyleRanges": [
                    {"offset": 0, "length": 4, "style": "BOLD"},
                    {"offset": 5, "length": 6, "style": "ITALIC"},
                ],
                "entityRanges": [{"offset": 12, "length": 4, "key": 0}],
            }
        ],
        "entityMap": {"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": "javascript:alert(1)"}}},
    }
    value = block.value_from_datadict({"text": json.dumps(posted)}, {}, "text")
    assert "<strong>bold</strong> <em>italic</em>" in value.source
    assert "javascript" not in value.source


def test_decoration_has_empty_alternative_text(db):
    image = make_image(title="Pier")
    words = {"image": image, "alt_text": "Low tide", "decorative": False}
    assert 'alt="Low tide"' in render(body(("image", {"image": words})))
    assert 'alt=""' in render(body(("image", {"image": {**words, "decorative": True}})))


def test_a_picture_comes_in_three_widths_and_two_formats(db):
    html = render(body(("image", {"image": {"image": make_image(), "alt_text": "Low tide", "decorative": False}})))
    assert 'type="image/avif"' in html
    assert ".webp" in html
    assert "480w" in html


def test_the_credit_comes_from_the_library_unless_the_block_has_one(db):
    words = {"image": make_image(credit="Ida Brook"), "alt_text": "Low tide", "decorative": False}
    assert "Ida Brook" in render(body(("image", {"image": words})))
    html = render(body(("image", {"image": words, "credit": "Archive"})))
    assert "Archive" in html
    assert "Ida Brook" not in html


def test_the_example_picture_answers_like_one_of_the_library():
    renditions = ExampleImage().get_renditions("width-480|format-webp", "width-960|format-webp")
    assert [rendition.width for rendition in renditions.values()] == [480, 960]
