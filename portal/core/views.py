"""Small files every site has, the health check, and the pages for when something is wrong."""

import datetime
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from portal.core.surroundings import surroundings_for

ICON_SVG = "portal/svg/mark.svg"
ICONS = [  # file, sizes, type
    ("portal/svg/mark.svg", "any", "image/svg+xml"),
    ("portal/icons/icon-192.png", "192x192", "image/png"),
    ("portal/icons/icon-512.png", "512x512", "image/png"),
]
SECURITY_TXT_LASTS = datetime.timedelta(days=330)  # RFC 9116 recommends less than a year


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when the database answers, else 503. For load balancers and monitors."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "error", "database": "unreachable"}, status=503)
    return JsonResponse({"status": "ok", "database": "ok"})


@cache_control(public=True, max_age=3600)
@require_safe
def robots_txt(request: HttpRequest) -> HttpResponse:
    """What crawlers may fetch on this host: all but the admin."""
    refused = ["/admin/", "/_util/"]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in refused), ""]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('core:sitemap'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@cache_control(public=True, max_age=86400)
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Where to report a hole in this site (RFC 9116)."""
    today = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: {_security_contact()}",
        f"Expires: {(today + SECURITY_TXT_LASTS).isoformat()}",
        f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}",
        f"Canonical: {request.build_absolute_uri(reverse('core:security_txt'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _security_contact() -> str:
    """SECURITY_CONTACT, an address or a URL; without it, where our mail comes from."""
    contact = settings.SECURITY_CONTACT or settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].strip("> ")
    return contact if ":" in contact else f"mailto:{contact}"


@cache_control(public=True, max_age=86400)
@require_safe
def favicon(request: HttpRequest) -> HttpResponsePermanentRedirect:
    """Browsers ask for this address whatever the page says."""
    return HttpResponsePermanentRedirect(static(ICON_SVG))


@cache_control(public=True, max_age=86400)
@require_safe
def webmanifest(request: HttpRequest) -> JsonResponse:
    """Name and icons for a site that somebody puts on a home screen. A city's own host gives the city's."""
    around = surroundings_for(request, None)
    name = around.name or settings.WAGTAIL_SITE_NAME
    icons = [{"src": static(path), "sizes": sizes, "type": kind} for path, sizes, kind in ICONS]
    if around.icons:
        icons = [{"src": around.icons["svg"], "sizes": "any", "type": "image/svg+xml"}]
    manifest = {
        "name": name,
        "short_name": name,
        "start_url": "/",
        "display": "browser",
        "background_color": "#ffffff",
        "theme_color": around.theme_colors[0][1] if around.theme_colors else "#14171a",
        "icons": icons,
    }
    return JsonResponse(manifest, content_type="application/manifest+json")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request could not be read."""
    return _wrong(request, 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: signed in as somebody who may not."""
    return _wrong(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form without its token, mostly one that was open for a long time."""
    return _wrong(request, 403, _("This form was open for too long. Go back, reload the page and send it once more."))


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: there is nothing at this address, in any language."""
    request.has_no_address = True  # type: ignore[attr-defined]
    return _wrong(request, 404)


def gone(request: HttpRequest, message: str = "", *, template: str = "410.html", **context: Any) -> HttpResponse:
    """410: there was something at this address. `message` says what became of it, or `template` with `context` does."""
    request.has_no_address = True  # type: ignore[attr-defined]
    return _wrong(request, 410, message, template, **context)


def _wrong(request: HttpRequest, status: int, message: str = "", template: str = "", **context: Any) -> HttpResponse:
    request.is_noindex = True  # type: ignore[attr-defined]
    return render(request, template or f"{status}.html", {"message": message, **context}, status=status)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault. Rendered without the request, so that nothing is looked up: the database may be what is wrong."""
    return HttpResponse(render_to_string("500.html"), status=500)
