"""What the search box in a header needs to know: the rooms that say what stands around a page add it to its links."""

from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode
from django.utils.translation import get_language

from portal.core.hosts import register_on_every_host

SITE = "site"
"""In the address of a search: the city on whose site it is asked, where that site has no host name of its own."""


def box_links(city: str = "", *, has_own_host: bool = False) -> dict[str, str]:
    """`search` (its address), `search_city`, `search_site` and `search_suggest`, for a header in the active language.

    `city` is the slug of the city whose site it is, empty for the national one; `search_site` is the same where the
    address of the search has to name it.
    """
    return {
        "search": reverse("search:page"),
        "search_city": city,
        "search_site": "" if has_own_host else city,
        "search_suggest": suggest_url(city),
    }


def suggest_url(city: str = "") -> str:
    """Where the box asks for suggestions; empty where nothing answers."""
    try:
        url = reverse("search_api:suggest")
    except NoReverseMatch:
        return ""
    wanted = {"lang": get_language() or "", "city": city}
    return f"{url}?{urlencode({name: value for name, value in wanted.items() if value})}"


def answer_on_every_host() -> None:
    """The search and its suggestions answer on the host names of cities, too. Called when the app is ready."""
    register_on_every_host("search:page", "search:feed", "search_api:suggest")
