"""The topics of an index: links that narrow its list, each with how many it leaves. Plain addresses, no script."""

import re
from dataclasses import dataclass

from django.db.models import Count, Q
from django.db.models.functions import Coalesce
from wagtail.query import PageQuerySet

from portal.core.models import Topic

SLUG = re.compile(r"[-a-zA-Z0-9_]{1,60}")


@dataclass(frozen=True)
class TopicLink:
    """One topic, and how many pages of the list it leaves."""

    topic: Topic
    count: int
    is_current: bool = False


@dataclass(frozen=True)
class TopicFilter:
    """The topics of a list, and the one that the reader asked for. `is_unknown`: there is no such topic."""

    links: tuple[TopicLink, ...] = ()
    current: Topic | None = None
    is_unknown: bool = False

    def apply(self, pages: PageQuerySet) -> PageQuerySet:
        """The pages that the reader asked for."""
        if self.is_unknown:
            return pages.none()
        return pages.filter(pk__in=_with(pages, self.current).values("pk")) if self.current else pages


def topic_filter(pages: PageQuerySet, asked: str) -> TopicFilter:
    """The main topics of these pages with their counts, and the topic whose slug was asked for.

    A page under a topic's part counts for the topic. Two queries; one when no page has a topic and none was asked for.
    """
    main = Coalesce("storypage__topics__parent_id", "storypage__topics__id")
    tagged = pages.filter(storypage__topics__isnull=False).order_by()
    counts = dict(tagged.values_list(main).annotate(Count("pk", distinct=True)))
    if not counts and not asked:
        return TopicFilter()
    named = SLUG.fullmatch(asked) is not None
    topics = list(Topic.objects.filter(Q(pk__in=counts) | Q(slug=asked if named else "")))
    current = next((topic for topic in topics if topic.slug == asked), None)
    if current and current.pk not in counts:
        counts[current.pk] = _with(pages, current).distinct().count()
    links = tuple(TopicLink(topic, counts[topic.pk], is_current=topic == current) for topic in topics)
    return TopicFilter(links, current, is_unknown=bool(asked) and current is None)


def _with(pages: PageQuerySet, topic: Topic) -> PageQuerySet:
    return pages.filter(Q(storypage__topics=topic) | Q(storypage__topics__parent=topic)).order_by()
