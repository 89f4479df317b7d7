"""/opportunities/: what is open in all cities."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from volunteering.finding.context import finding_context


@require_safe
def opportunities(request: HttpRequest) -> HttpResponse:
    """The list, the month or the map, as the address asks for it; what means nothing is ignored."""
    context = finding_context(request)
    screen = context["screen"]
    request.canonical_path = request.path + screen.canonical_query  # type: ignore[attr-defined]
    return render(request, "volunteering/finding/page.html", context)
