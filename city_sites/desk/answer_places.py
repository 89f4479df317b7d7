"""Where the answers to "How do I …" lead in one city, and what an answer is made of."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from wagtail.models import Page

from city_sites.health.finding import edit_url
from city_sites.models import StarterPart
from coalition.models import City
from coalition.permissions import Act

Text = str | Promise


@dataclass(frozen=True)
class Entry:
    """A question and its steps; who may do `act` reads it, but not who may do `unless`."""

    key: str
    act: Act
    question: Text
    steps: tuple[Text, ...]
    link: Text
    place: Callable[["SitePlaces"], str]
    unless: Act | None = None


class SitePlaces:
    """Where the answers of one city lead. One query."""

    def __init__(self, city: City) -> None:
        self.city = city
        parts = StarterPart.objects.filter(site__city=city, page__isnull=False).select_related("page")
        self._pages: dict[str, Page] = {part.key: part.page for part in parts}

    def explore(self) -> str:
        """The list of the city's pages."""
        return reverse("wagtailadmin_explore", args=[self.city.home_page_id]) if self.city.home_page_id else ""

    def field(self, name: str) -> str:
        """A field of the home page's editor."""
        return edit_url(self._pages["home"], name) if "home" in self._pages else ""

    def new_story(self) -> str:
        """The form of a new story."""
        index = self._pages.get("stories")
        return reverse("wagtailadmin_pages:add", args=["home", "storypage", index.pk]) if index else ""

    def tool(self, url_name: str) -> str:
        """An admin page of the city, "" when it is not there."""
        try:
            return reverse(url_name, args=[self.city.pk])
        except NoReverseMatch:
            return ""
