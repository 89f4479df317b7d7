"""The style guide: for staff, or for everybody where settings say so."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.core import styleguide


def _check_may_look(request: HttpRequest) -> None:
    user = request.user
    if not (settings.STYLEGUIDE_PUBLIC or (user.is_active and user.has_perm("wagtailadmin.access_admin"))):
        raise Http404
    request.is_noindex = True  # type: ignore[attr-defined]


@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Everything on one page, group by group."""
    _check_may_look(request)
    groups = [
        {
            "key": key,
            "name": name,
            "intro": intro,
            "cases": [
                {"case": case, "html": "" if case.is_alone else case.render(request, level=4)}
                for case in styleguide.cases()
                if case.group == key
            ],
        }
        for key, name, intro in styleguide.GROUPS
    ]
    return render(request, "portal/styleguide/index.html", {"groups": groups})


@never_cache
@require_safe
def case(request: HttpRequest, case_id: str) -> HttpResponse:
    """One case alone, for screenshots and tests."""
    _check_may_look(request)
    found = styleguide.case_by_id(case_id)
    if found is None:
        raise Http404
    return render(request, "portal/styleguide/case.html", {"case": found, "html": found.render(request)})
