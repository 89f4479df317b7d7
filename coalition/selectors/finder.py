"""What the finder says about one city, about several of one name, and about what it does not know."""

from collections.abc import Iterable
from dataclasses import dataclass
from heapq import nsmallest
from math import cos, radians

from django.http import HttpRequest
from django.utils import timezone

from coalition.gazetteer import ZipPlace
from coalition.geography import miles_between
from coalition.models import City
from coalition.place_index.index import current_index
from coalition.place_index.names import Place
from coalition.place_index.result import Kind, ReadAs, Result
from coalition.place_index.search import search
from coalition.selectors.members import site_url

NEAREST_SHOWN = 3
MEASURED = 12  # members whose distance is measured exactly


@dataclass(frozen=True)
class Neighbor:
    """A member city and how far it is from the place in question, in miles."""

    place: Place
    miles: int


@dataclass(frozen=True)
class Choice:
    """One city to choose from. `status` as in City.Status."""

    place: Place
    status: str


@dataclass(frozen=True)
class Answer:
    """Where one city stands. A city that only the gazetteer knows is an unsaved City; see `is_city` and `zip`."""

    city: City
    site_url: str = ""
    site_title: str = ""
    nearest: tuple[Neighbor, ...] = ()
    members_in_state: int = 0
    is_city: bool = True  # False where no city government could join
    zip: str = ""  # set for a town that is not on the list: then nothing else is known of it

    @property
    def mayor(self) -> str:
        """The mayor's name while the term lasts, as far as we know."""
        over = self.city.mayor_term_end and self.city.mayor_term_end < timezone.localdate()
        return "" if over else self.city.mayor_name

    @property
    def is_on_list(self) -> bool:
        """Whether the city is known, as a member or as one that could be."""
        return not self.zip


@dataclass(frozen=True)
class Typed:
    """What the reader typed and how it was read, when that is not the same."""

    text: str
    read_as: ReadAs
    zip: str
    others: tuple[Choice, ...]


def find_city(slug: str) -> City | str | None:
    """The city with this slug; a slug, when the city is known by another one now; None when there is none.

    A place of the gazetteer that the coalition has no record of comes as an unsaved City.
    """
    city = City.objects.filter(slug=slug).select_related("home_page").first()
    if city:
        return city
    twin = current_index().twins.get(slug)
    if twin is None:
        return None
    return twin.slug if twin.city_id and twin.slug != slug else _unsaved(twin)  # never from a slug to itself


def _unsaved(place: Place | ZipPlace) -> City:
    city = City(name=place.name, state=place.state, latitude=place.latitude, longitude=place.longitude)
    if isinstance(place, Place):
        city.slug, city.population = place.slug, place.population
    return city


def answer_for(city: City, request: HttpRequest) -> Answer:
    """Everything one answer shows. Its home page is loaded. One query."""
    return _answer(city, request, is_city=bool(city.pk) or _has_city_hall(city.slug))


def answer_for_town(town: ZipPlace, request: HttpRequest) -> Answer:
    """The answer about a place that is too small for the list, known by its ZIP code alone. One query."""
    return _answer(_unsaved(town), request, code=town.zip)


def _has_city_hall(slug: str) -> bool:
    twin = current_index().twins.get(slug)
    return twin is None or twin.is_city


def _answer(city: City, request: HttpRequest, *, is_city: bool = True, code: str = "") -> Answer:
    members = _members()
    return Answer(
        city=city,
        site_url=site_url(city, request),
        site_title=city.home_page.title if city.home_page else "",
        nearest=_nearest(city, members),
        members_in_state=sum(member.state == city.state for member in members),
        is_city=is_city,
        zip=code,
    )


def _members() -> list[Place]:
    fields = ("slug", "name", "state", "latitude", "longitude")
    rows = City.objects.members().order_by().values_list(*fields)
    return [Place(slug, name, state, None, latitude, longitude) for slug, name, state, latitude, longitude in rows]


def _nearest(city: City, members: Iterable[Place]) -> tuple[Neighbor, ...]:
    """The members next to a city, nearest first; none when nobody knows where the city is."""
    if city.latitude is None or city.longitude is None:
        return ()
    here = (city.latitude, city.longitude)
    located = [
        (place, (place.latitude, place.longitude))
        for place in members
        if place.slug != city.slug and place.latitude is not None and place.longitude is not None
    ]
    found = [
        Neighbor(place, max(1, round(miles_between(*here, *there))))
        for place, there in nsmallest(MEASURED, located, key=lambda entry: _flat_distance(here, entry[1]))
    ]
    return tuple(sorted(found, key=lambda neighbor: neighbor.miles)[:NEAREST_SHOWN])


def _flat_distance(here: tuple[float, float], there: tuple[float, float]) -> float:
    """As if the world were flat: enough to choose whom to measure, and ten times as fast for hundreds of members."""
    north = there[0] - here[0]
    east = ((there[1] - here[1] + 180) % 360 - 180) * cos(radians(here[0]))
    return north * north + east * east


def choices(places: Iterable[Place]) -> tuple[Choice, ...]:
    """The places with where each stands. One query, none when the coalition has a record of none of them."""
    places = tuple(places)
    known = [place.city_id for place in places if place.city_id]
    status = dict(City.objects.filter(pk__in=known).values_list("pk", "status")) if known else {}
    return tuple(Choice(place, status.get(place.city_id or 0, City.Status.PROSPECT)) for place in places)


def typed_as(text: str, *, slug: str = "", zip: str = "") -> Typed | None:
    """How `text` came to mean the city with this slug or the town with this ZIP code; None when it does not mean it.

    So an address that claims that somebody typed this or that is believed only where it is true.
    """
    result = search(text)
    means_city = result.kind == Kind.PLACE and result.first is not None and result.first.slug == slug
    means_town = result.elsewhere is not None and result.elsewhere.zip == zip
    if not (means_city or means_town) or not is_worth_telling(result) or result.read_as is None:
        return None
    return Typed(result.text, result.read_as, result.zip, choices(result.closest))


def is_worth_telling(result: Result) -> bool:
    """Whether the reading differs so much from what was typed that the answer should say so."""
    return result.read_as in (ReadAs.SPELLING, ReadAs.ALIAS, ReadAs.ZIP)


def members_in(state: str) -> list[City]:
    """The members of one state, newest first. One query."""
    return list(City.objects.members().in_state(state).newest_first())


def all_members() -> list[City]:
    """All members, newest first, with what maps and flags show. One query."""
    return list(City.objects.members().newest_first())
