"""/api/openapi.json: the interface, described for programs."""

import hashlib
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from search.api.document import document
from search.api.responses import dumped

KEPT = 3600  # seconds


@require_safe
def openapi(request: HttpRequest) -> HttpResponseBase:
    """OpenAPI 3.1, in English; the same until the portal itself changes."""
    body, etag = _written()
    response = HttpResponse(body, content_type="application/vnd.oai.openapi+json;version=3.1")
    response["Content-Language"] = settings.LANGUAGE_CODE
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["Cache-Control"] = f"public, max-age={KEPT}"
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response


@lru_cache(maxsize=1)
def _written() -> tuple[bytes, str]:
    with translation.override(settings.LANGUAGE_CODE):
        body = dumped(document())
    return body, quote_etag(hashlib.sha256(body).hexdigest()[:32])
