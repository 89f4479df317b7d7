"""What sites list of home's pages: stories."""

from django.http import HttpRequest
from wagtail.models import Page

from home.models import StoryPage
from home.selectors import entry_of
from portal.core.listings import Listing


def stories_of(home: Page, *, limit: int, offset: int = 0, request: HttpRequest | None = None) -> Listing:
    """Stories of the site of `home`, newest first; a city's site also has what the national one tells about the city.

    Three queries: who may read what, the stories, where they all are listed; a fourth when somebody asks for the total.
    """
    city_id = getattr(home, "city_id", None)
    stories = StoryPage.objects.of_city(home, city_id) if city_id else StoryPage.objects.under(home)
    found = list(stories[offset : offset + limit])
    entries = tuple(entry_of(story, request) for story in found)
    return Listing(entries, _index_url(home, found, request), count=stories.count)


def _index_url(home: Page, stories: list[StoryPage], request: HttpRequest | None) -> str:
    """The list in which the newest of the site's own stories stands."""
    own = next((story for story in stories if story.path.startswith(home.path)), None)
    index = Page.objects.live().filter(path=own.path[: -own.steplen]).first() if own else None
    return (index.get_url(request) or "") if index else ""
