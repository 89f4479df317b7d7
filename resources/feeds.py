"""RSS of the library: what is new in it, or in one topic, in the library’s own language."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.syndication.views import Feed
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.http import parse_http_date
from django.utils.translation import gettext as _
from wagtail.query import PageQuerySet

from coalition.walls.reach import everybody_reads
from portal.core.figures import fill
from portal.core.models import Topic
from resources.models import LibraryPage, ResourcePage

MOST = 30


@dataclass(frozen=True)
class NamedFeed:
    """A feed as the library links to it. `topic` is None for all that is new."""

    url: str
    title: str
    topic: Topic | None = None


def resources_in(library: LibraryPage, topic: Topic | None = None) -> PageQuerySet:
    """What stands in a library for everybody to find, members-only resources included; the newest first.

    What is about a part of a topic is about the topic.
    """
    found = ResourcePage.objects.child_of(library).filter(everybody_reads())
    if topic:
        through: Any = ResourcePage.topics.through
        about = through.objects.filter(Q(topic=topic) | Q(topic__parent=topic))
        found = found.filter(pk__in=about.values("resourcepage"))
    return found.order_by("-first_published_at", "-pk")


def feeds_of(library: LibraryPage, request: HttpRequest | None = None) -> tuple[NamedFeed, ...]:
    """All that is new, then each main topic that has something. One query."""
    base = library.get_url(request)
    if not base:
        return ()
    through: Any = ResourcePage.topics.through
    about = through.objects.filter(resourcepage__in=ResourcePage.objects.child_of(library).live())
    used = Q(pk__in=about.values("topic")) | Q(children__in=about.values("topic"))
    topics = Topic.objects.main().filter(used).distinct()
    whole = NamedFeed(f"{base}feed/", _("All that is new"))
    return (whole, *(NamedFeed(f"{base}feed/{topic.slug}/", str(topic), topic) for topic in topics))


def library_feed(page: LibraryPage, request: HttpRequest, topic: str) -> HttpResponse:
    """What is new, newest first; 304 for a reader who has it all. 404 for a topic that is not there."""
    chosen = Topic.objects.filter(slug=topic).first() if topic else None
    if topic and chosen is None:
        raise Http404(topic)
    response = LibraryFeed()(request, library=page, topic=chosen)
    changed = response.headers.get("Last-Modified")
    found = get_conditional_response(
        request, last_modified=parse_http_date(changed) if changed else None, response=response
    )
    return found or response


class LibraryFeed(Feed):
    """Titles and summaries, the same for everybody: what is for members only stands in no feed."""

    feed_type = Rss201rev2Feed
    item_guid_is_permalink = False

    def get_object(self, request: HttpRequest, *, library: LibraryPage, topic: Topic | None) -> Any:
        """The library and the topic, if one was asked for."""
        return (library, topic)

    def title(self, asked: Any) -> str:
        """As in "Guides: Health"."""
        library, topic = asked
        return f"{library.title}: {topic}" if topic else library.title

    def link(self, asked: Any) -> str:
        """The library, narrowed to the topic."""
        library, topic = asked
        return library.full_url + (f"?topic={topic.slug}" if topic else "")

    def feed_url(self, asked: Any) -> str:
        """Its own address."""
        library, topic = asked
        return f"{library.full_url}feed/" + (f"{topic.slug}/" if topic else "")

    def description(self, asked: Any) -> str:
        """What the library says of itself; RSS wants a sentence."""
        return fill(asked[0].summary) or _("What is new in the library.")

    def items(self, asked: Any) -> Iterable[ResourcePage]:
        """The newest."""
        return resources_in(*asked).prefetch_related("topics")[:MOST]

    def item_title(self, item: ResourcePage) -> str:
        """As it is."""
        return item.title

    def item_description(self, item: ResourcePage) -> str:
        """The summary, never the text."""
        return fill(item.summary)

    def item_link(self, item: ResourcePage) -> str:
        """With host."""
        return item.full_url

    def item_guid(self, item: ResourcePage) -> str:
        """Stays when the page moves."""
        return f"urn:uuid:{item.translation_key}"

    def item_pubdate(self, item: ResourcePage) -> datetime.datetime | None:
        """When it was first there."""
        return item.first_published_at

    def item_updateddate(self, item: ResourcePage) -> datetime.datetime | None:
        """When it was last published; Last-Modified of the feed comes from it."""
        return item.last_published_at

    def item_categories(self, item: ResourcePage) -> list[str]:
        """Its topics."""
        return [str(topic) for topic in item.topics.all()]
