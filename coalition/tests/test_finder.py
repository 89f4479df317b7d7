"""Is my city a member?"""

import datetime
import re

import pytest
from django.utils import timezone
from wagtail.models import Page, Site

from coalition.factories import CityFactory
from coalition.gazetteer import places
from coalition.models import City, CityAlias, CityZip
from portal.core import surroundings
from portal.core.surroundings import Surroundings

pytestmark = pytest.mark.django_db
FIND = "/cities/find/"
MOST_QUERIES = 15


@pytest.fixture
def links(monkeypatch):
    """The national site's links, as editors set them."""
    known = {"recruit": "/recruit/", "join": "/join/", "contact": "/contact/"}
    site = Surroundings(name="Cities of Service", home_url="/", links=known)
    monkeypatch.setattr(surroundings, "_finders", [(0, lambda request, page: site)])
    return known


def tulsa(**fields):
    fields = {"member_since": datetime.date(2025, 3, 4), "latitude": 36.15, "longitude": -95.99} | fields
    return CityFactory(name="Tulsa", state="OK", member=True, **fields)


def asked(client, query):
    """The page that somebody who types `query` ends up on."""
    return client.get(FIND, {"q": query}, follow=True)


def text_of(response):
    """What the page says, without markup."""
    main = response.content.decode().partition("<main")[2]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


# One place: its answer has one address


def test_a_member_is_answered_with_yes_since_mayor_and_site(client):
    site = Site.objects.get().root_page.add_child(instance=Page(title="Tulsa Pitches In", slug="tulsa"))
    tulsa(home_page=site, mayor_name="Ann Walker")
    response = asked(client, "tulsa")
    assert response.redirect_chain == [("/cities/find/tulsa-ok/", 302)]
    said = text_of(response)
    assert "Yes. Tulsa, Oklahoma is a member" in said
    assert "Member since March 2025. The mayor is Ann Walker." in said
    assert '<a class="button" href="/tulsa/">Visit Tulsa Pitches In</a>' in response.content.decode()


def test_a_member_without_site_and_mayor_says_so_and_links_nowhere_dead(client):
    tulsa()
    said = text_of(asked(client, "tulsa"))
    assert "We do not have the mayor’s name yet." in said
    assert "The volunteer site of Tulsa is not up yet." in said


def test_a_mayor_whose_term_is_over_is_not_named(client):
    tulsa(mayor_name="Ann Walker", mayor_term_end=timezone.localdate() - datetime.timedelta(days=1))
    assert "Ann Walker" not in text_of(asked(client, "tulsa"))


@pytest.mark.parametrize(
    ("status", "loud", "told"),
    [
        ("pending", "Almost.", "has signed, and we are checking the details"),
        ("lapsed", "Not right now.", "its membership has run out"),
        ("withdrawn", "Not any more.", "has left"),
        ("prospect", "Not yet.", "A mayor joins by signing one page"),
    ],
)
def test_each_status_has_its_answer_and_a_way_on(client, links, status, loud, told):
    CityFactory(name="Norman", state="OK", status=status, member_since=datetime.date(2021, 5, 1))
    response = asked(client, "norman")
    said = text_of(response)
    assert loud in said
    assert told in said
    assert "The flag that is waiting for Norman" in said
    assert links["contact"] in response.content.decode() or links["recruit"] in response.content.decode()


def test_a_city_that_only_the_gazetteer_knows_has_an_answer_too(client, links):
    assert not City.objects.exists()
    response = asked(client, "Norman, OK")
    assert response.redirect_chain == [("/cities/find/norman-ok/", 302)]
    assert "Not yet. Norman, Oklahoma has not joined" in text_of(response)
    assert 'href="/recruit/">Recruit your mayor</a>' in response.content.decode()


def test_links_that_nobody_has_set_are_left_out(client):
    html = asked(client, "Norman, OK").content.decode()
    assert "Recruit your mayor" not in html
    assert 'href=""' not in html


