"""A guide as it is read: whole, step by step, as a checklist, on paper; and what search engines are told of it."""

import json

import pytest
from bs4 import BeautifulSoup
from django.utils import translation
from wagtail.models import Locale

from coalition.factories import CityFactory, on_team
from coalition.models import Role
from home.factories import add_page, national_home
from home.models import StandardPage
from portal.core.blocks.data import TableBlock
from portal.core.models import Topic
from resources import factories
from resources.models import Access, GuidePage, LibraryPage, PlaybookPage

pytestmark = pytest.mark.django_db

MOST_QUERIES = 15
SECRET = "zqxonlymembers"


def step(title, *lines, for_members=False, text="On foot."):
    content = [("text", f"<p>{text}</p>")]
    if lines:
        content.append(("checklist", {"title": "To have ready", "lines": list(lines)}))
    return ("step", {"title": title, "for_members": for_members, "content": content})


@pytest.fixture
def library():
    return factories.library()


@pytest.fixture
def guide(library):
    return factories.guide(
        library,
        format="blueprint",
        cost="$260 a tree",
        credit="The Tulsa city team",
        opening=[("heading", "Why riders come first"), ("text", "<p>A bare stop is hot.</p>")],
        steps=[step("Walk the route", "A map"), step("Call the clerk", for_members=True, text=SECRET), step("Plant")],
        closing=[("heading", "Why riders come first"), ("text", "<p>Nobody comes.</p>")],
    )


@pytest.fixture
def member(client):
    client.force_login(on_team(CityFactory(member=True), Role.AUTHOR))
    return client


def soup_of(client, url, status=200):
    response = client.get(url)
    assert response.status_code == status
    return BeautifulSoup(response.content, "html.parser")


def structured(soup):
    found = (json.loads(tag.string) for tag in soup.select("script[type$='ld+json']"))
    return {item["@type"]: item for item in found}


def test_contents_lead_to_each_part_in_order_and_every_id_is_there_once(client, guide):
    soup = soup_of(client, guide.url)
    links = [link["href"] for link in soup.select(".contents ol a")]
    anchors = ["on-why-riders-come-first", "walk-the-route", "call-the-clerk", "plant"]
    assert links == [f"#{anchor}" for anchor in [*anchors, "after-on-why-riders-come-first"]]
    ids = [tag["id"] for tag in soup.select("[id]")]
    assert len(ids) == len(set(ids))
    assert all(soup.find(id=link.removeprefix("#")) for link in links)
    assert [item["id"] for item in soup.select(".guide-steps > li")] == anchors[1:]
    own_pages = [link["href"] for link in soup.select(".guide-steps .own-page")]
    assert own_pages == [f"{guide.url}steps/{anchor}/" for anchor in anchors[1:]]


def test_no_heading_skips_a_level(client, guide):
    for address in ("", "steps/walk-the-route/", "checklist/", "print/"):
        levels = [
            int(tag.name[1]) for tag in soup_of(client, guide.url + address).select("main :is(h1,h2,h3,h4,h5,h6)")
        ]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(later <= earlier + 1 for earlier, later in zip(levels, levels[1:], strict=False)), (address, levels)


def test_facts_say_what_it_takes(client, guide):
    text = soup_of(client, guide.url).main.get_text(" ", strip=True)
    for words in ("City teams", "$260 a tree", "Written by The Tulsa city team", "CC BY 4.0", "Blueprint"):
        assert words in text


def test_step_has_an_address_with_the_way_back_and_on(client, guide):
    soup = soup_of(client, f"{guide.url}steps/call-the-clerk/")
    assert soup.title.text.startswith("Step 2 of 3: Call the clerk")
    assert soup.select_one("a[rel=prev]")["href"] == f"{guide.url}steps/walk-the-route/"
    assert soup.select_one("a[rel=next]")["href"] == f"{guide.url}steps/plant/"
    assert soup.select_one("link[rel=canonical]")["href"] == f"http://testserver{guide.url}"
    assert soup.select_one("meta[name=robots]")["content"] == "noindex"
    first = soup_of(client, f"{guide.url}steps/walk-the-route/")
    assert first.select_one("a[rel=prev]") is None
    assert soup_of(client, f"{guide.url}steps/plant/").select_one("a[rel=next]") is None


