"""Facts in words, and drawings."""

import re

import pytest

from portal.core.flag_bearers import FlagBearer
from portal.core.icons import PICTOGRAMS
from volunteering.art import scene
from volunteering.facts import address_line, ages, ask_url, facts_of, lines
from volunteering.models import OpportunityPage

pytestmark = pytest.mark.django_db  # a page looks up its language

CITY = FlagBearer("Tulsa", "OK")


@pytest.mark.parametrize(
    ("alone", "accompanied", "said"),
    [
        (None, None, ("", "")),
        (16, None, ("16 and up", "")),
        (16, 10, ("16 and up", "From 10 with a grown-up")),
        (16, 0, ("16 and up", "Any age with a grown-up")),
        (0, None, ("Any age", "")),
        (0, 0, ("Any age", "")),
        (12, 12, ("12 and up", "")),
        (None, 8, ("From 8 with a grown-up", "")),
    ],
)
def test_ages(alone, accompanied, said):
    assert ages(OpportunityPage(min_age=alone, min_age_with_adult=accompanied)) == said


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"place": "Library", "address": "1 Elm", "zip": "74104"}, "1 Elm, Tulsa, OK 74104"),
        ({"address": "1 Elm"}, "Tulsa, OK"),
        ({"zip": "74104"}, "Tulsa, OK 74104"),
        ({}, ""),
    ],
)
def test_address(given, said):
    assert address_line(OpportunityPage(**given), CITY) == said


def test_online_needs_no_bus_and_no_ramp():
    names = [fact.name for fact in facts_of(OpportunityPage(is_online=True), CITY, "Tulsa")]
    assert "Bus or train" not in names
    assert "Step-free" not in names
    assert "Sign language" in names


def test_a_note_about_access_counts_as_said():
    found = {fact.name: fact for fact in facts_of(OpportunityPage(step_free_note="Ramp at the back"), CITY, "Tulsa")}
    assert found["Step-free"].value == "Ramp at the back"


def test_who_may_be_asked_by_telephone_only():
    assert ask_url(OpportunityPage(contact_phone="918-555-0142")) == "tel:9185550142"
    assert ask_url(OpportunityPage(contact_email="a@b.example", title="Más & más")) == (
        "mailto:a@b.example?subject=M%C3%A1s%20%26%20m%C3%A1s"
    )


def test_lines_lose_their_dashes():
    assert lines("- Gloves\n\n• A hat \n* \nwater-proof boots") == ["Gloves", "A hat", "water-proof boots"]


@pytest.mark.parametrize("pictogram", [*PICTOGRAMS, "no-such-drawing"])
def test_every_pictogram_has_a_scene_without_inline_style(pictogram):
    drawn = scene(pictogram, "0" * 32)
    assert drawn.count("<svg") == 2
    assert "style=" not in drawn
    assert not re.search(r"#[0-9a-f]{6}", drawn)  # colors are the theme's


def test_scenes_of_many_families_stay_apart():
    assert len({scene("tree", f"{number:032x}") for number in range(40)}) == 40