def test_nearest_members_come_with_miles(client):
    tulsa()
    CityFactory(name="Lawton", state="OK", latitude=34.6, longitude=-98.39, member=True)
    CityFactory(name="Boston", state="MA", latitude=42.36, longitude=-71.06, member=True)
    CityFactory(name="Austin", state="TX", latitude=30.27, longitude=-97.74, member=True)
    CityFactory(name="Norman", state="OK", latitude=35.22, longitude=-97.44)
    CityFactory(name="Moore", state="OK", latitude=35.34, longitude=-97.49)
    said = text_of(asked(client, "norman"))
    assert "Nearby and already in: Lawton , 69 miles; Tulsa , 104 miles; Austin, TX , 342 miles." in said
    assert "See the 2 member cities in Oklahoma" in said
    assert "Boston" not in said


def test_the_answer_says_how_a_misspelling_was_read(client):
    tulsa()
    response = asked(client, "tulsaa")
    assert response.redirect_chain == [("/cities/find/tulsa-ok/?typed=tulsaa", 302)]
    assert "You typed “tulsaa”. We read that as Tulsa." in text_of(response)
    assert '<link rel="canonical" href="http://localhost/cities/find/tulsa-ok/">' in response.content.decode()


def test_the_answer_says_where_a_zip_code_is(client):
    city = CityFactory(name="Norman", state="OK")
    CityZip.objects.create(city=city, zip="73019")
    city.save()
    assert "ZIP 73019 is in Norman." in text_of(asked(client, "73019"))


def test_an_address_cannot_claim_that_somebody_typed_something_else(client):
    tulsa()
    said = text_of(client.get("/cities/find/tulsa-ok/", {"typed": "omahaa"}))
    assert "omahaa" not in said
    assert "You typed" not in said


def test_an_alias_leads_to_the_city(client):
    city = tulsa()
    CityAlias.objects.create(city=city, name="Oil Capital")
    city.save()
    assert asked(client, "oil capital").redirect_chain[0][0].startswith("/cities/find/tulsa-ok/")


def test_unknown_address_of_an_answer_is_not_found(client):
    assert client.get("/cities/find/atlantis-zz/").status_code == 404


def test_a_gazetteer_address_of_a_renamed_record_leads_to_the_record(client):
    slug_of = {"boise-id", "boise-city-id"}
    known = asked(client, "Boise").redirect_chain[0][0].split("/")[3]
    other = (slug_of - {known}).pop()
    number = next(place.geonameid for place in places() if place.slug == known)
    CityFactory(name="Boise", state="ID", slug=other, geonameid=number)
    response = client.get(f"/cities/find/{known}/")
    assert (response.status_code, response["Location"]) == (301, f"/cities/find/{other}/")


# Several, none, elsewhere


def test_several_of_a_name_are_asked_back_largest_first(client):
    for state, people in (("IL", 114_394), ("MO", 169_176), ("MA", 155_929), ("OR", 61_851), ("OH", 58_662)):
        CityFactory(name="Springfield", state=state, population=people, member=state == "MO")
    response = asked(client, "springfeild")
    assert response.status_code == 200
    assert not response.redirect_chain
    html = response.content.decode()
    listed = re.findall(r'class="pick"><a [^>]*>Springfield, (\w+)</a><span class="([^"]+)">([^<]+)<', html)
    assert listed[:3] == [
        ("Missouri", "plate plate-guide", "Member"),
        ("Massachusetts", "plate", "Not yet"),
        ("Illinois", "plate", "Not yet"),
    ]
    assert "You typed “springfeild”. We read that as <b>Springfield</b>." in html
    assert '<link rel="canonical" href="http://localhost/cities/find/?q=Springfield">' in html
    assert html.count('r="10"') == len(listed)


def test_unknown_text_gets_kind_words_and_no_place_in_search_engines(client, links):
    response = asked(client, "qwrtzpl")
    said = text_of(response)
    assert response.status_code == 200
    assert "We don’t know that one" in said
    assert "Try the name with its state" in said
    assert '<meta name="robots" content="noindex">' in response.content.decode()
    assert 'href="/contact/"' in response.content.decode()


@pytest.mark.parametrize(
    "query", ["London, UK", "🏙️🏙️", "'; DROP TABLE city; --", "<b>x</b>", "a" * 5000, "\x00", "%", "00000"]
)
def test_any_text_at_all_is_answered(client, query):
    response = asked(client, query)
    assert response.status_code == 200
    assert "<b>x</b>" not in response.content.decode()


def test_a_state_asks_which_city_and_leads_to_its_members(client):
    CityFactory(name="Akron", state="OH", member=True)
    response = asked(client, "ohio")
    said = text_of(response)
    assert "Which city?" in said
    assert "1 city in Ohio is a member" in said
    assert 'href="/cities/?state=OH"' in response.content.decode()


