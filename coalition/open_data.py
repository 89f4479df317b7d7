"""The member cities for other people's programs: CSV, JSON and GeoJSON, with the same fields in each.

Fields keep their names and their meaning in every language; `id` is the city's slug and never changes.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from coalition.exports import safe_text
from coalition.models import City
from coalition.selectors.members import site_url

LICENSE = "CC-BY-4.0"
LICENSE_URL = "https://creativecommons.org/licenses/by/4.0/"
ATTRIBUTION = f"{settings.WAGTAIL_SITE_NAME}; positions by GeoNames (geonames.org), numbers by the US Census Bureau"

FIELDS = (
    "id",
    "name",
    "state",
    "state_name",
    "geoid",
    "population",
    "latitude",
    "longitude",
    "member_since",
    "url",
    "site_url",
    "license",
)
Row = Mapping[str, Any]


def rows(cities: Iterable[City], request: HttpRequest) -> list[Row]:
    """One row a city, in the order given: degrees north and east, dates as YYYY-MM-DD, None for what is not known.

    The cities' home pages are loaded.
    """
    return [_row(city, request) for city in cities]


def _row(city: City, request: HttpRequest) -> Row:
    return {
        "id": city.slug,
        "name": city.name,
        "state": city.state,
        "state_name": city.state_name,
        "geoid": city.geoid or None,
        "population": city.population,
        "latitude": city.latitude,
        "longitude": city.longitude,
        "member_since": city.member_since.isoformat() if city.member_since else None,
        "url": request.build_absolute_uri(reverse("coalition:answer", args=[city.slug])),
        "site_url": site_url(city, request, full=True) or None,
    }


def as_csv(data: Iterable[Row]) -> bytes:
    """UTF-8 with the byte order mark by which Excel knows it; no cell can run as a formula."""
    output = io.StringIO()
    writer = csv.writer(output)
    writer.writerow(FIELDS)
    for row in data:
        writer.writerow([safe_text(value) for value in row.values()] + [LICENSE])
    return output.getvalue().encode("utf-8-sig")


def as_json(data: list[Row]) -> bytes:
    """One object: what the license asks, how many cities, and the cities."""
    return _dumped({**_terms(), "count": len(data), "cities": data})


def as_geojson(data: Iterable[Row]) -> bytes:
    """A FeatureCollection by RFC 7946: longitude before latitude; a city without a position has a null geometry."""
    return _dumped({"type": "FeatureCollection", **_terms(), "features": [_feature(row) for row in data]})


def _feature(row: Row) -> dict[str, Any]:
    point = (row["longitude"], row["latitude"])
    geometry = None if None in point else {"type": "Point", "coordinates": point}
    return {"type": "Feature", "id": row["id"], "geometry": geometry, "properties": row}


def _terms() -> dict[str, str]:
    return {"license": LICENSE, "license_url": LICENSE_URL, "attribution": ATTRIBUTION}


def _dumped(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
