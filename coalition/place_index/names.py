"""The places that can be found and all the names they go by, laid out for look-up."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from operator import itemgetter

from coalition.place_index.fold import LONG_WORDS, key, words

SHORTEST_FOR_SPELLING = 4  # letters; shorter names must be typed right
SHORTEST_ALIAS_FOR_SPELLING = 5  # so must short forms: "Chi", "Indy"


@dataclass(frozen=True, slots=True)
class Place:
    """One place, in degrees north and east. `city_id` is None where only the gazetteer has it."""

    slug: str
    name: str
    state: str
    population: int | None
    latitude: float | None
    longitude: float | None
    city_id: int | None = None
    is_city: bool = True  # False where there is no city government to join: "Arlington, Virginia"


@lru_cache(maxsize=8192)
def name_keys(name: str) -> tuple[str, ...]:
    """The keys of a name: as a whole, and with one word in its other length ("stpaul", "saintpaul")."""
    own_words = words(name)
    keys = [key(own_words)]
    for position, word in enumerate(own_words):
        for other in LONG_WORDS.get(word, ()):
            keys.append(key((*own_words[:position], other, *own_words[position + 1 :])))
    return tuple(keys)


def by_weight(place: Place) -> tuple[bool, int, str]:
    """Sort key: cities before places without a city government, larger before smaller."""
    return not place.is_city, -(place.population or 0), place.slug


@dataclass
class NameIndex:
    """Look-up tables. Lists of places are in the order of `by_weight`."""

    places: list[Place] = field(default_factory=list)
    own: dict[str, list[Place]] = field(default_factory=lambda: defaultdict(list))  # by the key of the place's name
    aliases: dict[str, list[Place]] = field(default_factory=lambda: defaultdict(list))
    ask: dict[str, list[Place]] = field(default_factory=lambda: defaultdict(list))  # "Hollywood": a city, yet ask
    foreign: dict[str, list[Place]] = field(default_factory=lambda: defaultdict(list))  # exact look-up only
    never_guessed: set[str] = field(default_factory=set)  # "Music City" is not what "Mexico City" was meant to be
    by_state: dict[str, list[Place]] = field(default_factory=lambda: defaultdict(list))
    spellings: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))  # state, or "" for all: keys
    twins: dict[str, Place] = field(default_factory=dict)  # by the gazetteer's slug
    words: list[tuple[str, int, Place]] = field(default_factory=list)  # (name from a word on, which, place), sorted
    alias_keys: list[str] = field(default_factory=list)  # sorted

    def add_names(self, table: dict[str, list[Place]], names: Iterable[str], place: Place) -> None:
        """Enters the names of a place into one of the tables, each once."""
        for name in names:
            for name_key in name_keys(name):
                if name_key and place not in table[name_key]:
                    table[name_key].append(place)

    def finish(self) -> None:
        """Sorts everything and lays out the keys that spelling is compared with."""
        self.places.sort(key=by_weight)
        for table in (self.own, self.aliases, self.ask, self.foreign):
            for found in table.values():
                found.sort(key=by_weight)
        for place in self.places:
            self.by_state[place.state].append(place)
        for name_key in {**self.own, **self.aliases}:
            if name_key in self.never_guessed:
                continue
            is_own = name_key in self.own
            if len(name_key) >= (SHORTEST_FOR_SPELLING if is_own else SHORTEST_ALIAS_FOR_SPELLING):
                self.spellings[""].append(name_key)
                for state in {place.state for place in self.named(name_key)}:
                    self.spellings[state].append(name_key)
        for place in self.places:
            own_words = words(place.name)
            self.words += [(key(own_words[start:]), start, place) for start in range(len(own_words))]
        self.words.sort(key=itemgetter(0))
        self.alias_keys = sorted(self.aliases)

    def named(self, name_key: str, state: str = "") -> list[Place]:
        """The places whose own name this is, else those that go by it; in one state if one is given."""
        own = _in_state(self.own.get(name_key, ()), state)
        if own:
            return own + [place for place in _in_state(self.ask.get(name_key, ()), state) if place not in own]
        return _in_state(self.aliases.get(name_key, ()), state)

    def beginning(self, start: str) -> Iterator[tuple[int, Place]]:
        """Places of which a word of the name, and what follows it, begins so; with the number of that word."""
        for position in range(bisect_left(self.words, start, key=itemgetter(0)), len(self.words)):
            rest, word, place = self.words[position]
            if not rest.startswith(start):
                return
            yield word, place

    def aliases_beginning(self, start: str) -> Iterator[Place]:
        """Places that go by a name that begins so."""
        for position in range(bisect_left(self.alias_keys, start), len(self.alias_keys)):
            if not self.alias_keys[position].startswith(start):
                return
            yield from self.aliases[self.alias_keys[position]]

    def in_another_language(self, name_key: str, state: str = "") -> list[Place]:
        """The places that GeoNames knows by this form of their name."""
        return _in_state(self.foreign.get(name_key, ()), state)


def _in_state(places: Iterable[Place], state: str) -> list[Place]:
    return [place for place in places if not state or place.state == state]