def test_address_of_a_step_stays_when_its_title_changes(client, guide):
    guide.steps[0].value["title"] = "Walk it again"
    guide.save_revision().publish()
    soup = soup_of(client, f"{guide.url}steps/walk-the-route/")
    assert soup.h1.text == "Walk it again"


def test_step_whose_address_was_changed_answers_with_the_new_one(client, guide):
    guide = GuidePage.objects.get(pk=guide.pk)
    guide.steps[0].value["anchor"] = "on-foot"
    del guide.steps[2]
    guide.save_revision().publish()
    moved = client.get(f"{guide.url}steps/walk-the-route/")
    assert (moved.status_code, moved["Location"]) == (302, f"{guide.url}steps/on-foot/")
    gone = client.get(f"{guide.url}steps/plant/")
    assert (gone.status_code, gone["Location"]) == (302, guide.url)


@pytest.mark.parametrize("address", ["steps/never/", "steps/walk_the_route/", "steps/", "nothing/"])
def test_unknown_address_below_a_guide_is_not_found(client, guide, address):
    assert client.get(guide.url + address).status_code == 404


def test_lines_to_tick_are_boxes_with_names(client, guide):
    for address in ("", "steps/walk-the-route/", "checklist/"):
        box = soup_of(client, guide.url + address).select_one("label > input[type=checkbox]")
        assert box.parent.get_text(strip=True) == "A map"


def test_ordinary_page_keeps_its_checklist_for_paper(client):
    body = [("checklist", {"title": "In the van", "lines": ["Vests"]})]
    page = add_page(national_home(), StandardPage(title="Vans", body=body))
    soup = soup_of(client, page.url)
    assert soup.select_one(".checklist li").text == "Vests"
    assert not soup.select("input[type=checkbox]")


def test_checklist_has_every_step_and_every_line(client, guide):
    soup = soup_of(client, f"{guide.url}checklist/")
    names = [heading.get_text(" ", strip=True) for heading in soup.select("main h2")]
    assert names == ["1 Walk the route", "2 Call the clerk", "3 Plant"]
    lines = [label.get_text(strip=True) for label in soup.select("main label")]
    assert lines == ["A map", "Done: Call the clerk", "Done: Plant"]


def test_guide_without_lines_to_tick_has_no_checklist(client, library):
    guide = factories.guide(library, steps=[step("Plant")])
    assert client.get(f"{guide.url}checklist/").status_code == 404
    assert "checklist/" not in client.get(guide.url).content.decode()


def test_paper_gets_the_whole_guide_without_band_or_menu(client, guide):
    soup = soup_of(client, f"{guide.url}print/")
    assert not soup.select(".band, .foot, form")
    text = soup.main.get_text(" ", strip=True)
    for words in ("A bare stop is hot.", "Walk the route", "A map", "Nobody comes.", f"http://testserver{guide.url}"):
        assert words in text
    assert soup.select_one("link[rel=canonical]")["href"] == f"http://testserver{guide.url}"
    assert soup.select_one("meta[name=robots]")["content"] == "noindex"


@pytest.mark.parametrize("address", ["", "steps/call-the-clerk/", "checklist/", "print/"])
def test_members_step_is_a_title_and_a_way_in(client, guide, address):
    response = client.get(guide.url + address)
    assert SECRET not in response.content.decode()
    assert "Call the clerk" in response.content.decode()


@pytest.mark.parametrize("address", ["", "steps/call-the-clerk/", "print/"])
def test_members_read_it_all(member, guide, address):
    assert SECRET in member.get(guide.url + address).content.decode()


def test_guide_for_members_shows_title_summary_and_a_way_in(client, library):
    guide = factories.guide(
        library, access=Access.MEMBERS, cost=f"$5 {SECRET}", evidence=SECRET, steps=[step(SECRET, "A map")]
    )
    page = client.get(guide.url)
    assert page.status_code == 200
    assert guide.summary in page.content.decode()
    assert "Members only" in page.content.decode()
    for address in ("", "print/"):
        assert SECRET not in client.get(guide.url + address).content.decode()
    for address in (f"steps/{SECRET}/", "steps/never/", "checklist/"):
        refused = client.get(guide.url + address)
        assert refused.status_code == 403
        assert f"<h3>{SECRET}" not in refused.content.decode()
    assert "Article" in structured(soup_of(client, guide.url))


