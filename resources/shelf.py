"""All that stands in a library, in every language, as far as a list needs it: three queries, however much there is."""

import datetime
import unicodedata
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Q
from wagtail.models import Page

from coalition.models import City
from resources.models.base import ResourcePage
from resources.models.tags import ResourceTag
from resources.models.uses import GuideUse

NOTHING: frozenset[str] = frozenset()


class Item(NamedTuple):
    """One resource: what it is sorted by, and `values`: what it has of each facet, in the order of FACETS."""

    pk: int
    key: UUID
    title: str
    updated_on: datetime.date
    values: tuple[frozenset[str], ...]

    @property
    def sorted_title(self) -> str:
        """The title as people look for it: capitals and accents make no difference."""
        plain = unicodedata.normalize("NFKD", self.title.casefold())
        return "".join(letter for letter in plain if not unicodedata.combining(letter))


def family_of(library: Any) -> list[Page]:
    """The library in each language that it is published in. The library knows its own language from then on."""
    family = list(Page.objects.live().filter(translation_key=library.translation_key).select_related("locale"))
    own = next((page for page in family if page.pk == library.pk), None)
    if own is not None:
        library.locale = own.locale
    return family if own is not None else [*family, library]


def items_of(family: list[Any], topics: dict[int, frozenset[str]], tag: int | None = None) -> list[Item]:
    """Everything live and not private below the pages of the family; with `tag` (its id) what has that tag.

    `topics` says for which slugs a topic counts, by its id. Members-only resources are among them: title and summary
    are public.
    """
    shown = ResourcePage.objects.shown().filter(_below(family))
    if tag is not None:
        shown = shown.filter(pk__in=ResourceTag.objects.filter(tag=tag).values("content_object"))
    about = _topics_by_resource(topics)
    one = cache(lambda value: frozenset([value]))  # thousands of items share a few dozen of sets
    languages = {page.locale_id: one(page.locale.language_code) for page in family}
    rows = shown.values_list("pk", "translation_key", "title", "updated_on", "locale", "audience", "effort", "format")
    return [
        Item(pk, key, title, day, (about.get(pk, NOTHING), one(audience), one(effort), one(kind), languages[locale]))
        for pk, key, title, day, locale, audience, effort, kind in rows
        if locale in languages
    ]


def _topics_by_resource(topics: dict[int, frozenset[str]]) -> dict[int, frozenset[str]]:
    """Resource → slugs of its topics, those that they are part of included. One query."""
    links: Any = ResourcePage.topics.through.objects.values_list("resourcepage_id", "topic_id")
    found: dict[int, frozenset[str]] = {}
    for pk, topic in links:
        found[pk] = found[pk] | topics[topic] if pk in found else topics[topic]
    return found


def _below(family: list[Any]) -> Q:
    condition = Q(pk__in=[])
    for page in family:
        if page.path:  # the preview of a library that was never saved has none
            condition |= Q(path__startswith=page.path, depth__gt=page.depth)
    return condition


def counts_of_uses() -> dict[UUID, int]:
    """Guide → how many member cities say that they used it. One query."""
    shown = GuideUse.objects.filter(is_shown=True, city__status=City.Status.MEMBER).order_by()
    return dict(shown.values_list("guide_key").annotate(Count("pk")))
