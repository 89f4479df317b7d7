"""Where places lie on the map, and how far apart they are."""

import csv

import pytest

from coalition.geography import HEIGHT, WIDTH, miles_between, project

# Computed with d3-geo's geoAlbersUsa().scale(1300).translate([487.5, 305]).
KNOWN_POINTS = {
    "New York": (40.714, -74.007, 869.7, 215.7),
    "Los Angeles": (34.052, -118.243, 86.8, 363.1),
    "Chicago": (41.882, -87.628, 638.2, 226.0),
    "Anchorage": (61.218, -149.900, 112.3, 544.3),
    "Honolulu": (21.307, -157.858, 267.0, 549.2),
}


@pytest.mark.parametrize("name", KNOWN_POINTS)
def test_a_city_is_drawn_where_d3_draws_it(name):
    latitude, longitude, x, y = KNOWN_POINTS[name]
    assert project(latitude, longitude) == pytest.approx((x, y), abs=0.06)


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [(18.466, -66.106), (13.444, 144.794), (51.507, -0.128), (-33.869, 151.209), (95, 0), (0, 200), (None, None)],
    ids=["San Juan", "Guam", "London", "Sydney", "no latitude", "no longitude", "unknown"],
)
def test_places_off_the_map_have_no_point(latitude, longitude):
    assert project(latitude, longitude) is None


def test_the_middle_of_the_lower_states_is_near_the_middle_of_the_map():
    x, y = project(39.83, -98.58)
    assert abs(x - WIDTH / 2) < 50
    assert abs(y - HEIGHT / 2) < 50


@pytest.mark.real_data
def test_every_city_of_the_real_list_fits_the_state_outlines(real_data):
    with (real_data / "cities.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    for row in rows:
        point = project(float(row["latitude"]), float(row["longitude"]))
        assert point == pytest.approx((float(row["map_x"]), float(row["map_y"])), abs=0.06), row["slug"]
    assert len(rows) > 800


def test_miles_are_statute_miles_along_the_great_circle():
    assert miles_between(40.7128, -74.0060, 34.0522, -118.2437) == pytest.approx(2445.6, abs=1)
    assert miles_between(39.7392, -104.9903, 40.0150, -105.2705) == pytest.approx(24.2, abs=0.5)


def test_no_distance_is_no_miles_and_the_far_side_is_no_error():
    assert miles_between(38.6, -92.6, 38.6, -92.6) == 0
    assert miles_between(0, 0, 0, 180) == pytest.approx(12_437, abs=2)
