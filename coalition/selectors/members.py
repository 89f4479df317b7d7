"""The member cities as /cities/ and the open data show them: the same filters, the same rows, the same order."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from operator import attrgetter
from urllib.parse import urlencode

from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.db.models import prefetch_related_objects
from django.http import HttpRequest

from coalition.models import City, CityAlias
from coalition.place_index.fold import key, words
from coalition.states import STATES, state_name

CITIES_ON_A_PAGE = 25
NEWEST_SHOWN = 3
SIZES: dict[str, tuple[int, float]] = {  # people: at least, fewer than
    "small": (0, 100_000),
    "medium": (100_000, 300_000),
    "large": (300_000, float("inf")),
}
SORTS = {  # the field, and whether the greatest comes first
    "-since": ("member_since", True),
    "since": ("member_since", False),
    "name": ("name", False),
    "-name": ("name", True),
    "-people": ("population", True),
    "people": ("population", False),
}
NEWEST_FIRST = "-since"
SHOWN = (
    "name",
    "state",
    "slug",
    "geoid",
    "population",
    "latitude",
    "longitude",
    "status",
    "member_since",
    "color_first",
    "color_second",
    "flag_field",
    "flag_emblem",
    "home_page",
)


@dataclass(frozen=True)
class MemberFilter:
    """What a reader asked for: words of the name, a state's code, a key of SIZES, one of SORTS. Empty asks for all."""

    words: str = ""
    state: str = ""
    size: str = ""
    sort: str = NEWEST_FIRST

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "MemberFilter":
        """Read `q`, `state` (code or name), `size` and `sort`; whatever means nothing is as good as absent."""
        return cls(
            words=" ".join(query.get("q", "").replace("\0", "").split())[:100],
            state=_state_code(query.get("state", "")),
            size=query.get("size", "") if query.get("size") in SIZES else "",
            sort=query.get("sort", "") if query.get("sort") in SORTS else NEWEST_FIRST,
        )

    @property
    def state_name(self) -> str:
        """The asked state in full, empty for all states."""
        return state_name(self.state)

    @property
    def is_narrow(self) -> bool:
        """Whether anything is filtered out."""
        return bool(self.words or self.state or self.size)

    def query(self, **changes: str) -> str:
        """The filters as a query string with its "?", empty when all are at rest. `page` may be among the changes."""
        page = changes.pop("page", "")
        asked = replace(self, **changes)
        values = {
            "q": asked.words,
            "state": asked.state,
            "size": asked.size,
            "sort": "" if asked.sort == NEWEST_FIRST else asked.sort,
            "page": page,
        }
        encoded = urlencode({name: value for name, value in values.items() if value})
        return f"?{encoded}" if encoded else ""


def _state_code(text: str) -> str:
    wanted = text.strip().casefold()
    return next((code for code, name in STATES.items() if wanted in (code.casefold(), name.casefold())), "")


@dataclass(frozen=True)
class StateCount:
    """One state that has members."""

    code: str
    name: str
    members: int


@dataclass(frozen=True)
class MemberList:
    """Everything /cities/ shows. `found` are all cities that fit the filter, `page` those of one page of the list."""

    total: int
    newest: list[City]
    states: list[StateCount]
    found: list[City]
    page: PaginatorPage


def member_list(wanted: MemberFilter, *, page_number: str) -> MemberList:
    """Count, filter, sort and cut into pages. Two queries, a third when a name is asked for.

    A page number that is not there gives the nearest one that is.
    """
    members = list(City.objects.members().newest_first().only(*SHOWN))
    found = _sorted(_fitting(members, wanted), wanted.sort)
    page = Paginator(found, CITIES_ON_A_PAGE).get_page(page_number)
    page.object_list = list(page.object_list)
    prefetch_related_objects(page.object_list, "home_page")
    return MemberList(
        total=len(members), newest=members[:NEWEST_SHOWN], states=_states(members), found=found, page=page
    )


def members_for_data(wanted: MemberFilter) -> list[City]:
    """The cities of /cities/ with these filters, all pages of them, home pages loaded. Two or three queries."""
    members = list(City.objects.members().newest_first().only(*SHOWN))
    found = _sorted(_fitting(members, wanted), wanted.sort)
    prefetch_related_objects(found, "home_page")
    return found


def site_url(city: City, request: HttpRequest, *, full: bool = False) -> str:
    """Where the city's volunteer site is, empty while it is not up. With host when `full`. The home page is loaded."""
    page = city.home_page
    if page is None or not page.live:
        return ""
    url = page.get_full_url(request) if full else page.get_url(request)
    return url or ""


def _states(members: Iterable[City]) -> list[StateCount]:
    counts = Counter(city.state for city in members)
    return sorted(
        (StateCount(code, state_name(code), count) for code, count in counts.items()), key=lambda state: state.name
    )


def _fitting(members: list[City], wanted: MemberFilter) -> list[City]:
    found = members
    if wanted.state:
        found = [city for city in found if city.state == wanted.state]
    if wanted.size:
        least, under = SIZES[wanted.size]
        found = [city for city in found if city.population is not None and least <= city.population < under]
    if wanted.words:
        found = _named(found, key(words(wanted.words)))
    return found


def _named(cities: list[City], typed: str) -> list[City]:
    """Cities with `typed` in their name or in another name of theirs; accents, points and spaces do not count."""
    if not typed:
        return []
    other_names = CityAlias.objects.filter(city__status=City.Status.MEMBER).values_list("city_id", "name")
    by_alias = {city_id for city_id, name in other_names if typed in key(words(name))}
    return [city for city in cities if city.pk in by_alias or typed in key(words(city.name))]


def _sorted(cities: list[City], sort: str) -> list[City]:
    """In the asked order; a city that lacks the value comes last either way, and ties go by name."""
    if sort == NEWEST_FIRST:
        return cities  # the database's order
    field, is_down = SORTS[sort]
    by_name = sorted(cities, key=lambda city: (city.name, city.state))
    value = attrgetter(field)
    known = sorted((city for city in by_name if value(city) is not None), key=value, reverse=is_down)
    return known + [city for city in by_name if value(city) is None]
