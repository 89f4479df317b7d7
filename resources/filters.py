"""The list of the library, narrowed: what fits, how much more or less each filter would leave, and the ways on."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from home.selectors import page_number
from portal.core.listings import ENTRIES_ON_A_PAGE
from portal.core.models import Topic
from portal.core.site_context import LANGUAGE_NAMES
from resources.feeds import NamedFeed
from resources.models.base import ResourcePage
from resources.models.choices import Audience, Effort, Format
from resources.models.tags import LibraryTag
from resources.rows import Row, row_of
from resources.shelf import Item, counts_of_uses, family_of, items_of
from resources.wishes import ALL_LANGUAGES, FACETS, SORTS, Wishes
from search.facets import Option

SLUG = re.compile(r"[-\w]{1,100}")
Labels = dict[str, str | Promise]

LEGENDS: Labels = {
    "topic": _("Topic"),
    "audience": _("Mainly for"),
    "effort": _("How long it takes"),
    "format": _("Kind"),
    "language": _("Language"),
}
SORT_NAMES: Labels = {"newest": _("Newest first"), "title": _("A to Z"), "used": _("Most used")}


@dataclass(frozen=True)
class Facet:
    """One filter with its options. Of languages one is chosen, of the others as many as one likes."""

    key: str
    legend: str | Promise
    options: list[Option]

    @property
    def takes_one(self) -> bool:
        """Whether one option excludes the others."""
        return self.key == "language"


@dataclass(frozen=True)
class Way:
    """A link to the list with a wish less. `count` is what it would show."""

    label: str | Promise
    url: str
    count: int = 0


class Library:
    """The shelf as one reader asks for it."""

    def __init__(self, page: Any, request: HttpRequest) -> None:
        self.request = request
        family = family_of(page)
        self.language: str = page.locale.language_code
        self.wishes = Wishes.read(request.GET, self.language)
        self.topics = list(Topic.objects.select_related("parent"))
        self.tag = _tag(self.wishes.tag)
        self.labels = self._labels()
        self.is_unknown = self._is_unknown()
        self.items = items_of(family, self._slugs(), self.tag.pk if self.tag else None)
        self.uses = counts_of_uses()
        self._sort_out()

    def _labels(self) -> dict[str, Labels]:
        languages: Labels = {**LANGUAGE_NAMES, ALL_LANGUAGES: _("All languages")}
        return {
            "topic": {topic.slug: str(topic) for topic in self.topics},
            "audience": dict(Audience.choices),
            "effort": dict(Effort.choices),
            "format": dict(Format.choices),
            "language": languages,
        }

    def _is_unknown(self) -> bool:
        if self.wishes.tag and self.tag is None:
            return True
        return any(value not in self.labels[facet] for facet in FACETS for value in self.wishes.of(facet))

    def _slugs(self) -> dict[int, frozenset[str]]:
        """Topic → the slugs it counts for: a part of a topic counts for the topic, too."""
        return {
            topic.pk: frozenset([topic.slug, topic.parent.slug] if topic.parent else [topic.slug])
            for topic in self.topics
        }

    def _sort_out(self) -> None:
        """What fits; and for each facet what there would be if only that one asked for something else."""
        self.found: list[Item] = []
        self.counts: dict[str, Counter[str]] = {facet: Counter() for facet in FACETS}
        self.all_but: Counter[str] = Counter()
        asked = list(enumerate(self.wishes.asked))
        for item in self.items:
            values = item.values
            missed = [place for place, wanted in asked if wanted and wanted.isdisjoint(values[place])]
            if not missed and not self.is_unknown:
                self.found.append(item)
            if len(missed) < 2:
                for place in missed or range(len(FACETS)):
                    facet = FACETS[place]
                    self.all_but[facet] += 1
                    for value in values[place]:
                        self.counts[facet][value] += 1
        self.counts["language"][ALL_LANGUAGES] = self.all_but["language"]

    @cached_property
    def facets(self) -> list[Facet]:
        """The filters, each with the options that something in the library has, or that are chosen."""
        there = [set(self.wishes.of(facet)) for facet in FACETS]
        for values in {item.values for item in self.items}:
            for place, has in enumerate(values):
                there[place] |= has
        parts = {topic.slug for topic in self.topics if topic.parent_id}
        there[0] -= parts - set(self.wishes.of("topic"))
        there[-1] |= {self.language, ALL_LANGUAGES}
        found = [Facet(facet, LEGENDS[facet], self._options(facet, there[place])) for place, facet in enumerate(FACETS)]
        return [facet for facet in found if len(facet.options) > (2 if facet.takes_one else 0)]

    def _options(self, facet: str, there: set[str]) -> list[Option]:
        chosen = self.wishes.of(facet) or ((self.language,) if facet == "language" else ())
        labels = self.labels[facet].items()
        return [
            Option(value, label, self.counts[facet][value], value in chosen)
            for value, label in labels
            if value in there
        ]

    @property
    def chips(self) -> list[Way]:
        """What is asked for, each with the address that asks for all but it."""
        asked = [(facet, value) for facet in FACETS for value in self.wishes.of(facet)]
        chips = [Way(self.labels[facet].get(value, value), self._url(facet, value)) for facet, value in asked]
        if self.wishes.tag:
            chips.append(Way(self.tag.name if self.tag else self.wishes.tag, self._url("tag")))
        return chips

    @property
    def ways_on(self) -> list[Way]:
        """What to leave out when nothing fits, most helpful first."""
        narrowed = [facet for facet in FACETS if self.wishes.of(facet) and self.all_but[facet]]
        ways = [Way(self._named(facet), self._url(facet), self.all_but[facet]) for facet in narrowed]
        return sorted(ways, key=lambda way: -way.count)

    def _named(self, facet: str) -> str:
        return ", ".join(str(self.labels[facet].get(value, value)) for value in self.wishes.of(facet))

    def _url(self, facet: str, value: str = "") -> str:
        return self.request.path + self.wishes.without(facet, value).query

    @property
    def sorts(self) -> list[tuple[str | Promise, str, bool]]:
        """(name, address, whether it is the present one) of each order."""
        return [
            (SORT_NAMES[sort], self.request.path + self.wishes.sorted_by(sort).query, sort == self.wishes.sort)
            for sort in SORTS
        ]

    def feeds(self, page: Any) -> list[NamedFeed]:
        """All that is new, and each topic of what the reader looks at."""
        base = page.get_url(self.request) or ""
        about = {slug for item in self.items for slug in item.values[0]}
        main = {topic.slug for topic in self.topics if topic.slug in about and not topic.parent_id}
        wanted = main & set(self.wishes.of("topic")) if self.wishes.is_narrow else main
        named = [
            NamedFeed(f"{base}feed/{topic.slug}/", str(topic), topic) for topic in self.topics if topic.slug in wanted
        ]
        return [NamedFeed(f"{base}feed/", gettext("All that is new")), *named] if base else []

    def entries(self) -> PaginatorPage:
        """One page of what fits; only its resources are loaded."""
        page: Any = Paginator(self._in_order(), ENTRIES_ON_A_PAGE).get_page(page_number(self.request))
        keys = [item.pk for item in page.object_list]
        loaded = ResourcePage.objects.filter(pk__in=keys).select_related("locale").in_bulk()
        page.object_list = [self._row(loaded[pk]) for pk in keys if pk in loaded]
        return page

    def _row(self, page: Any) -> Row:
        return row_of(page, self.request, uses=self.uses.get(page.translation_key, 0))

    def _in_order(self) -> list[Item]:
        by_title: Callable[[Item], Any] = lambda item: (item.sorted_title, item.pk)  # noqa: E731
        found = sorted(self.found, key=by_title)
        if self.wishes.sort == "title":
            return found
        if self.wishes.sort == "used":
            return sorted(found, key=lambda item: -self.uses.get(item.key, 0))
        return sorted(found, key=lambda item: item.updated_on, reverse=True)


def _tag(slug: str) -> LibraryTag | None:
    return LibraryTag.objects.filter(slug=slug).first() if SLUG.fullmatch(slug) else None


def library_context(page: Any, request: HttpRequest) -> dict[str, Any]:
    """`library` (facets, chips, sorts, ways on), `entries` (one page of what fits) and the library's `feeds`."""
    library = Library(page, request)
    if library.is_unknown:
        request.is_noindex = True  # type: ignore[attr-defined]
    return {"library": library, "entries": library.entries(), "feeds": library.feeds(page)}
