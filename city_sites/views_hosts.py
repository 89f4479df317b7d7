"""What the TLS proxy in front asks before it fetches a certificate."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.core.hosts import own_host


@never_cache
@require_safe
def tls_ask(request: HttpRequest) -> HttpResponse:
    """`?domain=name`: 200 for a city's name that is at work or leads on, 404 for any other, 400 without a name."""
    name = request.GET.get("domain", "").strip().lower().removesuffix(".")
    if not name:
        return HttpResponse("domain is missing\n", status=400, content_type="text/plain")
    if own_host(name) is None:
        return HttpResponse("unknown\n", status=404, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")
