"""The page of results."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from search.addresses import Asked
from search.finding import Answer, WishError, find
from search.insight.counting import note_search
from search.promoting.selectors import promoted
from search.readers import reads_for_members
from search.screen.place import Place, place_of
from search.screen.screen import Screen
from search.screen.start import start_of

KEPT_SECONDS = 60


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What fits `q` and the filters; before anything is asked for, what there is. 400 with a reason on nonsense."""
    place = place_of(request)
    request.is_noindex = True  # type: ignore[attr-defined]
    try:
        asked = Asked.read(request.GET).settled(place.city, has_own_host=place.has_own_host)
        request.canonical_path = request.path + asked.query  # type: ignore[attr-defined]
        response = _results(request, place, asked) if asked.is_asking else _start(request, place, asked)
    except WishError as reason:
        request.canonical_path = request.path  # type: ignore[attr-defined]
        return render(request, "400.html", {"site": place.site, "message": str(reason)}, status=400)
    _keep(response, request)
    return response


def _results(request: HttpRequest, place: Place, asked: Asked) -> HttpResponse:
    language = get_language() or ""
    is_member = reads_for_members(request)
    answer = find(asked.wishes(language=language, here=place.city, is_member=is_member), request)
    _note(request, place, asked, answer)
    first = promoted(asked.words, place.city_id, language, request) if _leads(asked) else []
    screen = Screen(asked, answer, language=language, here=place.city, promoted=first)
    return _drawn(request, place, asked, "search/page.html", {"screen": screen})


def _start(request: HttpRequest, place: Place, asked: Asked) -> HttpResponse:
    language = get_language() or ""
    answer = find(asked.wishes(language=language, here=place.city, page_size=1), request)
    return _drawn(request, place, asked, "search/start.html", {"start": start_of(asked, answer), "answer": answer})


def _drawn(request: HttpRequest, place: Place, asked: Asked, template: str, context: dict[str, Any]) -> HttpResponse:
    request.is_search_page = True  # type: ignore[attr-defined]  # it has a larger box than the header's
    return render(request, template, {"site": place.site, "asked": asked, "city": place.city, **context})


def _leads(asked: Asked) -> bool:
    """Whether what staff put first stands above the results: above the first page, in the usual order."""
    return bool(asked.words) and asked.page == 1 and asked.sort == "relevance" and not asked.chosen


def _note(request: HttpRequest, place: Place, asked: Asked, answer: Answer) -> None:
    """Count what visitors type. Turning pages and ticking boxes is the same search still."""
    if not asked.words or asked.page > 1 or asked.chosen or request.user.is_authenticated:
        return
    note_search(words=asked.words, city_id=place.city_id, language=get_language() or "", total=answer.total)


def _keep(response: HttpResponse, request: HttpRequest) -> None:
    """What a visitor gets may be kept for a minute; what somebody gets who is signed in is theirs alone."""
    is_known = request.user.is_authenticated
    response["Cache-Control"] = "private, no-store" if is_known else f"public, max-age={KEPT_SECONDS}"
    patch_vary_headers(response, ["Cookie"])
