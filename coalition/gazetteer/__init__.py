"""The gazetteer that comes with the product: US places of 50,000 and more people, and the ZIP codes.

Read once per process from the tab-separated files beside this one; LICENSES.md there says where they come from.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class GazetteerPlace:
    """One place, in degrees north and east. `names` are its parts, `other_names` forms in other languages, folded."""

    slug: str
    name: str
    state: str
    population: int
    latitude: float
    longitude: float
    geonameid: int
    time_zone: str
    is_city: bool  # False for a place without a city government, such as Arlington, Virginia
    names: tuple[str, ...]
    other_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ZipPlace:
    """One ZIP code: the name of its post office, the state, and the middle of its area in degrees north and east."""

    zip: str
    name: str
    state: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Alias:
    """One line of aliases.tsv. Of its kinds two matter here: "also", a name that is a city's own and so must be asked
    about ("Hollywood"), and "nickname", which is never guessed from a misspelling ("Music City")."""

    name: str
    slug: str
    kind: str


def rows(name: str) -> list[list[str]]:
    """The cells of each line of one of the files, without the line that names the columns."""
    return [line.split("\t") for line in (FOLDER / name).read_text(encoding="utf-8").split("\n")[1:] if line]


@cache
def places() -> tuple[GazetteerPlace, ...]:
    """All places of the gazetteer, by slug. Read from disk at the first call."""
    return tuple(_place(cells) for cells in rows("places.tsv"))


def _place(cells: list[str]) -> GazetteerPlace:
    slug, name, state, population, latitude, longitude, geonameid, time_zone, kind, names, other_names = cells
    return GazetteerPlace(
        slug=slug,
        name=name,
        state=state,
        population=int(population),
        latitude=float(latitude),
        longitude=float(longitude),
        geonameid=int(geonameid),
        time_zone=time_zone,
        is_city=kind == "city",
        names=tuple(names.split("|")) if names else (),
        other_names=tuple(other_names.split("|")) if other_names else (),
    )


@cache
def aliases() -> tuple[Alias, ...]:
    """Other names people use, kept by hand: "NYC", "Philly", "Brooklyn"."""
    return tuple(Alias(*cells) for cells in rows("aliases.tsv"))


@cache
def _zip_text() -> str:
    """The ZIP file as one text: a search in it takes less than a millisecond, and no second copy is kept."""
    text = (FOLDER / "zips.tsv").read_text(encoding="utf-8")
    return text[text.index("\n") :]  # without the names of the columns


@cache
def _zip_text_lower() -> str:
    return _zip_text().lower()


def _zip_line(start: int) -> ZipPlace:
    """The ZIP code whose line begins at this position."""
    text = _zip_text()
    code, name, state, latitude, longitude = text[start : text.index("\n", start)].split("\t")
    return ZipPlace(code, name, state, float(latitude), float(longitude))


def zip_place(code: str) -> ZipPlace | None:
    """What the post office calls the place of this five-digit ZIP code; None when there is no such code."""
    if len(code) != 5 or not code.isdecimal() or not code.isascii():
        return None
    start = _zip_text().find(f"\n{code}\t")
    return _zip_line(start + 1) if start >= 0 else None


def towns(name: str, state: str = "") -> list[ZipPlace]:
    """Post-office places of exactly this name, of any size: the first ZIP code in each state, most codes first.

    `name` in lower case with "saint", "fort" and "mount" written in full, as the post office does.
    """
    text, start = _zip_text_lower(), 0
    wanted = f"\t{name}\t{state.lower()}\t" if state else f"\t{name}\t"
    found: dict[str, list[ZipPlace]] = {}
    while (start := text.find(wanted, start)) >= 0:
        place = _zip_line(text.rindex("\n", 0, start) + 1)
        found.setdefault(place.state, []).append(place)
        start += 1
    return [group[0] for group in sorted(found.values(), key=len, reverse=True)]