def test_search_engines_learn_the_steps_but_no_members_words(client, member, guide):
    soup = soup_of(client, guide.url)
    instructions = structured(soup)["HowTo"]
    assert [each["name"] for each in instructions["step"]] == ["Walk the route", "Call the clerk", "Plant"]
    assert instructions["step"][0]["text"] == "On foot."
    assert "text" not in instructions["step"][1]
    assert SECRET not in json.dumps(instructions)  # though a member asks
    assert soup.find(id=instructions["step"][2]["url"].rpartition("#")[2])


def test_card_says_what_kind_of_guide_it_is_in_its_own_language(guide):
    with translation.override("es"):
        assert guide.get_social_card() == {"kicker": "Blueprint", "flags": ()}


def test_playbooks_around_a_guide_lead_back_and_on(client, library):
    first, second, third = (factories.guide(library, title=title) for title in ("One", "Two", "Three"))
    playbook = factories.playbook(library, [first, second, third])
    soup = soup_of(client, second.url)
    part = soup.select_one("nav.part")
    assert "Part 2 of 3 in Your first year" in part.get_text(" ", strip=True)
    assert [link["href"] for link in part.select("a")] == [playbook.url, first.url, third.url]
    PlaybookPage.objects.get(pk=playbook.pk).unpublish()
    assert soup_of(client, second.url).select_one("nav.part") is None


def test_topics_and_tags_lead_to_the_library(client, library):
    guide = factories.guide(library, topics=[Topic.objects.get(slug="health")], tags=["Shade"])
    links = {link.text: link["href"] for link in soup_of(client, guide.url).select(".about-guide a")}
    assert links == {"Health": f"{library.url}?topic=health", "Shade": f"{library.url}?tag=shade"}


def test_guide_stays_within_the_ceiling_however_long_it_is(client, library, django_assert_max_num_queries):
    linked = [factories.guide(library, title=f"Guide {number}") for number in range(3)]
    links = "".join(f'<a linktype="page" id="{page.pk}">{page.title}</a> ' for page in linked)
    steps = [step(f"Step {number}", "A map", text=links) for number in range(12)]
    guide = factories.guide(library, steps=steps, topics=[Topic.objects.first()], tags=["a", "b"])
    factories.playbook(library, [linked[0], guide, linked[1]])
    client.get(guide.url)
    with django_assert_max_num_queries(MOST_QUERIES):
        response = client.get(guide.url)
    assert response.content.decode().count(f'href="{linked[2].url}"') >= len(steps)


def test_letter_is_shown_as_it_was_written_and_its_button_waits_for_the_script(client, library):
    words = "Dear [name],\n\n  - one <line>\n\nThanks"
    content = [("letter", {"title": "To the principal", "text": words})]
    guide = factories.guide(library, steps=[("step", {"title": "Write", "content": content})])
    letter = soup_of(client, guide.url).select_one("[data-letter]")
    assert letter.select_one(".letter-text").text == words
    assert letter.select_one("button").parent.has_attr("hidden")


@pytest.mark.parametrize("make", [GuidePage, PlaybookPage, LibraryPage])
def test_preview_of_a_page_that_was_never_saved_is_drawn(make):
    response = make(title="Brand new", locale=Locale.objects.get(language_code="en")).make_preview_request()
    assert response.status_code == 200
    assert "Brand new" in response.content.decode()


def test_cell_without_a_word_names_no_row(client, library):
    cells = [{"values": ["", "Optional"]}, {"values": ["Type", "string"]}]
    columns = [{"type": "text", "heading": "Name"}, {"type": "text", "heading": "Need"}]
    table = {"table": {"caption": "Fields", "columns": columns, "rows": cells}, "has_row_names": True}
    content = [("table", TableBlock().to_python(table))]
    guide = factories.guide(library, steps=[("step", {"title": "Look up", "content": content})])
    assert [name.text for name in soup_of(client, guide.url).select("th[scope=row]")] == ["Type"]
