"""Turns what people type into plain words: lower case, no accents, no punctuation, "Ft." as "fort"."""

import re
import unicodedata
from functools import lru_cache

MAX_LENGTH = 100  # the longest place name in the country has 45 letters; the rest of a longer text is not read

# Short forms and the one word each stands for, so that both sides of a comparison use the same word.
SHORT_WORDS = {
    "saint": "st",
    "sainte": "st",
    "ste": "st",
    "ft": "fort",
    "mt": "mount",
    "mtn": "mountain",
    "n": "north",
    "no": "north",
    "s": "south",
    "so": "south",
    "e": "east",
    "w": "west",
    "hts": "heights",
    "hgts": "heights",
    "pk": "park",
    "pt": "port",
    "bch": "beach",
    "spgs": "springs",
    "spg": "springs",
    "sprgs": "springs",
    "spngs": "springs",
    "vly": "valley",
    "twp": "township",
    "hls": "hills",
    "lk": "lake",
    "cty": "city",
    "ctr": "center",
    "centre": "center",
    "jct": "junction",
    "vlg": "village",
    "grv": "grove",
    "cyn": "canyon",
}
# The other way round, for people who leave out the space: "saintpaul", "ftworth", "nlasvegas".
LONG_WORDS = {
    "st": ("saint",),
    "fort": ("ft",),
    "mount": ("mt",),
    "north": ("n",),
    "south": ("s",),
    "east": ("e",),
    "west": ("w",),
    "heights": ("hts",),
}

_LETTERS_WITHOUT_ACCENT = str.maketrans({"ø": "o", "ð": "d", "þ": "th", "ł": "l", "đ": "d", "ı": "i"})
_APOSTROPHES = re.compile("['`´ʻʼ‘’′]")
_INITIALS = re.compile(r"(?<![a-z])((?:[a-z]\.\s?){2,})(?:([a-z])(?![a-z.]))?")
_NOT_A_WORD = re.compile(r"[^\w]+|_")


def _plain(character: str) -> str:
    """One character without its accent; digits of any script as 0–9; signs that print nothing as a space."""
    category = unicodedata.category(character)
    if category == "Mn":
        return ""
    if category == "Nd":
        return str(unicodedata.digit(character))
    return " " if category[0] == "C" else character


def fold(text: str) -> str:
    """The text in plain words: "Winston-Salem, N.C." is "winston salem , nc". Commas stay: a state follows one."""
    text = text[:MAX_LENGTH].casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).translate(_LETTERS_WITHOUT_ACCENT)
        text = _APOSTROPHES.sub("", text)
        text = "".join(map(_plain, text))
    else:
        text = _APOSTROPHES.sub("", text)
    text = _INITIALS.sub(_join_initials, text)
    return " ".join(" , ".join(_NOT_A_WORD.sub(" ", part) for part in re.split("[,;]", text)).split())


def _join_initials(match: re.Match[str]) -> str:
    """Makes "d.c." one word; "n. las" and "st. paul" stay two."""
    return re.sub(r"[.\s]", "", match[1]) + (match[2] or "") + " "


def written_out(some_words: tuple[str, ...]) -> tuple[str, ...]:
    """Folded words, each short form as the word it stands for: "ft", "wayne" -> "fort", "wayne"."""
    return tuple(SHORT_WORDS.get(word, word) for word in some_words)


@lru_cache(maxsize=4096)
def words(name: str) -> tuple[str, ...]:
    """The words of a name, folded and written out."""
    return written_out(tuple(word for word in fold(name).split() if word != ","))


def key(name_words: tuple[str, ...]) -> str:
    """The words without spaces: what names are compared by, so that "winstonsalem" is found."""
    return "".join(name_words)
