"""Names to offer while somebody is still typing."""

from coalition.place_index.fold import key, written_out
from coalition.place_index.index import current_index
from coalition.place_index.names import NameIndex, Place, by_weight
from coalition.place_index.parse import Typed, parse
from coalition.place_index.search import search
from coalition.place_index.state_words import MAX_STATE_WORDS, states_beginning

FEWEST_LETTERS = 2


def suggest(text: str, limit: int = 8) -> list[Place]:
    """Up to `limit` places for a half-typed name: what it already names, names that begin so, words in names that begin
    so, each larger first; then near spellings. A ZIP code counts from its fifth digit."""
    typed = parse(text)
    if typed.zip:
        return list(search(text).places)[:limit]
    if len(key(typed.words)) < FEWEST_LETTERS:
        return []
    found = _beginning(current_index(), typed)
    if not found:
        result = search(text)
        found = [*result.places, *(() if result.elsewhere else result.closest)]
    return list(dict.fromkeys(found))[:limit]


def _beginning(index: NameIndex, typed: Typed) -> list[Place]:
    some_words = written_out(typed.words)
    found = [*index.named(key(some_words)), *_names_beginning(index, key(some_words))]
    for length in range(1, min(MAX_STATE_WORDS, len(some_words) - 1) + 1):
        states = states_beginning(typed.words[-length:])
        name_key = key(some_words[:-length])
        here = index.named(name_key) or _names_beginning(index, name_key)
        found += [place for place in here if place.state in states]
    return found


def _names_beginning(index: NameIndex, start: str) -> list[Place]:
    """Places by the first letters of their name, of a name they go by, or of a later word in their name."""
    ranks: dict[Place, int] = {}
    for word, place in index.beginning(start):
        ranks[place] = min(ranks.get(place, 2), 2 if word else 0)
    for place in index.aliases_beginning(start):
        ranks[place] = min(ranks.get(place, 1), 1)
    return sorted(ranks, key=lambda place: (ranks[place], by_weight(place)))
