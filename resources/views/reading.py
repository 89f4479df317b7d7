"""Steps, checklists and sheets for paper. None of them is for search engines: the whole guide is."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from portal.core.pages import PortalPageMixin
from resources import access, moved_steps, playbooks, reading

SHEET_OF_GUIDE = "resources/guide_print.html"
SHEET_OF_PLAYBOOK = "resources/playbook_print.html"


def step(page: Any, request: HttpRequest, anchor: str) -> HttpResponse:
    """One step of a guide, with the way to its neighbors. A step that was renamed answers with its new address."""
    context = _context(page, request)
    steps = context["steps"]
    place = next((i for i, each in enumerate(steps) if each.anchor == anchor), None)
    if place is not None:
        around = {
            "step": steps[place],
            "before": steps[place - 1] if place else None,
            "after": steps[place + 1] if place + 1 < len(steps) else None,
        }
        return TemplateResponse(request, "resources/guide_step.html", context | around)
    if not context["is_readable"]:
        return access.refuse(request, what=page.title)
    now = moved_steps.anchor_now(page, anchor)
    if now is None:
        raise Http404
    return HttpResponseRedirect(f"{context['guide_url']}{f'steps/{now}/' if now else ''}")


def checklist(page: Any, request: HttpRequest) -> HttpResponse:
    """Every line to tick. A guide that asks nobody to tick anything has no such sheet."""
    context = _context(page, request)
    if not context["is_readable"]:
        return access.refuse(request, what=page.title)
    if not context["has_checklist"]:
        raise Http404
    return TemplateResponse(request, "resources/guide_checklist.html", context)


def print_view(page: Any, request: HttpRequest) -> HttpResponse:
    """A guide for paper."""
    return TemplateResponse(request, SHEET_OF_GUIDE, _context(page, request))


def whole(page: Any, request: HttpRequest) -> HttpResponse:
    """A playbook as one document."""
    return TemplateResponse(request, "resources/playbook_whole.html", whole_context(page, request))


def print_playbook(page: Any, request: HttpRequest) -> HttpResponse:
    """A playbook for paper."""
    return TemplateResponse(request, SHEET_OF_PLAYBOOK, whole_context(page, request))


def whole_context(page: Any, request: HttpRequest) -> dict[str, Any]:
    """A playbook with all that this reader may read of its guides."""
    request.is_noindex = True  # type: ignore[attr-defined]
    context = PortalPageMixin.get_context(page, request) | reading.playbook_context(page, request)
    context["chapters"] = [
        (chapter, [(guide, reading.body_context(guide.page, request)) for guide in chapter.guides])
        for chapter in playbooks.chapters_of(page, request, whole=True)
    ]
    return context


def _context(page: Any, request: HttpRequest) -> dict[str, Any]:
    request.is_noindex = True  # type: ignore[attr-defined]
    return PortalPageMixin.get_context(page, request) | reading.body_context(page, request)
