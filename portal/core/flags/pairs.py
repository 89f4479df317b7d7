"""The colors of a city that has not chosen any: one of 32 pairs, picked by the hash of its name."""

from functools import lru_cache

from portal.core.flags.rules import digest

# The darker one carries the field. Each pair was looked at on every field; a test keeps them apart and legible.
PAIRS = (
    ("#12355b", "#f2b632"),  # harbor navy, brass
    ("#00629b", "#f8485e"),  # river blue, coral
    ("#7a1f3d", "#f2a93b"),  # garnet, desert gold
    ("#2f5d34", "#f2d974"),  # pine, straw
    ("#00573f", "#f2a900"),  # road green, amber
    ("#b5390a", "#f6c667"),  # brick, wheat
    ("#1f4e5f", "#f2d0a4"),  # slate teal, sand
    ("#002868", "#bf0a30"),  # flag blue, flag red
    ("#264653", "#e9c46a"),  # deep lake, maize
    ("#22223b", "#f26d5b"),  # night, salmon
    ("#8c1d40", "#ffc627"),  # maroon, sunflower
    ("#005f73", "#ee9b00"),  # gulf teal, orange
    ("#9a031e", "#fb8b24"),  # cherry, tangerine
    ("#0b3d91", "#ffc72c"),  # cobalt, gold
    ("#141414", "#ffb81c"),  # coal, flame
    ("#1b4332", "#e63946"),  # spruce, berry
    ("#0a2342", "#2ca58d"),  # midnight, sea green
    ("#7b2d26", "#f0c987"),  # adobe, cornmeal
    ("#5b2a86", "#f4b942"),  # iris, honey
    ("#006d77", "#e29578"),  # lagoon, clay
    ("#386641", "#f2e8a0"),  # meadow, butter
    ("#4a2511", "#f2a541"),  # walnut, apricot
    ("#0077b6", "#ffd166"),  # sky, daisy
    ("#3d0c11", "#d9a441"),  # oxblood, bronze
    ("#005cb9", "#78be20"),  # lake blue, spring leaf
    ("#2b2d42", "#8ecae6"),  # graphite, ice
    ("#6a040f", "#f48c06"),  # ruby, ember
    ("#134074", "#9fd8cb"),  # ocean, mint
    ("#3c1361", "#ff8fa3"),  # plum, rosebud
    ("#14532d", "#a3d977"),  # holly, new grass
    ("#a4161a", "#ffe8d6"),  # barn red, cream
    ("#003049", "#d9622b"),  # indigo, rust
)


@lru_cache(maxsize=4096)
def default_colors(name: str, state: str) -> tuple[str, str]:
    """(first, second) as "#rrggbb": the brand colors until the city picks its own. Always the same for a city."""
    return PAIRS[digest(name, state)[3] % len(PAIRS)]
