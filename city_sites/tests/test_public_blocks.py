"""The blocks of a city's home: what they show, what they refuse, how they are translated and previewed."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import StreamFieldSegmentExtractor
from wagtail_localize.segments.ingest import StreamFieldSegmentsWriter

from city_sites.blocks import CityHomeStreamBlock
from city_sites.factories import city_site, spanish_home
from city_sites.home_sections import home_sections
from city_sites.templatetags.city_sites import percent_of
from home.factories import stories_index, story
from home.models import HomePage, IndexPage

BODY = CityHomeStreamBlock()
BODY.set_name("body")
OWN = ("latest", "goal", "ways", "ask")


def value_of(*blocks):
    """A body as the field holds it after saving and loading."""
    value = BODY.to_python([])
    value.extend(blocks)
    return BODY.to_python(BODY.get_prep_value(value))


def publish(home, *blocks, **fields):
    home.body = list(blocks)
    for name, value in fields.items():
        setattr(home, name, value)
    home.save_revision().publish()
    return home


def soup_of(client, home):
    return BeautifulSoup(client.get(home.url).content, "html.parser")


def latest(**fields):
    return ("latest", {"what": "stories", "title": "What neighbors did", "count": 3, **fields})


GOAL = {"title": "Shade", "label": "163 stops shaded", "goal": "400 by October 2028", "value": 163, "target": 400}


def test_latest_shows_the_newest_of_the_city_and_what_is_told_of_it_nationally(client, tulsa):
    index = IndexPage.objects.descendant_of(tulsa).get()
    own = story(index, title="Ours", date="2026-05-02")
    told = story(stories_index(HomePage.objects.get(locale=tulsa.locale)), title="Told of us", city=tulsa.city)
    boise = city_site("Boise", "ID")
    story(IndexPage.objects.descendant_of(boise).get(), title="Theirs", city=tulsa.city, date="2026-06-01")
    story(index, title="Older", date="2025-01-01")
    soup = soup_of(client, publish(tulsa, latest(count=2, text="Come along.")))
    fold = soup.select_one("section.fold:has(.rows)")
    assert [a["href"] for a in fold.select(".row-title a")] == [told.url, own.url]
    assert "Come along." in fold.select_one(".fold-name").get_text()
    more = fold.select_one(".fold-name a")
    assert (more.get_text(strip=True), more["href"]) == ("All stories", index.url)


def test_latest_that_shows_all_there_is_offers_no_more(client, tulsa):
    story(IndexPage.objects.descendant_of(tulsa).get(), title="Ours")
    assert not soup_of(client, publish(tulsa, latest())).select(".fold-name a")


def test_draft_and_private_stories_are_not_latest(client, tulsa):
    index = IndexPage.objects.descendant_of(tulsa).get()
    story(index, title="Draft").unpublish()
    story(index, title="Private").view_restrictions.create(restriction_type="login")
    soup = soup_of(client, publish(tulsa, latest()))
    assert not soup.select(".row-title a")
    assert soup.select_one("main .empty")


@pytest.mark.parametrize("what", ["stories", "opportunities", "guides", "jobs", "gone"])
def test_latest_without_entries_says_so_and_gives_two_ways_on(client, tulsa, what):
    fold = soup_of(client, publish(tulsa, latest(what=what))).select_one("section.fold")
    assert fold.h2.get_text(strip=True) == "What neighbors did"
    assert len(fold.select(".empty a")) == 2
    assert fold.select_one(".empty .row-title").get_text(strip=True)


def test_spanish_home_lists_spanish_stories(client, tulsa):
    index = IndexPage.objects.descendant_of(tulsa).get()
    english = story(index, title="Redbuds")
    spanish = spanish_home(publish(tulsa, latest()))
    assert not soup_of(client, spanish).select(".row-title a")
    index.copy_for_translation(spanish.locale).save_revision().publish()
    translated = english.copy_for_translation(spanish.locale)
    translated.title = "Árboles"
    translated.save_revision().publish()
    assert [a.get_text(strip=True) for a in soup_of(client, spanish).select(".row-title a")] == ["Árboles"]


def test_spanish_story_of_the_national_site_is_not_told_on_the_english_home(client, tulsa):
    national = HomePage.objects.get(locale__language_code="es")
    story(stories_index(national), title="Árboles en Tulsa", city=tulsa.city)
    assert not soup_of(client, publish(tulsa, latest())).select(".row-title a")


def test_goal_says_in_words_what_the_bar_shows(client, tulsa):
    fold = soup_of(client, publish(tulsa, ("goal", GOAL))).select_one("section.initiative")
    bar = fold.progress
    named = fold.select_one(f"#{bar['aria-labelledby']}").get_text(" ")
    assert "163 stops shaded" in named
    assert "Goal: 400 by October 2028" in " ".join(named.split())
    assert (bar["value"], bar["max"]) == ("41", "100")


@pytest.mark.parametrize(
    ("value", "target", "percent"), [(0, 10, 0), (1, 1000, 1), (999, 1000, 99), (10, 10, 100), (15, 10, 100), (5, 0, 0)]
)
def test_bar_is_never_full_before_the_goal_nor_empty_after_the_start(value, target, percent):
    assert percent_of(value, target) == percent


def test_ask_shows_the_office_and_leads_to_the_contact_page(client, tulsa):
    contact = tulsa.get_children().get(slug="contact")
    home = publish(
        tulsa, ("ask", {"title": "Ask a person", "text": "Anything."}), contact_lines="City Hall", contact_phone="311"
    )
    fold = soup_of(client, home).select_one("section.fold-2")
    assert "City Hall" in fold.get_text()
    assert fold.select_one("a[href='tel:311']")
    assert fold.select_one(".button")["href"] == contact.url


def test_ask_leads_where_its_own_link_says(client, tulsa):
    link = {"text": "Name a house", "address": "https://tulsa.example/"}
    home = publish(tulsa, ("ask", {"title": "Ask", "links": [link]}))
    assert soup_of(client, home).select_one("section.fold-2 .button")["href"] == "https://tulsa.example/"


def test_ways_stand_under_their_heading(client, tulsa):
    page = tulsa.get_children().get(slug="opportunities")
    way = {"pictogram": "tree", "name": "Trees and parks", "note": "12 shifts", "link": {"text": "x", "page": page}}
    fold = soup_of(client, publish(tulsa, ("heading", "Pick your work"), ("ways", {"ways": [way]}))).select_one(
        "main section"
    )
    assert fold.h2.get_text(strip=True) == "Pick your work"
    link = fold.select_one(".pictos a")
    assert link["href"] == page.url
    assert "Trees and parks" in link.get_text()


def test_way_whose_page_is_gone_is_still_named(client, tulsa):
    page = tulsa.get_children().get(slug="jobs").specific
    way = {"pictogram": "tree", "name": "Trees", "link": {"text": "x", "page": page}}
    publish(tulsa, ("ways", {"ways": [way]}))
    page.unpublish()
    soup = soup_of(client, tulsa)
    assert "Trees" in soup.select_one(".pictos").get_text()
    assert not soup.select(".pictos a")


# Folds


def kinds(*blocks):
    return [
        (section.fold.block_type if section.fold else "", bool(section.heading), len(section.pieces), section.ground)
        for section in home_sections(value_of(*blocks))
    ]


def test_blocks_with_a_title_of_their_own_are_folds_of_their_own(db):
    found = kinds(
        ("text", "<p>First.</p>"), latest(), ("heading", "Ways"), ("ways", {"ways": []}), ("goal", GOAL),
        ("text", "<p>After.</p>"), ("ask", {"title": "Ask"}),
    )  # fmt: skip
    assert found == [
        ("", False, 1, ""), ("latest", False, 0, ""), ("", True, 1, ""), ("goal", False, 0, "initiative"),
        ("", False, 1, ""), ("ask", False, 0, "fold-2"),
    ]  # fmt: skip


def test_no_two_tinted_grounds_touch(db):
    grounds = [ground for *_rest, ground in kinds(("goal", GOAL), ("ask", {"title": "A"}), ("ask", {"title": "A"}))]
    assert grounds == ["initiative", "", "fold-2"]


def test_titles_that_are_the_same_have_addresses_of_their_own(client, tulsa):
    soup = soup_of(client, publish(tulsa, latest(), latest(), ("heading", "What neighbors did")))
    ids = [tag["id"] for tag in soup.select("[id]")]
    assert len(ids) == len(set(ids))


# What editors are told


def refused(name, value):
    with pytest.raises(ValidationError) as error:
        BODY.child_blocks[name].clean(BODY.child_blocks[name].normalize(value))
    return error.value


def test_goal_whose_words_say_another_number_is_refused(db):
    assert "label" in refused("goal", {**GOAL, "value": 164}).block_errors
    BODY.child_blocks["goal"].clean(
        BODY.child_blocks["goal"].normalize({**GOAL, "value": 1163, "label": "1,163 stops shaded"})
    )


def test_ways_need_one(db):
    assert "ways" in refused("ways", {"ways": []}).block_errors


@pytest.mark.parametrize("count", [0, 7])
def test_latest_shows_one_to_six(db, count):
    assert "count" in refused("latest", latest(count=count)[1]).block_errors


def test_way_needs_no_second_name_for_its_link(db):
    ways = BODY.child_blocks["ways"]
    value = ways.normalize({"ways": [{"name": "Trees", "link": {"address": "/parks/"}}]})
    assert ways.clean(value)["ways"][0]["link"]["text"] == "Trees"


@pytest.mark.parametrize("name", OWN)
def test_every_block_can_be_previewed_by_an_editor(admin_client, name):
    block = BODY.child_blocks[name]
    response = admin_client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
    assert response.status_code == 200
    soup = BeautifulSoup(response.content, "html.parser")
    value = block.get_preview_value()
    words = value.get("title") or value["ways"][0]["name"]
    assert words in soup.main.get_text(" ")
    assert block.label
    assert block.meta.description
    assert not soup.select(".empty")


# Translation


def test_every_word_can_be_translated_and_numbers_and_choices_are_left_alone(db):
    body = value_of(*((name, BODY.child_blocks[name].get_preview_value()) for name in OWN))
    segments = StreamFieldSegmentExtractor(None).handle_stream_block(body)
    texts = {segment.render_text() for segment in segments if isinstance(segment, StringSegmentValue)}
    assert {
        "What neighbors did", "With what it cost, and what went wrong first.", "163 stops shaded",
        "400 by October 2028", "Trees and parks", "An hour a week", "Ask a person", "Write to us",
    } <= texts  # fmt: skip
    assert not {"stories", "tree", "163", "400", "2"} & texts


def test_translation_comes_back_into_every_block(tulsa):
    body = value_of(*((name, BODY.child_blocks[name].get_preview_value()) for name in OWN))
    body = BODY.to_python(
        [
            {**child, "id": f"0000000{number}-0000-0000-0000-000000000000"}
            for number, child in enumerate(body.get_prep_value())
        ]
    )
    spanish = Locale.objects.get(language_code="es")
    segments = [
        segment.with_order(order)
        for order, segment in enumerate(StreamFieldSegmentExtractor(None).handle_stream_block(body))
        if not segment.is_empty()
    ]
    translated = [
        StringSegmentValue(s.path, f"ES {s.render_text()}", attrs=s.attrs, order=s.order)
        if isinstance(s, StringSegmentValue)
        else s
        for s in segments
    ]
    value = StreamFieldSegmentsWriter(None, tulsa.locale, spanish).handle_stream_block(body, translated)
    html = BODY.render(BODY.to_python(BODY.get_prep_value(value)), {})
    for words in ("ES What neighbors did", "ES 163 stops shaded", "ES Trees and parks", "ES Write to us"):
        assert words in html
    assert 'value="41"' in html
