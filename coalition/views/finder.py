"""Is my city a member? The question, the answers, and the suggestions while somebody types."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from coalition.answers import NOT_ON_LIST, WORDS, Words
from coalition.models import City
from coalition.place_index.names import Place
from coalition.place_index.result import Kind, Result
from coalition.place_index.search import search
from coalition.place_index.suggest import suggest as suggested
from coalition.selectors import finder
from coalition.states import state_name
from portal.core.social_views import Card, picture

SUGGESTIONS = 8
SUGGESTIONS_KEPT = 300  # seconds


@require_safe
def find(request: HttpRequest) -> HttpResponseBase:
    """The question as somebody typed it (`q`). One place: off to its answer's own address; else asks back, kindly."""
    result = search(request.GET.get("q", ""))
    if result.kind == Kind.EMPTY:
        return _question(request)
    if result.kind == Kind.PLACE and result.first:
        return HttpResponseRedirect(_answer_url(result.first.slug, result))
    if result.elsewhere:
        return HttpResponseRedirect(_town_url(result.elsewhere.zip, result))
    if result.kind == Kind.SEVERAL:
        return _which_one(request, result)
    return _unknown(request, result)


@require_safe
def answer(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Where one city stands. Any city we know has this address, whatever its status; others are a 404."""
    city = finder.find_city(slug)
    if city is None:
        raise Http404(slug)
    if isinstance(city, str):
        return redirect("coalition:answer", city, permanent=True)
    words = WORDS[city.status]
    request.social_card_path = _card_url(city, words)  # type: ignore[attr-defined]
    typed = finder.typed_as(request.GET["typed"], slug=slug) if request.GET.get("typed") else None
    return _answered(request, finder.answer_for(city, request), words, typed)


@require_safe
def zip_answer(request: HttpRequest, code: str) -> HttpResponseBase:
    """A ZIP code of a place too small for the list. A code of a city we know leads there; no such code is a 404."""
    if len(code) != 5 or not code.isdecimal():
        raise Http404(code)
    result = search(code)
    if result.kind == Kind.PLACE and result.first:
        return HttpResponseRedirect(_answer_url(result.first.slug, result))
    if result.kind == Kind.SEVERAL:
        return HttpResponseRedirect(f"{reverse('coalition:find')}?{urlencode({'q': result.zip})}")
    if result.kind != Kind.ZIP_ELSEWHERE or result.elsewhere is None:
        raise Http404(code)
    typed = finder.typed_as(request.GET["typed"], zip=code) if request.GET.get("typed") else None
    return _answered(request, finder.answer_for_town(result.elsewhere, request), NOT_ON_LIST, typed)


@cache_control(public=True, max_age=SUGGESTIONS_KEPT)
@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """Places for a half-typed name (`q`): what to show, a hint beside it, and the address of the answer."""
    places = suggested(request.GET.get("q", ""), SUGGESTIONS)
    return JsonResponse({"results": [_suggestion(choice) for choice in finder.choices(places)]})


@require_safe
def social_card(request: HttpRequest, slug: str, digest: str) -> HttpResponseBase:
    """The picture beside a shared answer, in the language of the address."""
    city = finder.find_city(slug)
    if not isinstance(city, City):
        raise Http404(slug)
    card = _card(city, WORDS[city.status])
    if digest != card.digest:
        return redirect("coalition:social_card", slug, card.digest)
    return picture(card)


def _question(request: HttpRequest) -> HttpResponse:
    context = {"members": finder.all_members(), "is_blank": "q" in request.GET}
    return render(request, "coalition/find.html", context)


def _answered(request: HttpRequest, found: finder.Answer, words: Words, typed: finder.Typed | None) -> HttpResponse:
    context = {"answer": found, "city": found.city, "words": words, "headline": words.headline_for(found.city)}
    return render(request, "coalition/answer.html", {**context, "typed": typed})


def _which_one(request: HttpRequest, result: Result) -> HttpResponse:
    names = {place.name for place in result.places}
    name = names.pop() if len(names) == 1 else ""
    _set_canonical(request, result.zip or name or result.text)
    context = {"result": result, "name": name, "choices": finder.choices(result.places)}
    return render(request, "coalition/which_one.html", context)


def _unknown(request: HttpRequest, result: Result) -> HttpResponse:
    """Also for the name of a state, which is a fair question: which city there?"""
    context: dict[str, Any] = {"result": result, "closest": finder.choices(result.closest)}
    if result.state:
        context |= {"state_name": state_name(result.state), "members": finder.members_in(result.state)}
        _set_canonical(request, context["state_name"])
        return render(request, "coalition/which_state.html", context)
    request.is_noindex = True  # type: ignore[attr-defined]
    return render(request, "coalition/unknown.html", context)


def _set_canonical(request: HttpRequest, asked: str) -> None:
    request.canonical_path = f"{request.path}?{urlencode({'q': asked})}"  # type: ignore[attr-defined]


def _answer_url(slug: str, result: Result) -> str:
    return reverse("coalition:answer", args=[slug]) + _typed_query(result)


def _town_url(code: str, result: Result) -> str:
    return reverse("coalition:zip_answer", args=[code]) + _typed_query(result)


def _typed_query(result: Result) -> str:
    """What was typed goes along only where the answer has to say how it was read."""
    is_told = finder.is_worth_telling(result) and result.kind != Kind.ZIP_ELSEWHERE
    return f"?{urlencode({'typed': result.text})}" if is_told else ""


def _suggestion(choice: finder.Choice) -> dict[str, str]:
    place: Place = choice.place
    return {
        "label": f"{place.name}, {state_name(place.state)}",
        "hint": str(WORDS[choice.status].plate),
        "url": reverse("coalition:answer", args=[place.slug]),
    }


def _card(city: City, words: Words) -> Card:
    flags = (city,) if city.is_member else ()
    title = f"{words.loud} {words.headline_for(city)}"
    return Card(title=title, kicker=_("Is your city a member?"), flags=flags, language=get_language() or "")


def _card_url(city: City, words: Words) -> str:
    return reverse("coalition:social_card", args=[city.slug, _card(city, words).digest])
