"""Each search as RSS: what is new in it, as every visitor finds it."""

import datetime
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.http import quote_etag
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from search.addresses import Asked
from search.finding import Result, WishError, find
from search.screen.links import labels_in
from search.screen.place import place_of

MOST = 30
KEPT_SECONDS = 300


@dataclass(frozen=True)
class Followed:
    """A search that somebody follows, and what it finds now."""

    asked: Asked
    site_name: str
    about: str
    results: list[Result]


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The newest results of a search; 304 for a reader who has them all, 400 with a reason on nonsense."""
    place = place_of(request)
    try:
        asked = Asked.read(request.GET).settled(place.city, has_own_host=place.has_own_host)
        asked = asked.sorted_by("newest")
        answer = find(asked.wishes(language=get_language() or "", here=place.city, page_size=MOST), request)
    except WishError as reason:
        return HttpResponse(str(reason), status=400, content_type="text/plain; charset=utf-8")
    labels = labels_in(answer.facets)
    about = ", ".join(str(labels.get(each, each[1])) for each in asked.narrowed)
    followed = Followed(asked, str(place.site.name), about, answer.results)
    response = SearchFeed()(request, followed=followed)
    response["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    response["ETag"] = _etag(request, answer.results)
    return get_conditional_response(request, etag=response["ETag"], response=response) or response


def _etag(request: HttpRequest, results: Iterable[Result]) -> str:
    """Changes with what is found and with what it says; when it was indexed says nothing."""
    parts = [request.get_full_path(), request.get_host()]
    parts += [f"{result.doc.key} {result.doc.version} {result.doc.title} {result.full_url}" for result in results]
    return quote_etag(hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32])


class SearchFeed(Feed):
    """Titles and summaries; the whole text stands where it was published."""

    feed_type = Rss201rev2Feed
    item_guid_is_permalink = False

    def get_object(self, request: HttpRequest, *, followed: Followed) -> Followed:
        """What the view has found."""
        return followed

    def title(self, followed: Followed) -> str:
        """As in "Search: tree planting (Guides) | Cities of Service"."""
        named = followed.asked.words or followed.about or _("Everything")
        if followed.asked.words and followed.about:
            named = f"{named} ({followed.about})"
        return _("Search: %(words)s | %(site)s") % {"words": named, "site": followed.site_name}

    def link(self, followed: Followed) -> str:
        """The same search as a page."""
        return reverse("search:page") + followed.asked.query

    def feed_url(self, followed: Followed) -> str:
        """Its own address."""
        return reverse("search:feed") + followed.asked.sorted_by("relevance").query

    def description(self, followed: Followed) -> str:
        """RSS wants a sentence."""
        return _("What is new in this search.")

    def items(self, followed: Followed) -> list[Result]:
        """The newest."""
        return followed.results

    def item_title(self, item: Result) -> str:
        """Without marks."""
        return item.doc.title

    def item_description(self, item: Result) -> str:
        """The summary, never the text."""
        return item.summary

    def item_link(self, item: Result) -> str:
        """With host."""
        return item.full_url or item.url

    def item_guid(self, item: Result) -> str:
        """Stays when it moves."""
        return f"urn:coalition:{item.doc.source}:{item.doc.object_id}:{item.doc.language}"

    def item_pubdate(self, item: Result) -> datetime.datetime | None:
        """The day by which results are sorted."""
        if item.doc.date is None:
            return None
        return timezone.make_aware(datetime.datetime.combine(item.doc.date, datetime.time()))

    def item_categories(self, item: Result) -> list[str]:
        """Its kind."""
        return [str(item.kind)]
