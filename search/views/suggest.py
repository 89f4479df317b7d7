"""/api/search/suggest/: what the search box offers while somebody types."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from coalition.models import City
from search.api.answering import shaped_suggestion
from search.api.asking import known_values, parameters, words_of
from search.api.responses import answers_json, kept_answer
from search.finding import WishError
from search.suggesting import suggestions


@answers_json("suggest")
def suggest(request: HttpRequest) -> HttpResponse:
    """Titles that begin as what is typed (`q`), those of one city (`city`) first."""
    query = parameters(request)
    typed, slugs = words_of(query), known_values(query, "city")
    known_values(query, "lang")
    if len(slugs) > 1:
        raise WishError(_("city: only one city can come first."))
    language = get_language() or "en"

    def make() -> dict[str, object]:
        here = City.objects.filter(slug__in=slugs).values_list("pk", flat=True).first() if slugs else None
        found = suggestions(typed, language=language, here=here, request=request)
        return {"suggestions": [shaped_suggestion(each) for each in found]}

    return kept_answer(request, ("suggest", typed.casefold(), slugs), make)
