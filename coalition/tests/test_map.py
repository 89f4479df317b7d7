"""Dots and flags on the map of the states."""

import itertools
import random
from types import SimpleNamespace

from django.template import Context, Template

from coalition.factories import CityFactory
from coalition.geography import HEIGHT, WIDTH
from coalition.map import FLAG_HEIGHT, FLAG_WIDTH, POLE, place_cities

TULSA = (36.15, -95.99)
SAN_JUAN = (18.41, -66.06)


def at(latitude, longitude):
    return SimpleNamespace(latitude=latitude, longitude=longitude)


def scattered(count, seed=1):
    chance = random.Random(seed)
    return [at(chance.uniform(31, 47), chance.uniform(-120, -80)) for _ in range(count)]


def map_of(cities, **options):
    template = Template("{% load coalition %}{% city_map cities flags=flags closer=closer %}")
    return template.render(Context({"cities": cities, "flags": 0, "closer": False, **options}))


def test_every_place_on_the_map_gets_a_dot_and_the_others_are_named_apart():
    placed = place_cities([at(*TULSA), at(*SAN_JUAN), at(None, None)])
    assert len(placed.spots) == 1
    assert len(placed.off_map) == 2


def test_flags_never_overlap_and_stay_on_the_map():
    placed = place_cities(scattered(300), flags=12)
    assert len(placed.flags) == 12
    for one, other in itertools.combinations(placed.flags, 2):
        assert abs(one.x - other.x) > FLAG_WIDTH or abs(one.y - other.y) > POLE
    for spot in placed.flags:
        assert 0 <= spot.x <= WIDTH - FLAG_WIDTH
        assert POLE <= spot.y <= HEIGHT


def test_flags_spread_over_the_country():
    west = [at(36 + step / 50, -119) for step in range(40)]
    east = [at(36.5, -80)]
    placed = place_cities(west + east, flags=2)
    assert {spot.place.longitude for spot in placed.flags} == {-119, -80}


def test_a_flag_rather_flies_where_it_hides_no_dots():
    lonely = at(41.0, -100.0)
    crowd = [at(40.0 + row / 5, -99.0 + column / 3) for row in range(6) for column in range(6)]
    placed = place_cities([*crowd, lonely], flags=1)
    flag = placed.flags[0]
    hidden = [
        spot
        for spot in placed.spots
        if flag.x < spot.x < flag.x + FLAG_WIDTH and flag.y - POLE < spot.y < flag.y - POLE + FLAG_HEIGHT
    ]
    assert len(hidden) <= 2


def test_same_cities_same_map():
    cities = scattered(50)
    assert place_cities(cities, flags=8) == place_cities(cities, flags=8)


def test_closer_view_shows_all_places_and_never_leaves_the_map():
    placed = place_cities([at(39.96, -82.99), at(41.5, -81.69)], closer=True)
    view = placed.view
    assert view.zoom > 1
    assert all(0 < spot.x < WIDTH and 0 < spot.y < HEIGHT for spot in placed.spots)
    assert WIDTH * (1 - view.zoom) <= view.x <= 0
    assert HEIGHT * (1 - view.zoom) <= view.y <= 0


def test_closer_view_of_the_whole_country_is_the_whole_map():
    assert place_cities([at(47.6, -122.3), at(25.8, -80.2), at(43.7, -70.3)], closer=True).view.zoom == 1
    assert place_cities([], closer=True).view.zoom == 1


def test_map_names_each_dot_and_says_how_many_there_are(db):
    cities = [CityFactory(name="Tulsa", state="OK"), CityFactory(name="O'Fallon", state="MO")]
    html = map_of(cities, flags=2)
    assert 'role="img"' in html
    assert "each of the 2 member cities" in html
    assert "<title>Tulsa, Oklahoma</title>" in html
    assert "<title>O&#x27;Fallon, Missouri</title>" in html
    assert html.count("map-pole") == 1  # they stand at the same place, where one flag has room


def test_map_holds_nothing_that_a_keyboard_stops_at(db):
    html = map_of([CityFactory(name="Tulsa", state="OK")])
    assert "<a" not in html
    assert "tabindex" not in html


def test_cities_beyond_the_edge_of_the_map_are_named_below_it(db):
    html = map_of([CityFactory(name="San Juan", state="PR", latitude=18.41, longitude=-66.06)])
    assert "Beyond the edge of the map: San Juan, Puerto Rico." in html
