"""The files of the demo: complete in both languages, and checked before they reach a database."""

import pytest

from portal.demo.services.words import Words, both, names, read

NOT_TEXT = {"kind", "type", "slug", "city", "date", "color", "document", "image", "destination", "page", "figure"}
SHORT = 4  # a name, a place or "No" may be the same in both languages


def texts(value):
    """Every text of a content file as (English, Spanish)."""
    if isinstance(value, dict):
        return [pair for key, part in value.items() if key not in NOT_TEXT for pair in texts(part)]
    if isinstance(value, list) and len(value) == 2 and all(isinstance(part, str) for part in value):
        return [(value[0], value[1])]
    if isinstance(value, list):
        return [pair for part in value for pair in texts(part)]
    return [(value, value)] if isinstance(value, str) else []


TRANSLATED = [
    *names("pages"),
    *names("stories"),
    *names("city_sites/el-paso-tx"),
    *names("city_sites/el-paso-tx/stories"),
    *(name for name in names("guides") if not isinstance(read(name)["title"], str)),
    "kit",
]


@pytest.mark.parametrize("name", TRANSLATED)
def test_no_sentence_is_the_same_in_both_languages(name):
    same = [english for english, spanish in texts(read(name)) if english == spanish and len(english.split()) > SHORT]
    assert same == []


@pytest.mark.parametrize("name", names("stories"))
def test_a_story_is_long_enough_to_learn_from_and_short_enough_to_read(name):
    words = sum(len(english.split()) for english, _spanish in texts(read(name)["body"]))
    assert 250 <= words <= 450


def test_a_text_is_english_and_spanish():
    assert both("Tulsa") == ("Tulsa", "Tulsa")
    assert both(["Join", "Unirse"]) == ("Join", "Unirse")
    with pytest.raises(ValueError, match="English and Spanish"):
        both(["Join"])


def test_prose_is_learned_piece_by_piece():
    words = Words()
    html = words.prose(
        [
            ['Go <a href="page:join">there</a> & sign.', 'Vaya <a href="page:join">allá</a> y firme.'],
            ["- One", "- Uno"],
            ["- Two", "- Dos"],
        ],
        lambda name: f'linktype="page" id="{len(name)}"',
    )
    assert html == '<p>Go <a linktype="page" id="9">there</a> & sign.</p><ul><li>One</li><li>Two</li></ul>'
    assert words.spanish == {
        'Go <a id="a1">there</a> &amp; sign.': 'Vaya <a id="a1">allá</a> y firme.',
        "One": "Uno",
        "Two": "Dos",
    }


def test_one_english_text_cannot_have_two_spanish_ones_on_a_page():
    words = Words()
    words.plain(["Write to us", "Escríbanos"])
    with pytest.raises(ValueError, match="Two Spanish texts"):
        words.plain(["Write to us", "Mándenos un mensaje"])
