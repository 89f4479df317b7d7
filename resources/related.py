"""Which resources go with which."""

from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Left, Length
from django.http import HttpRequest
from wagtail.models import Page

from coalition.walls.reach import everybody_reads
from portal.core.figures import fill
from portal.core.listings import Entry
from resources.models import GuideUse, LibraryPage, ResourcePage, ResourceTag

MOST = 4
A_TOPIC, A_TAG, A_CITY = 2, 1, 1
"""What a shared topic, a shared tag and a city that uses both are worth."""


def related_to(page: Any, request: HttpRequest) -> tuple[Entry, ...]:
    """Up to four resources that go with this one, the closest first; among equals the newer. In its own language.

    From the libraries, and from the list in which the page itself stands: another city's guides are left to that city.
    """
    if not isinstance(page, ResourcePage) or not page.pk:
        return ()
    found = _near(page).filter(_in_library() | Q(path__startswith=page.path[: -Page.steplen]))
    found = found.filter(everybody_reads(), locale_id=page.locale_id).exclude(pk=page.pk)
    found = found.annotate(score=_score(page)).order_by("-score", "-updated_on", "-pk")
    return tuple(_entry(each, request) for each in found[:MOST])


def _entry(page: ResourcePage, request: HttpRequest) -> Entry:
    facts = [page.get_format_display(), page.get_effort_display() if page.effort else ""]
    return Entry(
        title=page.title,
        url=page.get_url(request) or "",
        summary=fill(page.summary),
        facts=tuple(fact for fact in facts if fact),
    )


def _in_library() -> Q:
    """That a page stands directly in a library of the national site or of a site of its own."""
    parent = LibraryPage.objects.filter(path=Left(OuterRef("path"), Length(OuterRef("path")) - Page.steplen))
    return Q(Exists(parent))


def _shared(page: ResourcePage) -> list[tuple[int, str, QuerySet[Any]]]:
    """(worth, column that names the other resource, rows that it shares with `page`)."""
    topics: Any = ResourcePage.topics.through
    own_topics = topics.objects.filter(resourcepage=page.pk).values("topic")
    own_tags = ResourceTag.objects.filter(content_object=page.pk).values("tag")
    own_cities = GuideUse.objects.filter(guide_key=page.translation_key, is_shown=True).values("city")
    return [
        (A_TOPIC, "resourcepage", topics.objects.filter(topic__in=own_topics)),
        (A_TAG, "content_object", ResourceTag.objects.filter(tag__in=own_tags)),
        (A_CITY, "guide_key", GuideUse.objects.filter(city__in=own_cities, is_shown=True)),
    ]


def _near(page: ResourcePage) -> QuerySet[ResourcePage]:
    """Resources that share anything with `page`."""
    near = Q()
    for _worth, column, rows in _shared(page):
        near |= Q(**{f"{_key_of(column)}__in": rows.values(column)})
    return ResourcePage.objects.filter(near)


def _score(page: ResourcePage) -> Any:
    score: Any = Value(0)
    for worth, column, rows in _shared(page):
        mine = rows.filter(**{column: OuterRef(_key_of(column))}).order_by().values(column)
        times = Subquery(mine.annotate(times=Count("*")).values("times"), output_field=IntegerField())
        score = score + Coalesce(times, 0) * worth
    return score


def _key_of(column: str) -> str:
    return "translation_key" if column == "guide_key" else "pk"
