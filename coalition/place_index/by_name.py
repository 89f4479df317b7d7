"""Finds a place by its name: as it is written, else as it was probably meant."""

from itertools import combinations

from coalition import gazetteer
from coalition.place_index.fold import key, written_out
from coalition.place_index.guesses import Guess, best_guesses
from coalition.place_index.names import NameIndex, Place, by_weight
from coalition.place_index.parse import CUT_DOUBT, Reading, Typed, names_a_county
from coalition.place_index.result import Kind, ReadAs, Result
from coalition.place_index.state_words import guess_state, read_state

CLOSEST = 5
# A near name ("Berkley" is California's) is likelier than a small town of just this name up to so many slips, unless
# more states than these have one: "Paris" is no slip for Perris, California.
SURE, HAMLETS = 0.8, 4
SHORTEST_INSIDE, LONGEST_INSIDE = 4, 5  # letters, words of a name found among other words


def find_by_name(index: NameIndex, typed: Typed) -> Result:
    """Tries the surest first: the name itself, a small town of that name, a misspelling, a name among other words."""
    if typed.is_abroad:
        same_name = index.named(key(written_out(typed.words[:-1])))
        return Result(Kind.UNKNOWN, typed.text, closest=tuple(same_name[:CLOSEST]))
    exact = _exact(index, typed) or _run_together(index, typed)
    if exact:
        return exact
    if typed.state_alone:
        largest = tuple(index.by_state.get(typed.state_alone, ())[:CLOSEST])
        return Result(Kind.UNKNOWN, typed.text, closest=largest, state=typed.state_alone)
    guesses = best_guesses(index, typed)
    believed = [guess for guess in guesses if guess.is_believed]
    towns = _some_towns(typed)
    if believed and (not towns or (believed[0].slips <= SURE and len(towns) <= HAMLETS)):
        return _answer(typed, ReadAs.SPELLING, believed[0].places, closest=_others(guesses, believed[0].places))
    return _last_resort(index, typed, guesses, towns)


def _exact(index: NameIndex, typed: Typed) -> Result | None:
    for reading in typed.readings:
        for name_key in _keys(reading):
            if places := index.named(name_key, reading.state):
                is_own = name_key in index.own and places[0] in index.own[name_key]
                return _answer(typed, ReadAs.EXACT if is_own else ReadAs.ALIAS, places)
            if places := index.in_another_language(name_key, reading.state):
                return _answer(typed, ReadAs.ALIAS, places)
        if reading.state and reading.doubt < CUT_DOUBT and (town := _town(reading)):
            return _elsewhere(index, typed, reading, town)
    return None


def _run_together(index: NameIndex, typed: Typed) -> Result | None:
    """Name and state without a space between: "bendor", "st louismo"."""
    whole = key(written_out(typed.words))
    for end in range(SHORTEST_INSIDE - 1, len(whole) - 1):
        state = read_state((whole[end:],))
        if state and (places := index.named(whole[:end], state)):
            return _answer(typed, ReadAs.SPELLING, places)
    return None


def _keys(reading: Reading) -> list[str]:
    """The name's key written out, and letter for letter ("Lee s Summit")."""
    return list(dict.fromkeys((key(written_out(reading.name)), key(reading.name))))


def _postal_name(reading: Reading) -> str:
    """The name as the post office writes it, in lower case: "st marys" -> "saint marys"."""
    return " ".join("saint" if word == "st" else word for word in written_out(reading.name))


def _town(reading: Reading) -> gazetteer.ZipPlace | None:
    found = gazetteer.towns(_postal_name(reading), reading.state)
    return found[0] if found else None


def _some_towns(typed: Typed) -> list[gazetteer.ZipPlace]:
    """Small towns of exactly the typed name in any state, where no state is typed."""
    plain = typed.readings[0]
    return [] if any(reading.state for reading in typed.readings) else gazetteer.towns(_postal_name(plain))


def _answer(typed: Typed, read_as: ReadAs, places: list[Place], closest: tuple[Place, ...] = ()) -> Result:
    kind = Kind.SEVERAL if len(places) > 1 else Kind.PLACE
    return Result(kind, typed.text, read_as, tuple(places), closest, state=typed.state_alone, zip=typed.zip)


def _elsewhere(index: NameIndex, typed: Typed, reading: Reading, town: gazetteer.ZipPlace) -> Result:
    """A small town, with the places of its name in other states."""
    same_name = index.named(key(written_out(reading.name)))
    return Result(Kind.TOWN_ELSEWHERE, typed.text, elsewhere=town, closest=tuple(same_name[:CLOSEST]), zip=typed.zip)


def _others(guesses: list[Guess], chosen: list[Place]) -> tuple[Place, ...]:
    """The next places after the chosen ones, each once."""
    others = dict.fromkeys(place for guess in guesses for place in guess.places if place not in chosen)
    return tuple(others)[:CLOSEST]


def _last_resort(index: NameIndex, typed: Typed, guesses: list[Guess], towns: list[gazetteer.ZipPlace]) -> Result:
    """A small town, a name among other words, a misspelt state; else the nearest names there are."""
    if towns:
        believed = [guess for guess in guesses if guess.is_believed]
        return Result(Kind.TOWN_ELSEWHERE, typed.text, elsewhere=towns[0], closest=_others(believed, []), zip=typed.zip)
    inside = _inside(index, typed)
    if inside and not names_a_county(typed.words):
        return _answer(typed, ReadAs.SPELLING, inside, closest=_others(guesses, inside))
    state = guess_state(typed.words)
    begun = sorted({place for _word, place in index.beginning(key(typed.words))}, key=by_weight)
    nearest = dict.fromkeys([*inside, *index.by_state.get(state, ()), *begun, *_others(guesses, [])])
    return Result(Kind.UNKNOWN, typed.text, closest=tuple(nearest)[:CLOSEST], state=state, zip=typed.zip)


def _inside(index: NameIndex, typed: Typed) -> list[Place]:
    """The places of the longest name in a row of the typed words: "our mayor in Fort Wayne" -> Fort Wayne."""
    state = next((reading.state for reading in typed.readings if reading.state and reading.doubt < CUT_DOUBT), "")
    some_words = written_out(typed.words)
    runs = combinations(range(len(some_words) + 1), 2)
    keys = {key(some_words[start:end]) for start, end in runs if end - start <= LONGEST_INSIDE}
    for name_key in sorted(keys, key=lambda found: (-len(found), found)):
        if len(name_key) >= SHORTEST_INSIDE and (places := index.named(name_key, state)):
            return places
    return []
