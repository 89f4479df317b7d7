"""What is read of rich text and blocks."""

from wagtail.blocks import StreamBlock
from wagtail.blocks.stream_block import StreamValue

from portal.core.blocks import BodyStreamBlock
from search.texts import Texts, plain, texts_of


def stream(*children):
    """A body as the database holds it."""
    block: StreamBlock = BodyStreamBlock()
    stored = [{"type": kind, "value": value, "id": str(number)} for number, (kind, value) in enumerate(children)]
    return StreamValue(block, stored, is_lazy=True)


def test_headings_of_rich_text_stand_apart_from_what_they_head():
    texts = Texts()
    texts.add_html('<p>Be<b>fore</b></p><h3 id="x">A &amp; B</h3><ul><li>One</li><li>Two</li></ul><h4>C</h4><p>End</p>')
    assert texts.headings == ["A & B", "C"]
    assert texts.parts == ["Before", "One Two", "End"]


def test_addresses_in_links_are_no_words():
    texts = Texts()
    texts.add_html('<p>See <a href="https://secret.example/?a=1" linktype="page" id="3">this page</a>.</p>')
    assert texts.body == "See this page."


def test_counted_figures_are_left_out():
    assert plain("All {member_cities} members\n  agree") == "All members agree"


def test_blocks_are_read_with_their_titles_as_headings():
    texts = texts_of(
        stream(
            ("heading", "What it costs"),
            ("text", "<p>Little.</p>"),
            (
                "accordion",
                {"answers": [{"type": "item", "id": "1", "value": {"question": "Why?", "answer": "<p>So.</p>"}}]},
            ),
            ("checklist", {"title": "Bring", "lines": [{"type": "item", "id": "2", "value": "Gloves"}, "Water"]}),
            ("quote", {"words": "I came.", "who": "Loretta", "role": ""}),
        )
    )
    assert texts.headings == ["What it costs", "Why?", "Bring"]
    assert texts.parts == ["Little.", "So.", "Gloves", "Water", "I came.", "Loretta"]


def test_tables_are_read_cell_by_cell():
    table = {
        "caption": "A crew",
        "columns": [{"type": "text", "heading": "Item"}, {"type": "number", "heading": "Pieces"}],
        "rows": [{"values": ["Shovels", 8]}],
    }
    assert texts_of(stream(("table", {"table": table, "source": "We counted"}))).parts == [
        "A crew", "Item", "Pieces", "Shovels", "We counted",
    ]  # fmt: skip


def test_links_choices_and_what_no_block_knows_are_left_out():
    call = {
        "title": "Join",
        "text": "Now",
        "links": [{"type": "item", "id": "1", "value": {"text": "Press", "address": "/x/"}}],
    }
    texts = texts_of(
        stream(("call_to_action", call), ("notice", {"kind": "warn", "title": "Rain", "text": ""}), ("gone", "?"))
    )
    assert texts.headings == ["Join", "Rain"]
    assert texts.parts == ["Now"]
