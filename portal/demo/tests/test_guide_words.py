"""The guides of the demo: long enough to follow, with what a city worker looks for, and papers that open."""

import io

import openpyxl
import pikepdf
import pytest

from portal.demo.services.kit import paper
from portal.demo.services.words import names, read

GUIDES = [name for name in names("guides") if "steps" in read(name)]
PARTS = ("opening", "steps", "closing")
NOT_WORDS = {"type", "kind", "document", "page", "destination", "for_members"}


def english(value, is_bilingual):
    """Every English text of a part of a file."""
    if isinstance(value, dict):
        return [text for key, part in value.items() if key not in NOT_WORDS for text in english(part, is_bilingual)]
    if isinstance(value, list):
        if is_bilingual and len(value) == 2 and all(isinstance(part, str) for part in value):
            return [value[0]]
        return [text for part in value for text in english(part, is_bilingual)]
    return [value] if isinstance(value, str) else []


def blocks(spec):
    """Kind and value of each block, in steps as well as around them."""
    steps = [block for step in spec["steps"] for block in step["content"]]
    return [*spec["opening"], *steps, *spec["closing"]]


@pytest.mark.parametrize("name", GUIDES)
def test_a_guide_is_between_700_and_1400_words(name):
    spec = read(name)
    texts = english([spec[part] for part in PARTS], not isinstance(spec["title"], str))
    assert 700 <= sum(len(text.split()) for text in texts) <= 1400


@pytest.mark.parametrize("name", GUIDES)
def test_a_guide_has_what_a_city_worker_looks_for(name):
    spec = read(name)
    kinds = [block["type"] for block in blocks(spec)]
    assert 5 <= len(spec["steps"]) <= 8
    assert all(step["who"] and step["duration"] for step in spec["steps"])
    assert {"checklist", "table", "accordion"} <= set(kinds)
    assert all(spec[field] for field in ("summary", "cost", "people", "evidence", "credit", "topics", "tags"))


def test_there_are_enough_guides_and_four_are_in_both_languages():
    assert len(GUIDES) >= 15
    assert sum(not isinstance(read(name)["title"], str) for name in GUIDES) == 4


@pytest.mark.parametrize("language", ["en", "es"])
def test_cards_are_tagged_and_say_their_language(language):
    with pikepdf.open(io.BytesIO(paper(read("kit")["pocket-card"], language))) as pdf:
        assert len(pdf.pages) == 1
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == language
        tags = [str(tag.S) for tag in pdf.Root.StructTreeRoot.K.K]
        assert tags == ["/H1", "/H2", "/L", "/H2", "/L", "/H2", "/L"]
        assert pdf.pages[0].Contents.read_bytes().count(b"BDC") == len(pdf.Root.StructTreeRoot.ParentTree.Nums[1])


def test_nothing_of_a_card_runs_off_the_page():
    for name in ("pocket-card", "call-sheet"):
        for language in ("en", "es"):
            with pikepdf.open(io.BytesIO(paper(read("kit")[name], language))) as pdf:
                rows = [line.split() for line in pdf.pages[0].Contents.read_bytes().splitlines() if b" Tm " in line]
            assert min(float(row[9]) for row in rows) > 36


def test_sheets_open_with_their_headings_and_sums():
    spec = read("kit")["season-budget"]
    page = openpyxl.load_workbook(io.BytesIO(paper(spec, "es"))).worksheets[0]
    assert [cell.value for cell in page[2]] == [column[1] for column in spec["columns"]]
    assert page["E14"].value == "=SUM(E3:E13)"
    assert page["D3"].fill.fgColor.rgb != page["B3"].fill.fgColor.rgb


def test_letters_keep_their_accents():
    rtf = paper(read("kit")["thank-you-letter"], "es")
    assert rtf.startswith(b"{\\rtf1")
    assert b"n\\u250?mero" in rtf
