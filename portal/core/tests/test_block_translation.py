"""Every word of every block can be translated with wagtail-localize, and comes back."""

import pytest
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import StreamFieldSegmentExtractor
from wagtail_localize.segments.ingest import StreamFieldSegmentsWriter

from portal.core.tests.bodies import BODY, NAMES, body, make_image, render, stored, table

pytestmark = pytest.mark.usefixtures("bridges")


def everything():
    """A body with every block, as it lies in the database."""
    blocks = [(name, BODY.child_blocks[name].get_preview_value()) for name in NAMES]
    picture = {
        "image": {"image": make_image(), "alt_text": "A pier at low tide", "decorative": False},
        "caption": "Pier",
    }
    feature = {"title": "A pier", "text": "<p>Fixed.</p>", "image": picture["image"]}
    blocks = [(name, picture if name == "image" else value) for name, value in blocks if name != "downloads"]
    return body(*blocks, ("feature", feature))


def texts_of(segments):
    return [segment.render_text() for segment in segments if isinstance(segment, StringSegmentValue)]


@pytest.mark.django_db
def test_every_word_of_every_block_can_be_translated():
    texts = texts_of(StreamFieldSegmentExtractor(None).handle_stream_block(everything()))
    for words in (
        "What the first ninety days look like",  # heading
        "What we ask for",  # rich text
        "A pier at low tide",  # alternative text
        "Loretta M.",
        "Ask for the brief",  # a link in a list
        "Find a route",  # a link in an entry of a list
        "Does our council have to vote first?",
        "Name the person who answers for it",
        "Three weeks",
        "In the van before you leave",
        "Twelve vests and a box of gloves in three sizes",  # a plain list
        "What one Saturday crew needs",  # a table's caption
        "Gloves, pairs",
        "For 40 people",
        "Amina Yusuf",
        "Read how they set it up",  # a link in a block
        "How one block got ready for the flood",
        "Bring your own water this Saturday",
    ):
        assert words in texts, words


@pytest.mark.django_db
def test_addresses_and_choices_are_not_words_to_translate():
    texts = texts_of(StreamFieldSegmentExtractor(None).handle_stream_block(everything()))
    assert not {"/cities/", "https://vimeo.com/76979871", "amina@cities.example", "warn", "MN", "Duluth"} & set(texts)


@pytest.mark.django_db
def test_a_translation_comes_back_into_every_block(languages):
    home, spanish = languages
    original = everything()
    segments = [
        segment.with_order(order)
        for order, segment in enumerate(StreamFieldSegmentExtractor(None).handle_stream_block(original))
        if not segment.is_empty()
    ]
    translated = [
        StringSegmentValue(s.path, f"ES {s.render_text()}", attrs=s.attrs, order=s.order)
        if isinstance(s, StringSegmentValue)
        else s
        for s in segments
    ]
    value = StreamFieldSegmentsWriter(None, home.locale, spanish).handle_stream_block(stored(original), translated)
    html = render(stored(value))
    for words in (
        "ES Loretta M.",
        "ES Gloves, pairs",
        "ES Find a route",
        "ES A pier at low tide",
        "ES What we ask for",
        "ES For 40 people",
    ):
        assert words in html
    assert 'href="/cities/"' in html
    assert "notice-warn" in html


def test_words_of_a_table_keep_their_translation_when_rows_move():
    cells = BODY.child_blocks["table"].child_blocks["table"]
    rows = [{"values": ["Elm"]}, {"values": ["Oak"]}]
    before = cells.to_python(table(rows=rows)["table"])
    after = cells.to_python(table(rows=[{"values": ["Ash"]}, *reversed(rows)])["table"])
    segments = [
        StringSegmentValue(s.path, {"Elm": "Olmo", "Oak": "Roble"}.get(s.render_text(), s.render_text()))
        for s in cells.get_translatable_segments(before)
    ]
    restored = cells.restore_translated_segments(after, segments)
    assert [row["values"][0] for row in restored.row_data] == ["Ash", "Roble", "Olmo"]
    assert after.row_data[0]["values"] == ["Ash"]
    assert after.row_data[1]["values"] == ["Oak"], "the source is left as it was"


def test_a_block_saved_before_a_field_was_added_can_still_be_translated():
    old = BODY.to_python([{"type": "quote", "id": "q", "value": {"words": "We asked.", "who": "Ana"}}])
    assert texts_of(StreamFieldSegmentExtractor(None).handle_stream_block(old)) == ["We asked.", "Ana", ""]
