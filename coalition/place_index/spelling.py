"""How far a typed name is from a real one, counted in letters, where likely slips count less than a whole one."""

import re
from functools import lru_cache
from itertools import product
from math import log10

from rapidfuzz import process
from rapidfuzz.distance import OSA

CANDIDATES = 12  # names that the fast comparison hands on to the careful one
LONGEST = 40  # letters
FIRST_LETTER = 0.5  # people get the first letter right
SOUND_ALIKE = 0.5  # what it costs that two names only sound the same
SHORTEST_BY_SOUND = 5  # letters
LARGER = 0.34  # letters that ten times as many people are worth

_VOWELS = "aeiouy"
_ALIKE = ("ck", "cs", "sz", "kq", "cq", "gj", "fv", "mn", "dt", "bp", "xs", "wv", "xz", "lr")
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_SOUNDS = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        ("ph", "f"), ("^kn", "n"), ("^wr", "r"), ("gh", "g"), ("sch|ch|sh|tion|sion|ti(?=a)", "S"), ("th", "t"),
        ("ck|qu|q|c(?=[aoulrkt]|$)", "k"), ("c(?=[eiy])", "s"), ("c", "k"), ("x", "ks"), ("z", "s"), ("dg", "j"),
        ("g(?=[eiy])", "j"), ("(?<=[aeiou])w", ""), ("w", "v"), ("h", ""), ("[aeiouy]+", "a"), (r"(.)\1+", r"\1"),
    )
)  # fmt: skip


def _replacing() -> dict[str, float]:
    """What it costs to have typed one letter for another: less for vowels, like sounds, neighbors on the keyboard."""
    costs: dict[str, float] = {}
    for row in _ROWS:
        costs |= {a + b: 0.8 for a, b in zip(row, row[1:], strict=False)}
    costs |= {a + b: 0.6 for a, b in product(_VOWELS, _VOWELS) if a != b}
    costs |= dict.fromkeys(_ALIKE, 0.6)
    return costs | {pair[::-1]: cost for pair, cost in costs.items()}


_REPLACING = _replacing()
_EXTRA = dict.fromkeys(_VOWELS, 0.8) | {"h": 0.7}


@lru_cache(maxsize=8192)
def sound(name_key: str) -> str:
    """A name as it sounds, roughly: "phoenix" and "fenix" are both "fanaks"."""
    for pattern, replacement in _SOUNDS:
        name_key = pattern.sub(replacement, name_key)
    return name_key


def slips(typed: str, name: str) -> float:
    """The cheapest way from the typed letters to the name's: left out, too many, wrong, or two swapped."""
    before: list[float] = []
    row = [0.0]
    for j, letter in enumerate(name):
        row.append(row[-1] + _single(name, j, letter))
    for i, letter in enumerate(typed):
        above, row = row, [row[0] + _single(typed, i, letter)]
        extra = _single(typed, i, letter)
        for j, other in enumerate(name):
            best = above[j] if letter == other else above[j] + _REPLACING.get(letter + other, 1.0)
            best = min(best, above[j + 1] + extra, row[j] + _single(name, j, other))
            if i and j and letter != other and letter == name[j - 1] and typed[i - 1] == other:
                best = min(best, before[j - 1] + 0.7)
            row.append(best)
        before = above
    return row[-1]


def _single(letters: str, position: int, letter: str) -> float:
    """A letter too many or too few: a doubled one is the commonest slip of all."""
    if position and letters[position - 1] == letter:
        return 0.4
    return _EXTRA.get(letter, 1.0)


def distance(typed: str, name: str) -> float:
    """Slips between two keys, by letters or by sound, whichever is less. Short words sound alike too easily."""
    first = 0.0 if typed[0] == name[0] else FIRST_LETTER
    by_letters = slips(typed, name) + first
    if by_letters <= SOUND_ALIKE or min(len(typed), len(name)) < SHORTEST_BY_SOUND:
        return by_letters
    by_sound = slips(sound(typed), sound(name)) + SOUND_ALIKE + by_letters / 10 + first / 2
    return min(by_letters, by_sound)


def nearest(typed: str, keys: list[str]) -> list[tuple[float, str]]:
    """The nearest of the keys with their distances, nearest first."""
    if not typed or not keys or len(typed) > LONGEST:
        return []
    found = process.extract(typed, keys, scorer=OSA.distance, limit=CANDIDATES, score_cutoff=max(4, len(typed) // 2))
    enough = found[0][1] + 2 if found else 0
    return sorted((distance(typed, name), name) for name, letters, _position in found if letters <= enough)


def most_slips(letters: int) -> float:
    """How many slips a name of this length may have and still be believed."""
    return min(3.2, max(1.0, letters * 0.27))


def size_bonus(population: int | None) -> float:
    """Slips that a place's size makes up for: more people write the names of larger places."""
    return LARGER * log10(max(population or 0, 10_000) / 10_000)
