"""Reads a state from words: "OR", "Oregon", "oregón", "Ore.", "N. C.", "Carolina del Norte", "Missourri"."""

from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from coalition.place_index.fold import key, words
from coalition.states import STATES

MAX_STATE_WORDS = 4  # "estado de nueva york"
SHORTEST_MISSPELT = 4  # letters; "ohoi" is Ohio, "oo" is nothing
LONGEST_SHORT_FORM = 6  # letters; short forms must be typed right, or "Hershey" is "Jersey"

# Abbreviations from before the two-letter codes of 1963 (Government Printing Office style), what people make of them,
# and the Spanish names.
OTHER_FORMS = {
    "AL": "ala", "AK": "alas", "AZ": "ariz", "AR": "ark", "CA": "cal|calif|cali|alta california", "CO": "colo|col",
    "CT": "conn", "DC": "distrito de columbia|dist of columbia", "DE": "del", "FL": "fla|flor", "HI": "hawai|haw",
    "IA": "iowa", "ID": "ida", "IL": "ill|ills|ilinois", "IN": "ind", "KS": "kan|kans|kas", "KY": "ken|kent",
    "LA": "luisiana|lou", "MA": "mass|masachusetts", "ME": "maine", "MI": "mich", "MN": "minn", "MO": "misuri",
    "MS": "miss|misisipi", "MT": "mont", "NC": "n c|n car|no car|north car|carolina del norte",
    "ND": "n d|n dak|no dak|north dak|dakota del norte", "NE": "neb|nebr|nb",
    "NH": "n h|nuevo hampshire|nueva hampshire",
    "NJ": "n j|nueva jersey|jersey", "NM": "n m|n mex|new mex|nuevo mexico|nuevo mejico", "NV": "nev",
    "NY": "n y|nueva york|new york state|ny state|estado de nueva york", "OH": "ohio", "OK": "okla",
    "OR": "ore|oreg|oregon", "PA": "penn|penna|pensilvania", "PR": "p r|porto rico", "RI": "r i|rhode isl",
    "SC": "s c|s car|so car|south car|carolina del sur", "SD": "s d|s dak|so dak|south dak|dakota del sur",
    "TN": "tenn|tenesi", "TX": "tex|tejas", "UT": "utah", "VA": "virg", "VI": "v i|virgin islands|islas virgenes",
    "VT": "verm", "WA": "wash|wash state|washington state|state of washington|estado de washington",
    "WI": "wis|wisc", "WV": "w va|west va|w virg|virginia occidental|virginia del oeste", "WY": "wyo",
}  # fmt: skip


@cache
def _codes() -> dict[str, str]:
    """Every form without spaces, and the code it stands for."""
    codes = {code.lower(): code for code in STATES}
    codes |= {key(words(name)): code for code, name in STATES.items()}
    for code, forms in OTHER_FORMS.items():
        for form in forms.split("|"):
            codes[form.replace(" ", "")] = code
            codes[key(words(form))] = code
    return codes


@cache
def _long_forms() -> list[str]:
    names = [key(words(name)) for name in STATES.values()]
    return [form for form in _codes() if form in names or len(form) > LONGEST_SHORT_FORM]


def read_state(some_words: tuple[str, ...]) -> str:
    """The two-letter code that these folded words are a form of, or an empty text."""
    if not 0 < len(some_words) <= MAX_STATE_WORDS:
        return ""
    codes = _codes()
    return codes.get(key(some_words)) or codes.get(key(words(" ".join(some_words))), "")


def guess_state(some_words: tuple[str, ...]) -> str:
    """The same for a misspelt form: one wrong letter in short names, two from seven letters, three from eleven."""
    typed = key(some_words)
    if not 0 < len(some_words) <= MAX_STATE_WORDS or len(typed) < SHORTEST_MISSPELT:
        return ""
    wrong_letters = 1 + (len(typed) >= 7) + (len(typed) >= 11)
    found = process.extractOne(typed, _long_forms(), scorer=OSA.distance, score_cutoff=wrong_letters)
    return _codes()[found[0]] if found else ""


def states_beginning(some_words: tuple[str, ...]) -> set[str]:
    """The codes of states with a form that begins with these words: "m" is eight of them, "mis" two."""
    start = key(some_words)
    return {code for form, code in _codes().items() if form.startswith(start)}
