"""Takes a typed line apart: ZIP code, possible name and state, words around them that say nothing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from coalition.place_index.fold import MAX_LENGTH, fold
from coalition.place_index.state_words import MAX_STATE_WORDS, guess_state, read_state

MAX_WORDS = 16
CUT_DOUBT = 0.45  # more than any doubt about a state that is spelled right
COUNTRY = {
    ("usa",), ("us",), ("u", "s"), ("u", "s", "a"), ("united", "states"), ("united", "states", "of", "america"),
    ("america",), ("estados", "unidos"), ("ee", "uu"), ("eeuu",), ("eua",),
}  # fmt: skip
# A place of another country is not ours, even where the name is: "Birmingham, England", "Vancouver BC".
ABROAD = {
    "uk", "england", "scotland", "wales", "ireland", "britain", "canada", "ontario", "quebec", "alberta", "manitoba",
    "bc", "mexico", "france", "spain", "espana", "italy", "italia", "germany", "australia", "cuba", "india", "china",
    "japan", "brazil", "brasil", "argentina", "chile", "venezuela", "ecuador", "philippines",
}  # fmt: skip
PROVINCES = {"on", "qc", "ab", "mb", "sk", "ns", "nl"}  # after a comma only
BEFORE = {
    ("city", "of"), ("town", "of"), ("village", "of"), ("township", "of"), ("borough", "of"), ("municipality", "of"),
    ("city", "and", "county", "of"), ("county", "of"), ("ciudad", "de"), ("ciudad", "de", "la"), ("municipio", "de"),
    ("alcaldia", "de"), ("mayor", "of"), ("greater",), ("metro",), ("downtown",), ("near",), ("in",), ("the",), ("la",),
    ("el",), ("de",), ("en",), ("from",), ("at",), ("my", "city", "is"), ("i", "live", "in"), ("vivo", "en"), ("is",),
    ("centro", "de"), ("inner",), ("around",), ("cerca", "de"), ("metropolitan",),
}  # fmt: skip
AFTER = {
    ("city", "hall"), ("city", "council"), ("city", "government"), ("city", "govt"), ("city", "limits"),
    ("town", "hall"), ("mayor",), ("mayors", "office"), ("city",), ("town",), ("township",), ("twp",), ("village",),
    ("borough",), ("cdp",), ("charter", "township"), ("municipality",), ("metro",), ("metro", "area"),
    ("metropolitan", "area"), ("area",), ("downtown",), ("ciudad",), ("suburbs",), ("proper",),
}  # fmt: skip
JOINING = {("in",), ("de",), ("en",), ("del",), ("of",), ("estado", "de"), ("state", "of")}  # "Portland in Oregon"
ZIP_WORDS = {"zip", "zipcode", "code", "codes", "postal", "codigo", "cp", "my", "is", "the", "mi", "es", "area"}
_NEVER_NAMES = {"county", "counties", "parish", "condado"}


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read the line: these words are the name, this is the state ("" for none typed)."""

    name: tuple[str, ...]
    state: str
    doubt: float  # in letters: what this way of reading costs against a better one


@dataclass(frozen=True, slots=True)
class Typed:
    """A typed line taken apart. `text` is what to show again; `state_alone` is set when the line is a state's name."""

    text: str
    words: tuple[str, ...]
    zip: str
    state_alone: str
    is_abroad: bool
    readings: tuple[Reading, ...]


def parse(text: str) -> Typed:
    """Takes any text at all; what is past the hundredth letter is not read."""
    text = text.strip()[:MAX_LENGTH]
    shown = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    segments = [tuple(part.split()) for part in fold(text).split(",")]
    segments = [segment for segment in segments if segment]
    code, segments = _take_zip(segments)
    is_abroad = bool(segments) and _is_abroad(segments)
    segments = _without_country(segments)
    flat = tuple(word for segment in segments for word in segment)[:MAX_WORDS]
    return Typed(
        text=shown,
        words=flat,
        zip=code,
        state_alone=read_state(flat),
        is_abroad=is_abroad,
        readings=_ordered(_readings(flat, segments)),
    )


def _ordered(readings: Iterator[Reading]) -> tuple[Reading, ...]:
    """Each reading with and without the words around its name, no reading twice, the surest first."""
    surest: dict[tuple, float] = {}
    for reading in readings:
        for name, doubt in _names(reading.name, AFTER | JOINING if reading.state else AFTER):
            pair = (name, reading.state)
            surest[pair] = min(surest.get(pair, 99), reading.doubt + doubt)
    pairs = sorted(surest, key=surest.__getitem__)
    return tuple(Reading(name, state, surest[name, state]) for name, state in pairs)


