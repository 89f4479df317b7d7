"""What the Look tab asks while somebody chooses colors."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from city_sites.look.derived import derived


@never_cache
@require_safe
def look_preview(request: HttpRequest) -> HttpResponse:
    """A piece of HTML with what comes of the colors in the address. Reads nothing of any city."""
    return render(request, "city_sites/admin/look/scenes.html", {"derived": derived(request.GET)})