@pytest.mark.parametrize("query", ["74429", "Coweta, OK"])
def test_a_small_town_is_answered_under_its_zip_code(client, links, query):
    tulsa()
    response = asked(client, query)
    assert response.redirect_chain == [("/cities/find/zip/74429/", 302)]
    said = text_of(response)
    assert "Not yet. Coweta, Oklahoma is not on our list" in said
    assert "Tulsa , 2" in said


def test_zip_address_of_a_known_city_leads_to_the_city(client):
    city = tulsa()
    CityZip.objects.create(city=city, zip="74103")
    city.save()
    response = client.get("/cities/find/zip/74103/")
    assert (response.status_code, response["Location"]) == (302, "/cities/find/tulsa-ok/?typed=74103")


@pytest.mark.parametrize("code", ["00000", "tulsa", "7310", "731033"])
def test_zip_address_of_no_zip_code_is_not_found(client, code):
    assert client.get(f"/cities/find/zip/{code}/").status_code == 404


def test_the_bare_question_shows_the_form_and_the_map(client):
    tulsa()
    html = client.get(FIND).content.decode()
    assert 'name="q"' in html
    assert "<title>Tulsa, Oklahoma</title>" in html
    assert "The field was empty" not in html


def test_an_empty_question_says_what_to_do(client):
    assert "The field was empty. Type a city or a ZIP code, then look it up." in text_of(asked(client, "  "))


# Suggestions, cards, sitemap, languages


def test_suggestions_name_place_status_and_address(client):
    tulsa()
    response = client.get("/cities/suggest/", {"q": "tul"})
    assert response.json()["results"][0] == {
        "label": "Tulsa, Oklahoma",
        "hint": "Member",
        "url": "/cities/find/tulsa-ok/",
    }
    assert len(response.json()["results"]) <= 8
    assert "public" in response["Cache-Control"]
    assert "max-age=300" in response["Cache-Control"]


def test_suggestions_for_nothing_are_an_empty_list(client):
    assert client.get("/cities/suggest/").json() == {"results": []}


def test_each_answer_has_a_title_and_a_card_of_its_own(client):
    tulsa()
    html = asked(client, "tulsa").content.decode()
    assert "<title>Yes. Tulsa, Oklahoma is a member | Cities of Service</title>" in html
    card = re.search(r'og:image" content="http://localhost(/cities/find/tulsa-ok/card-\w+\.png)"', html)
    response = client.get(card[1])
    assert response["Content-Type"] == "image/png"
    assert response.content.startswith(b"\x89PNG")
    assert "immutable" in response["Cache-Control"]


def test_an_outdated_card_leads_to_the_current_one_and_an_unknown_city_has_none(client):
    tulsa()
    outdated = client.get("/cities/find/tulsa-ok/card-0000.png")
    assert outdated.status_code == 302
    assert client.get(outdated["Location"]).status_code == 200
    assert client.get("/cities/find/atlantis-zz/card-0000.png").status_code == 404


def test_sitemap_lists_the_answers_for_members_in_both_languages(client):
    tulsa()
    CityFactory(name="Norman", state="OK")
    xml = client.get("/sitemap.xml").content.decode()
    assert "/cities/find/tulsa-ok/</loc>" in xml
    assert "/es/cities/find/tulsa-ok/</loc>" in xml
    assert "norman-ok" not in xml


def test_spanish_question_stays_in_spanish(client):
    tulsa()
    response = client.get("/es/cities/find/", {"q": "tulsa"})
    assert response["Location"] == "/es/cities/find/tulsa-ok/"


@pytest.mark.parametrize(
    "url", ["/cities/find/norman-ok/?typed=normann", "/cities/find/?q=springfield", "/cities/find/?q=ohio"]
)
def test_queries_do_not_grow_with_the_members(client, url, django_assert_max_num_queries):
    tulsa()
    client.get(url)
    with django_assert_max_num_queries(MOST_QUERIES) as few:
        client.get(url)
    before = len(few)
    for number in range(40):
        CityFactory(name=f"Place {number}", state="OH", member=True)
    client.get(url)
    with django_assert_max_num_queries(before):
        client.get(url)
