"""What the templates of the list are given, nationally and on a city's page."""

from typing import Any

from django.http import HttpRequest

from volunteering.finding.form import Form
from volunteering.finding.links import feeds_for
from volunteering.finding.maps import CityMap, city_counts
from volunteering.finding.month import Month
from volunteering.finding.screen import Screen


def finding_context(request: HttpRequest, *, here: Any | None = None, path: str = "") -> dict[str, Any]:
    """`screen`, its `form` and `feeds`, and what the look needs: a `month`, a `map` of one city, or `city_counts`.

    `here` is the city on whose site the list stands, `path` its address. What is narrowed by more than a topic and a
    city is not for search engines.
    """
    screen = Screen(request, here=here, path=path)
    context: dict[str, Any] = {"screen": screen, "form": Form(screen), "feeds": feeds_for(screen)}
    if screen.asked.view == "month":
        context["month"] = Month(screen)
    elif screen.asked.view == "map" and screen.city is not None:
        context["map"] = CityMap(screen)
    elif screen.asked.view == "map":
        context["city_counts"] = city_counts(screen)
    if screen.is_unknown or not screen.asked.is_plain:
        request.is_noindex = True  # type: ignore[attr-defined]
    return context
