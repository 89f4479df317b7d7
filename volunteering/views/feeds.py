"""What is open as RSS and as a calendar: of all cities or one, of a topic, of what meets somebody's wishes."""

import datetime
import hashlib
from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.core.calendars import calendar_response
from volunteering.booking.calendars import shift_event
from volunteering.finding.feeds import FeedItem, Followed

KEPT_SECONDS = 300


@require_safe
def rss(request: HttpRequest) -> HttpResponse:
    """The newest that are open and meet all wishes; 304 for a reader who has them all."""
    followed = Followed(request)
    items = followed.newest()
    said = [f"{item.url} {item.title} {item.summary} {item.published_at}" for item in items]
    return _answer(request, said, lambda: OpportunityFeed()(request, followed=followed, listed=items))


@require_safe
def ical(request: HttpRequest) -> HttpResponse:
    """All dates ahead that meet all wishes, called off ones as such; 304 for a calendar that has them."""
    followed = Followed(request)
    events = [event for shift, page in followed.dates() if (event := shift_event(shift, page))]
    return _answer(request, map(repr, events), lambda: calendar_response(followed.title, events))


def _answer(request: HttpRequest, said: Iterable[str], make: Callable[[], HttpResponse]) -> HttpResponse:
    """With an ETag of what it says; made only for who does not have it."""
    digest = hashlib.sha256("\n".join([request.get_host(), request.get_full_path(), *said]).encode())
    etag = quote_etag(digest.hexdigest()[:32])
    response = get_conditional_response(request, etag=etag) or make()
    response["ETag"] = etag
    response["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, public=True, max_age=KEPT_SECONDS)
    return response


class OpportunityFeed(Feed):
    """Titles, days and summaries."""

    feed_type = Rss201rev2Feed
    item_guid_is_permalink = False

    def get_object(self, request: HttpRequest, *, followed: Followed, listed: list[FeedItem]) -> Any:
        """What is followed, and what there is of it."""
        return followed, listed

    def title(self, asked: Any) -> str:
        """As in "Opportunities: Tulsa, OK, Trees"."""
        return asked[0].title

    def link(self, asked: Any) -> str:
        """The list as a page."""
        return asked[0].page_url

    def feed_url(self, asked: Any) -> str:
        """Its own address."""
        return asked[0].feed_url

    def description(self, asked: Any) -> str:
        """RSS wants a sentence."""
        return _("Ways to help that are open now, the newest first.")

    def items(self, asked: Any) -> list[FeedItem]:
        """The newest."""
        return asked[1]

    def item_title(self, item: FeedItem) -> str:
        """As it is."""
        return item.title

    def item_description(self, item: FeedItem) -> str:
        """When, where, and the summary."""
        return item.description

    def item_link(self, item: FeedItem) -> str:
        """With host."""
        return item.url

    def item_guid(self, item: FeedItem) -> str:
        """Stays when the page moves."""
        return f"urn:uuid:{item.key}"

    def item_pubdate(self, item: FeedItem) -> datetime.datetime | None:
        """When it was first there."""
        return item.published_at
