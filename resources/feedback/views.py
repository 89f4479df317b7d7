"""What the form under a guide leads to. No page here sets a cookie, and none may be kept by a cache."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Page

from portal.core.routing import find_route
from portal.core.throttle import allow, client_address
from portal.core.views import gone, permission_denied
from resources.feedback.forms import WhyForm
from resources.feedback.origin import is_from_here
from resources.feedback.selectors import guide_open_to_all
from resources.feedback.services import explain, give_feedback
from resources.feedback.tickets import Ticket, own_path, read
from resources.models import Feedback

ANSWERS_AN_HOUR = 20
SEE_OTHER = 303


@never_cache
@csrf_exempt  # the page that holds the form is the same for everybody: `is_from_here` asks the browser instead
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Keep a yes or a no, and lead on to the question why. Whoever opens the address is led to the guide."""
    guide = guide_open_to_all(key, get_language() or "")
    if guide is None:
        raise Http404(key)
    if request.method != "POST":
        return redirect(guide.get_url(request) or "/")
    said = request.POST.get("helpful", "")
    if not is_from_here(request) or said not in ("yes", "no"):
        return permission_denied(request)
    back = own_path(request.POST.get("back", ""))
    if request.POST.get("website"):  # only robots see that field; they are thanked like everybody
        return _see("library:feedback_thanks", Ticket(0, key, back))
    if not allow("library-feedback", client_address(request), ANSWERS_AN_HOUR, 3600):
        return _draw(request, Ticket(0, key, back), "resources/feedback/too_many.html", 429)
    kept = give_feedback(key=key, language=guide.locale.language_code, is_helpful=said == "yes")
    return _see("library:feedback_why", Ticket(kept.pk, key, back))


@never_cache
@csrf_exempt  # the ticket in the address is the token
@require_http_methods(["GET", "HEAD", "POST"])
def why(request: HttpRequest, ticket: str) -> HttpResponse:
    """Ask for a reason, and take it."""
    found = read(ticket)
    given = Feedback.objects.filter(pk=found.pk).first() if found else None
    if found is None or given is None:
        return _too_late(request)
    if request.method != "POST":
        form = WhyForm(is_helpful=given.is_helpful)
        return _draw(request, found, "resources/feedback/why.html", form=form, given=given)
    if not is_from_here(request):
        return permission_denied(request)
    form = WhyForm(request.POST, is_helpful=given.is_helpful)
    if not form.is_valid():
        return _draw(request, found, "resources/feedback/why.html", 422, form=form, given=given)
    if not form.is_from_robot:
        explain(pk=given.pk, reason=form.cleaned_data.get("reason", ""), text=form.cleaned_data["text"])
    return _see("library:feedback_thanks", found)


@never_cache
@require_safe
def thanks(request: HttpRequest, ticket: str) -> HttpResponse:
    """Thanks, and the way back."""
    found = read(ticket)
    return _draw(request, found, "resources/feedback/thanks.html") if found else _too_late(request)


def _see(name: str, ticket: Ticket) -> HttpResponse:
    response = redirect(name, ticket.sign())
    response.status_code = SEE_OTHER
    return response


def _too_late(request: HttpRequest) -> HttpResponse:
    text = _("This page was open for more than an hour. Your yes or no counts all the same.")
    return gone(request, text, heading=_("That was a while ago"))


def _draw(request: HttpRequest, ticket: Ticket, template: str, status: int = 200, **context: Any) -> HttpResponse:
    """A page in the surroundings of the guide that the reader came from, on whichever site that was."""
    guide, there = guide_open_to_all(ticket.key, get_language() or ""), _page_at(request, ticket)
    page = there or guide
    if page is not None:
        request.portal_page = page  # type: ignore[attr-defined]
    request.is_noindex = True  # type: ignore[attr-defined]
    context["back"] = ticket.back if there else (guide and guide.get_url(request)) or "/"
    context["title"] = page.title if page else ""
    return TemplateResponse(request, template, context, status=status)


def _page_at(request: HttpRequest, ticket: Ticket) -> Page | None:
    """The page at the path that the form named, if it shows this very guide to everybody."""
    language = f"/{get_language()}/"
    path = ticket.back.removeprefix(language) if ticket.back.startswith(language) else ticket.back.lstrip("/")
    route = find_route(request, path) if ticket.back else None
    page = route.page if route else None
    if page is None or ticket.key not in (page.translation_key, getattr(page, "source_key", None)):
        return None
    return page if page.live and not page.get_view_restrictions().exists() else None
