"""/cities/members.csv, .json and .geojson: the rows of /cities/ with the same filters, for anybody's program."""

import hashlib
from collections.abc import Callable

from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.views.decorators.http import require_safe

from coalition import open_data
from coalition.models import City
from coalition.selectors.members import MemberFilter, members_for_data

KEEP_SECONDS = 300
Writer = Callable[[list[open_data.Row]], bytes]


@require_safe
def members_csv(request: HttpRequest) -> HttpResponseBase:
    """For spreadsheets."""
    response = _data(request, open_data.as_csv, "text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="member-cities.csv"'
    return response


@require_safe
def members_json(request: HttpRequest) -> HttpResponseBase:
    """For programs."""
    return _data(request, open_data.as_json, "application/json")


@require_safe
def members_geojson(request: HttpRequest) -> HttpResponseBase:
    """For maps (RFC 7946)."""
    return _data(request, open_data.as_geojson, "application/geo+json")


def _data(request: HttpRequest, write: Writer, content_type: str) -> HttpResponseBase:
    wanted = MemberFilter.from_query(request.GET.dict())
    body = write(open_data.rows(members_for_data(wanted), request))
    response = HttpResponse(body, content_type=content_type)
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["Link"] = f'<{open_data.LICENSE_URL}>; rel="license"'
    response["Cache-Control"] = f"public, max-age={KEEP_SECONDS}"
    response["ETag"] = etag = quote_etag(hashlib.sha256(body).hexdigest()[:32])
    # Of all cities, not of the rows: a city that has just left is among the changes.
    latest = City.objects.aggregate(latest=Max("updated_at"))["latest"]
    if latest:
        response["Last-Modified"] = http_date(latest.timestamp())
    # Only the ETag decides: a site that goes up or down changes a row without changing its city.
    return get_conditional_response(request, etag, None, response) or response
