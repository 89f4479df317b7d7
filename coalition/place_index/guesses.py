"""What was probably meant by a name that no place has."""

from dataclasses import dataclass, replace

from coalition.place_index.fold import key, words, written_out
from coalition.place_index.names import NameIndex, Place
from coalition.place_index.parse import Reading, Typed
from coalition.place_index.spelling import most_slips, nearest, size_bonus

TOO_FAR = 0.42  # slips for each typed letter, past which a name is not even offered
READINGS = 6  # ways to split name and state that are worth comparing
ANOTHER_STATE = 1.6  # doubt, in letters, about a name that is right in a state that is not
UNREAD_STATE = 0.7  # doubt that "oh" in "columbu oh" belongs to the name
ALIAS = 0.3  # doubt about a misspelt short form or part of a city
ALIAS_LIMIT = 0.6  # of the slips that a place's own name may have
NO_CITY = 0.3  # doubt about a place without a city government
PART_OF_NAME = 1.1  # doubt about "Cucamonga" for "Rancho Cucamonga"
SHORTEST_PART = 5  # letters
MOST_HOLDERS = 2  # places with the word; "beach" says nothing


@dataclass(frozen=True, slots=True)
class Guess:
    """Places of one name, how many slips away it is, and its rank: slips and doubts less what its size is worth."""

    places: list[Place]
    slips: float
    rank: float
    is_believed: bool


def best_guesses(index: NameIndex, typed: Typed) -> list[Guess]:
    """The nearest names of all readings, best first; those too far off to believe are marked, not left out."""
    guesses: list[Guess] = []
    readings = typed.readings[:READINGS]
    has_state = any(reading.state and not reading.doubt for reading in readings)
    for reading in readings:
        if has_state and not reading.state:
            reading = replace(reading, doubt=reading.doubt + UNREAD_STATE)
        some_words = written_out(reading.name)
        guesses += _misspelt(index, reading, key(some_words))
        guesses += _parts(index, reading, some_words)
        if reading.state:
            guesses += _in_other_states(index, reading, key(some_words))
    guesses = [guess for guess in guesses if guess.slips <= max(2.0, TOO_FAR * len(key(typed.words)))]
    return sorted(guesses, key=lambda guess: (not guess.is_believed, guess.rank))


def _guess(places: list[Place], slips: float, doubt: float, limit: float) -> Guess:
    largest = places[0]
    doubt += 0 if largest.is_city else NO_CITY
    return Guess(places, slips, slips + doubt - size_bonus(largest.population), slips <= limit)


def _misspelt(index: NameIndex, reading: Reading, name_key: str) -> list[Guess]:
    found = []
    for slips, near in nearest(name_key, index.spellings.get(reading.state, [])):
        limit = most_slips(max(len(name_key), len(near))) + (0.4 if reading.state else 0)
        if near in index.own:
            found.append(_guess(index.named(near, reading.state), slips, reading.doubt, limit))
        elif slips <= limit * ALIAS_LIMIT:
            found.append(_guess(index.named(near, reading.state), slips, reading.doubt + ALIAS, limit))
    return found


def _in_other_states(index: NameIndex, reading: Reading, name_key: str) -> list[Guess]:
    places = index.named(name_key)
    return [_guess(places, ANOTHER_STATE, reading.doubt, ANOTHER_STATE)] if places else []


def _parts(index: NameIndex, reading: Reading, some_words: tuple[str, ...]) -> list[Guess]:
    """Places whose name holds the typed words, whole and in a row."""
    name_key = key(some_words)
    if len(key(reading.name)) < SHORTEST_PART:
        return []
    holders = []
    for _word, place in index.beginning(name_key):
        own = words(place.name)
        holds = any(own[start : start + len(some_words)] == some_words for start in range(len(own)))
        if holds and reading.state in ("", place.state):
            holders.append(place)
    limit = PART_OF_NAME if len(holders) <= MOST_HOLDERS else 0
    return [_guess([place], PART_OF_NAME, reading.doubt, limit) for place in holders]
