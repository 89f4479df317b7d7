"""/api/search/: the search for other people's programs. Always what a visitor finds, never what is for members."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from search.api.answering import shaped
from search.api.asking import parameters, wishes_of
from search.api.responses import answers_json, kept_answer
from search.finding import find


@answers_json("search")
def search(request: HttpRequest) -> HttpResponse:
    """Results, facets and what was probably meant, as JSON."""
    wishes = wishes_of(parameters(request), get_language() or "en")
    wish = repr(replace(wishes, words=wishes.words.casefold()))
    return kept_answer(request, wish, lambda: shaped(find(wishes)))
