"""Which field and which emblem a city flies: from the words in its name, else from a hash of "name, state".

The rule is versioned. A city stores the field and emblem it was given, so that a later version changes nobody's flag.
"""

import hashlib
import re
from functools import lru_cache
from typing import NamedTuple

CURRENT_VERSION = 1

# Drawn by lot. The other fields and emblems are flown by cities whose names ask for them.
FIELDS = (
    "bars", "pale", "bend", "hoist", "river", "sunrise", "hills", "bridge", "stripes", "quarters", "chevron", "border",
    "roundel", "confluence", "lozenges", "waves", "gyron", "wedge", "arch", "corner",
)  # fmt: skip
EMBLEMS = ("star", "star6", "sun", "ring", "diamond", "compass", "disc", "tree", "three")

# What a word of the name begins or ends with -> the fields that show it ("canting arms"). The first match wins.
CANTING: dict[str, tuple[str, ...]] = {
    "bridge": ("bridge",), "falls": ("falls",), "rapids": ("river",), "river": ("river",), "lake": ("waves",),
    "beach": ("waves", "sunrise"), "bay": ("bay",), "port": ("bay", "waves", "sails"), "harbor": ("sails",),
    "haven": ("sails",), "spring": ("falls", "river"), "springs": ("falls", "river"), "ford": ("river",),
    "creek": ("river",), "brook": ("river",), "waters": ("waves",), "water": ("waves",), "coast": ("waves",),
    "island": ("bay",), "mountain": ("peaks",), "mount": ("peaks",), "rock": ("peaks",), "boulder": ("peaks",),
    "peak": ("peaks",), "summit": ("peaks",), "ridge": ("peaks", "hills"), "hill": ("hills",), "hills": ("hills",),
    "mesa": ("mesa",), "bluff": ("mesa",), "valley": ("vale",), "dale": ("vale",), "glen": ("vale",), "vale": ("vale",),
    "canyon": ("mesa", "vale"), "vista": ("sunrise",), "view": ("sunrise", "hills"), "sun": ("sunrise",),
    "oaks": ("grove",), "oak": ("grove",), "cedar": ("grove",), "pine": ("grove",), "woods": ("grove",),
    "wood": ("grove",), "forest": ("grove",), "grove": ("grove",), "orchard": ("grove",), "park": ("grove",),
    "prairie": ("furrows",), "meadow": ("furrows",), "farm": ("furrows",), "field": ("furrows", "hills"),
    "plain": ("furrows",), "castle": ("wall",), "fort": ("wall",), "burgh": ("wall",), "burg": ("wall",),
    "union": ("bars",),
}  # fmt: skip

# Whole words that say as much, many of them Spanish.
CANTING_WORDS: dict[str, tuple[str, ...]] = {
    "rio": ("river",), "río": ("river",), "laguna": ("waves",), "lago": ("waves",), "agua": ("waves",),
    "mar": ("waves",), "costa": ("waves",), "puente": ("bridge",), "paso": ("peaks",), "sierra": ("peaks",),
    "monte": ("peaks",), "loma": ("hills",), "palo": ("grove",), "alamo": ("grove",), "palmas": ("grove",),
    "phoenix": ("sunrise",), "aurora": ("sunrise",), "sol": ("sunrise",), "alhambra": ("wall",),
}  # fmt: skip

# What a word of the name begins with -> the emblem that shows it.
CANTING_EMBLEMS: dict[str, str] = {
    "anchor": "anchor", "bell": "bell", "king": "crown", "queen": "crown", "royal": "crown", "regal": "crown",
    "eagle": "bird", "dove": "bird", "falcon": "bird", "swan": "bird", "rose": "flower", "bloom": "flower",
    "flower": "flower", "iron": "gear", "steel": "gear", "wheel": "gear", "mill": "gear", "key": "key",
    "star": "star", "diamond": "diamond", "three": "three", "tri": "three", "north": "compass", "south": "compass",
    "east": "compass", "west": "compass",
}  # fmt: skip


class Plan(NamedTuple):
    """A flag before its colors: `flip` is 0 or 1 and moves the emblem on a few fields."""

    field: str
    emblem: str
    flip: int


def digest(name: str, state: str) -> bytes:
    """32 bytes that are always the same for a city. Byte 0 picks the field, 1 the emblem, 2 the flip, 3 the colors."""
    return hashlib.sha256(f"{name}, {state}".lower().encode()).digest()


def _asked_fields(name: str) -> tuple[str, ...]:
    words = re.findall(r"\w+", name.lower())
    for part, fields in CANTING.items():
        if any(word.startswith(part) or word.endswith(part) for word in words):
            return fields
    return next((CANTING_WORDS[word] for word in words if word in CANTING_WORDS), FIELDS)


def _asked_emblem(name: str) -> str:
    words = re.findall(r"\w+", name.lower())
    found = (emblem for part, emblem in CANTING_EMBLEMS.items() if any(word.startswith(part) for word in words))
    return next(found, "")


@lru_cache(maxsize=4096)  # pages fly the same cities again and again
def plan(name: str, state: str) -> Plan:
    """What the city flies. The same name and state give the same plan on every machine, for this CURRENT_VERSION."""
    lot = digest(name, state)
    fields = _asked_fields(name)
    emblem = _asked_emblem(name) or EMBLEMS[lot[1] % len(EMBLEMS)]
    return Plan(fields[lot[0] % len(fields)], emblem, lot[2] % 2)
