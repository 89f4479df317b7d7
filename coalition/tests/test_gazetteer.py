"""The gazetteer's files are sound, and the builder keeps what is a place and leaves out what is not."""

from zoneinfo import available_timezones

import pytest

from coalition import gazetteer
from coalition.gazetteer import build
from coalition.place_index.fold import key, words
from coalition.states import STATES


def entry(name, state, population, number, latitude=40.0, longitude=-90.0, country="US", forms=()):
    return {
        "name": name,
        "admin1code": state,
        "countrycode": country,
        "population": population,
        "geonameid": number,
        "latitude": latitude,
        "longitude": longitude,
        "timezone": "America/Chicago",
        "alternatenames": list(forms),
    }


def test_places_have_one_slug_each_and_are_sorted_by_it():
    slugs = [place.slug for place in gazetteer.places()]
    assert slugs == sorted(set(slugs))
    assert len(slugs) > 850


def test_places_have_a_state_a_position_people_and_a_time_zone():
    zones = available_timezones()
    for place in gazetteer.places():
        assert place.state in STATES, place
        assert 13 < place.latitude < 72, place
        assert -180 < place.longitude < -64, place
        assert place.population > 0, place
        assert place.time_zone in zones, place
        assert place.slug == build.slug_for(place.name, place.state)


@pytest.mark.parametrize(
    "slug",
    ["st-paul-mn", "winston-salem-nc", "new-york-ny", "lexington-ky", "boise-id", "ventura-ca", "port-st-lucie-fl"],
)
def test_places_bear_the_names_people_use(slug):
    assert slug in {place.slug for place in gazetteer.places()}


@pytest.mark.parametrize(
    "slug",
    ["albany-park-il", "west-town-il", "flagami-fl", "east-norwalk-ct", "dorchester-ma", "north-peoria-il", "meads-ky"],
)
def test_parts_of_cities_are_no_places(slug):
    assert slug not in {place.slug for place in gazetteer.places()}


def test_every_alias_belongs_to_a_place_and_stands_once():
    slugs = {place.slug for place in gazetteer.places()}
    seen = set()
    for alias in gazetteer.aliases():
        assert alias.slug in slugs, alias
        assert key(words(alias.name)), alias
        assert (alias.name.casefold(), alias.slug) not in seen, alias
        seen.add((alias.name.casefold(), alias.slug))


def test_parts_name_a_place_of_the_gazetteer():
    slugs = {place.slug for place in gazetteer.places()}
    assert set(build.Review.read().parts) <= slugs


def test_zip_code_gives_its_post_office():
    place = gazetteer.zip_place("74103")
    assert (place.name, place.state) == ("Tulsa", "OK")
    assert place.latitude == pytest.approx(36.15, abs=0.05)
    assert place.longitude == pytest.approx(-95.99, abs=0.05)


def test_zip_codes_of_puerto_rico_are_known():
    assert gazetteer.zip_place("00601").state == "PR"


@pytest.mark.parametrize("code", ["99999", "", "7410", "741033", "abcde", "٧٤١٠٣", "zip", "7410\t"])
def test_what_is_no_zip_code_gives_nothing(code):
    assert gazetteer.zip_place(code) is None


def test_small_towns_are_found_by_their_exact_name():
    assert [town.name for town in gazetteer.towns("hershey", "PA")] == ["Hershey"]
    assert gazetteer.towns("hershey", "OH") == []
    assert gazetteer.towns("charlottesville")[0].state == "VA"


def test_column_names_are_no_town():
    assert gazetteer.towns("name", "state") == []
    assert gazetteer.zip_place("zip\tn") is None


def test_build_keeps_places_of_fifty_thousand_and_those_that_have_grown():
    review = build.Review(grown={2}, left_out={3})
    entries = [
        entry("Large", "MO", 50_000, 1),
        entry("Grown", "MO", 40_000, 2),
        entry("Part", "MO", 90_000, 3),
        entry("Small", "MO", 49_999, 4),
        entry("Elsewhere", "ON", 90_000, 5),
    ]
    assert [found["geonameid"] for found in build.chosen(entries, review)] == [1, 2]


def test_build_writes_short_names_and_keeps_the_parts_with_their_city():
    review = build.Review(names={2: "York"}, parts={"st-anna-mo": ["Old Mill"]}, unincorporated={2})
    entries = [entry("Saint Anna", "MO", 60_000, 1), entry("York City", "MO", 70_000, 2)]
    rows = build.place_rows(entries, review, set())
    assert [row[:3] for row in rows] == [("st-anna-mo", "St. Anna", "MO"), ("york-mo", "York", "MO")]
    assert [row[8:10] for row in rows] == [("city", "Old Mill"), ("unincorporated", "York City")]


def test_build_keeps_only_forms_that_can_mean_one_place():
    entries = [
        entry("Carmel", "IN", 90_000, 1, forms=["Karmel", "Bethleham", "Bedford", "Shared", "加美", "CRM"]),
        entry("Bethlehem", "PA", 70_000, 2, forms=["Shared"]),
    ]
    rows = {row[0]: row[10] for row in build.place_rows(entries, build.Review(), {key(words("Bedford"))})}
    assert rows == {"carmel-in": "karmel", "bethlehem-pa": ""}


def test_build_points_at_sections_that_look_like_places():
    entries = [
        entry("Peoria", "IL", 110_000, 1),
        entry("North Peoria", "IL", 110_000, 2, latitude=40.05),
        entry("North Platte", "NE", 60_000, 3, latitude=41.1),
        entry("Platte", "NE", 60_000, 4, latitude=43.0),
    ]
    assert [line.split(",")[0] for line in build.suspects(entries)] == ["North Peoria"]


def test_build_reads_zip_codes_and_places_the_territories():
    lines = [
        "US\t63101\tSaint Louis\tMissouri\tMO\tSaint Louis City\t510\t\t\t38.6346\t-90.1913\t4",
        "US\t09001\tAPO\t\tAE\t\t\t\t\t50.0\t8.0\t4",
    ]
    territories = [("00901", "San Juan", "PR"), ("00999", "Nowhere", "PR")]
    rows = build.zip_rows(lines, territories, {("sanjuan", "PR"): (18.4663, -66.1057)})
    assert rows == [
        ("00901", "San Juan", "PR", "18.4663", "-66.1057"),
        ("63101", "Saint Louis", "MO", "38.6346", "-90.1913"),
    ]
