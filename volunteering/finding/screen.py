"""Everything that the list of opportunities shows, nationally or of one city: form, heading, lines, ways on."""

import datetime
from collections import Counter
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils import timezone

from coalition.gazetteer import zip_place
from coalition.models import City
from home.selectors import page_number
from portal.core.models import Topic
from volunteering.finding.asked import HARD, LOOKS, Asked
from volunteering.finding.matching import Matches, Scope, matches
from volunteering.finding.numbers import heading, in_words
from volunteering.finding.rows import Lines, Row
from volunteering.finding.ways import Way, WaysOn, sorts, views
from volunteering.finding.wishes import Wish, wishes_of
from volunteering.models import Opportunity

ON_A_PAGE = 12
NO_CITY = 0
"""A key that no city has: who asks for a city that is not there finds nothing."""


class Screen:
    """The list as one reader asks for it. `here` is the city on whose site it is asked, None nationally."""

    def __init__(self, request: HttpRequest, *, here: Any | None = None, path: str = "") -> None:
        self.request = request
        self.here = here
        self.path = path or request.path
        self.now = timezone.now()
        asked = Asked.read(request.GET)
        self.asked = asked.without("city") if here else asked
        self.wishes: list[Wish] = wishes_of(self.asked, self.today)
        self.topics = list(Topic.objects.select_related("parent"))
        self.topic = next((topic for topic in self.topics if topic.slug == self.asked["topic"]), None)
        self.cities: list[City] = [] if here else self._cities()
        self.city = here or next((city for city in self.cities if city.slug == self.asked["city"]), None)

    def _cities(self) -> list[City]:
        """The members that ever had an opportunity, for the choice of one."""
        used = Opportunity.objects.order_by().values("city")
        shown = (
            "name", "state", "slug", "latitude", "longitude", "time_zone", "status",
            "color_first", "color_second", "flag_field", "flag_emblem",
        )  # fmt: skip
        return list(City.objects.members().filter(pk__in=used).only(*shown))

    @cached_property
    def today(self) -> datetime.date:
        """The day on the clock of the city, or of the portal."""
        zone = ZoneInfo(self.here.time_zone) if self.here and self.here.time_zone else None
        return timezone.localdate(self.now, zone)

    @property
    def scope(self) -> Scope:
        """What is looked at."""
        city = self.city.pk if self.city else NO_CITY if self.asked["city"] else None
        return Scope(city, self.asked["topic"])

    @property
    def is_unknown(self) -> bool:
        """Whether a topic or a city is asked for that there is not."""
        return bool((self.asked["topic"] and not self.topic) or (self.asked["city"] and not self.city))

    @property
    def is_zip_unknown(self) -> bool:
        """Whether there is no such ZIP code as somebody typed."""
        return bool(self.asked["zip"]) and zip_place(self.asked["zip"]) is None

    @cached_property
    def found(self) -> Matches:
        """All that is open, in the order that was asked for."""
        found = Matches([]) if self.is_unknown else matches(self.scope, self.wishes, self.now)
        has_center = any(wish.center for wish in self.wishes)
        return found.ordered("best" if self.asked.sort == "nearest" and not has_center else self.asked.sort)

    @cached_property
    def counts(self) -> Counter[int]:
        """Number of wishes missed → how many miss so many."""
        return self.found.counts()

    @property
    def heading(self) -> str:
        """How many meet how many wishes."""
        return heading(self.counts, len(self.wishes))

    @cached_property
    def cities_open(self) -> int:
        """How many cities have something that is open."""
        return len(self.found.cities())

    @cached_property
    def nothing_meets_all(self) -> bool:
        """Whether there is something, and none of it meets every wish."""
        return bool(self.wishes and self.found) and not self.counts[0]

    @property
    def number_of_wishes(self) -> str:
        """In words."""
        return in_words(len(self.wishes))

    @cached_property
    def entries(self) -> PaginatorPage:
        """One page of what was found; `rows` are its lines."""
        return Paginator(self.found, ON_A_PAGE).get_page(page_number(self.request))

    @cached_property
    def lines(self) -> Lines:
        """Makes lines of matches."""
        return Lines(self.request, self.now)

    @cached_property
    def rows(self) -> list[Row]:
        """The lines of this page."""
        return self.lines.of(list(self.entries.object_list), self.wishes)

    @property
    def chips(self) -> list[Way]:
        """What is asked for, each with the address that asks for all but it."""
        hard = [("topic", self.topic), ("city", None if self.here else self.city)]
        named = [(key, str(what or self.asked[key])) for key, what in hard if self.asked[key]]
        named += [(wish.key, wish.label) for wish in self.wishes]
        if self.is_zip_unknown:
            named.append(("zip", self.asked["zip"]))
        return [Way(label, self.path + self.asked.without(key).query) for key, label in named]

    @property
    def sorts(self) -> list[Way]:
        """The orders."""
        return sorts(self.asked, self.path, self.wishes)

    @property
    def views(self) -> list[Way]:
        """The looks."""
        return views(self.asked, self.path)

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the form takes along without showing it."""
        return [(name, self.asked[name]) for name in LOOKS if self.asked[name]]

    @cached_property
    def ways_on(self) -> list[Way]:
        """When nothing meets every wish: wider circles, then each wish that could go."""
        if not self.nothing_meets_all:
            return []
        ways = WaysOn(self.asked.without("month"), self.path, self.wishes, self.found, self.scope)
        return [*ways.farther(), *ways.without_one(self.now)]

    @cached_property
    def wider(self) -> list[Way]:
        """When a topic and a city have nothing at all: either alone, with what it has. Two queries each."""
        if self.found:
            return []
        ways = []
        for name, label in (("topic", self.topic), ("city", self.city)):
            if self.asked[name]:
                less = Scope(None if name == "city" else self.scope.city, "" if name == "topic" else self.scope.topic)
                count = len(matches(less, (), self.now))
                ways.append(Way(str(label or self.asked[name]), self.path + self.asked.without(name).query, count))
        return [way for way in ways if way.count]

    @property
    def start_over_url(self) -> str:
        """The same look at everything."""
        return self.path + self.asked.only("view").query

    @property
    def is_narrow(self) -> bool:
        """Whether anything is asked for besides a look."""
        return any(name not in LOOKS for name in self.asked.values)

    @property
    def number(self) -> int:
        """Of the page of the list; a month and a map of cities have none."""
        return self.entries.number if self.asked.view == "list" else 1

    @property
    def canonical_query(self) -> str:
        """A topic, a city and a page are addresses of their own; all else is a way to look at them."""
        hard = self.asked.only(*HARD).query
        return f"{hard}{'&' if hard else '?'}page={self.number}" if self.number > 1 else hard