def _take_zip(segments: list[tuple[str, ...]]) -> tuple[str, list[tuple[str, ...]]]:
    """The ZIP code in the line and the rest of it. "02139-1234" and "2139" (its zero eaten by a spreadsheet) count."""
    flat = [word for segment in segments for word in segment]
    if len(flat) == 1 and re.fullmatch(r"\d{4}", flat[0]):
        return f"0{flat[0]}", []
    if len(flat) == 1 and re.fullmatch(r"\d{9}", flat[0]):
        return flat[0][:5], []
    codes = [word for word in flat if re.fullmatch(r"\d{5}", word)]
    if not codes:
        return "", segments
    rest = [tuple(word for word in segment if not re.fullmatch(r"\d{4,5}", word)) for segment in segments]
    if all(word in ZIP_WORDS for segment in rest for word in segment):
        rest = []
    return codes[-1], [segment for segment in rest if segment]


def _without_country(segments: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    if not segments or (len(segments) == 1 and len(segments[0]) == 1):
        return segments
    *rest, last = segments
    for length in range(min(4, len(last)), 0, -1):
        if last[-length:] in COUNTRY:
            return [*rest, last[:-length]] if len(last) > length else rest
    return segments


def _is_abroad(segments: list[tuple[str, ...]]) -> bool:
    *before, last = (word for segment in segments for word in segment)
    if not before or before[-1] in {"new", "nuevo"}:
        return False
    stands_alone = len(segments) > 1 and len(segments[-1]) == 1
    return last in ABROAD or (stands_alone and last in PROVINCES)


def _readings(flat: tuple[str, ...], segments: list[tuple[str, ...]]) -> Iterator[Reading]:
    """All ways to split name and state, the likeliest first."""
    if not flat:
        return
    yield Reading(flat, "", 0)
    if len(segments) > 1:
        yield from _comma_readings(segments)
    lengths = range(min(MAX_STATE_WORDS, len(flat) - 1), 0, -1)
    for length in lengths:
        if state := read_state(flat[-length:]):
            yield Reading(flat[:-length], state, 0)
    for length in lengths:
        if state := read_state(flat[:length]):
            yield Reading(flat[length:], state, 0.4)
    for length in lengths:
        if state := guess_state(flat[-length:]):
            yield Reading(flat[:-length], state, 0.3)
        if state := guess_state(flat[:length]):
            yield Reading(flat[length:], state, 0.8)


def _comma_readings(segments: list[tuple[str, ...]]) -> Iterator[Reading]:
    """What follows a comma is a state; of the parts before it, the one next to the state is the city."""
    *parts, last = segments
    state = read_state(last)
    doubt = 0 if state else 0.3
    if not state:
        state = guess_state(last)
    for distance, part in enumerate(reversed(parts)):
        yield Reading(part, state, doubt + 0.5 * distance)
    if not state and len(last) > 1:  # "74 Main Street, Tulsa OK": the tail holds both
        for length in range(min(MAX_STATE_WORDS, len(last) - 1), 0, -1):
            if state := read_state(last[-length:]):
                yield Reading(last[:-length], state, 0.2)


def _names(name: tuple[str, ...], after: set[tuple[str, ...]]) -> Iterator[tuple[tuple[str, ...], float]]:
    """The name as typed, then without "city of" before it and "city hall" after it, with the doubt that adds."""
    yield name, 0
    stripped = name
    while len(cut := _cut_before(stripped)) < len(stripped):
        stripped = cut
        yield stripped, CUT_DOUBT
    for start in dict.fromkeys((name, stripped)):
        rest = start
        while len(cut := _cut_after(rest, after)) < len(rest):
            rest = cut
            yield rest, CUT_DOUBT


def _cut_before(name: tuple[str, ...]) -> tuple[str, ...]:
    for length in range(min(4, len(name) - 1), 0, -1):
        if name[:length] in BEFORE:
            return name[length:]
    return name


def _cut_after(name: tuple[str, ...], after: set[tuple[str, ...]]) -> tuple[str, ...]:
    for length in range(min(3, len(name) - 1), 0, -1):
        if name[-length:] in after:
            return name[:-length]
    return name


def names_a_county(name: tuple[str, ...]) -> bool:
    """Whether the words ask for a county, which is no city even where one has its name."""
    return any(word in _NEVER_NAMES for word in name)
