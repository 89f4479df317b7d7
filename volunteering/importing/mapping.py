"""What a list's labels mean here: a TOML file that staff can change."""

import tomllib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from coalition.imports.source import UnreadableFileError
from portal.core.icons import pictogram_choices
from volunteering.importing.rows import OpportunityRow

SHIPPED = Path(__file__).with_name("mapping.toml")
IGNORE = "ignore"
MOST_TOPICS = 2
MOST_AGE = 99
AGES = ("alone", "with_adult")


@dataclass(frozen=True, slots=True)
class Mapped:
    """What a row's labels mean. `unknown`: its labels that the mapping does not name."""

    topics: tuple[str, ...]
    pictogram: str
    min_age: int | None
    min_age_with_adult: int | None
    unknown: tuple[str, ...]


class Mapping:
    """A mapping file. Raises UnreadableFileError when something in it cannot be meant."""

    def __init__(self, path: Path, *, topics: Collection[str]) -> None:
        """`topics`: the slugs of the topics there are."""
        self.path = path
        self.known_topics = topics
        data = self._read()
        self.topics = self._slugs(data.get("topics", {}))
        self.categories = self._slugs(data.get("categories", {}))
        self.audiences = {_key(label): self._ages(label, said) for label, said in data.get("audiences", {}).items()}
        self.default_pictogram = self._pictogram(data.get("default_pictogram", "hand"), "default_pictogram")
        self.pictograms = {slug: self._pictogram(said, slug) for slug, said in data.get("pictograms", {}).items()}

    def of(self, row: OpportunityRow) -> Mapped:
        """What a row's labels mean."""
        topics = _meant(self.topics, row.topics)
        if not topics and row.category:
            topics = _meant(self.categories, [row.category])
        known = {**self.topics, **self.categories}
        labels = [*row.topics, *([row.category] if row.category else [])]
        unknown = [label for label in labels if _key(label) not in known]
        unknown += [label for label in row.audience if _key(label) not in self.audiences]
        ages = [self.audiences.get(_key(label), {}) for label in row.audience]
        alone = min((each["alone"] for each in ages if "alone" in each), default=None)
        with_adult = min((each["with_adult"] for each in ages if "with_adult" in each), default=None)
        if alone is not None and with_adult is not None:
            with_adult = min(with_adult, alone)
        return Mapped(
            topics=tuple(topics[:MOST_TOPICS]),
            pictogram=self.pictograms.get(topics[0], self.default_pictogram) if topics else self.default_pictogram,
            min_age=alone,
            min_age_with_adult=with_adult,
            unknown=tuple(unknown),
        )

    def _read(self) -> dict[str, Any]:
        known = {"file": self.path}
        try:
            with self.path.open("rb") as file:
                return tomllib.load(file)
        except OSError as error:
            reason = _("The mapping file “%(file)s” cannot be opened: %(why)s.")
            raise UnreadableFileError(reason % {**known, "why": error.strerror}) from error
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            reason = _("The mapping file “%(file)s” is not TOML: %(why)s.")
            raise UnreadableFileError(reason % {**known, "why": error}) from error

    def _slugs(self, said: dict[str, Any]) -> dict[str, tuple[str, ...]]:
        found = {}
        for label, meaning in said.items():
            meanings = meaning if isinstance(meaning, list) else [meaning]
            for slug in meanings:
                if slug != IGNORE and slug not in self.known_topics:
                    raise self._wrong(label, slug, [IGNORE, *self.known_topics])
            found[_key(label)] = tuple(slug for slug in meanings if slug != IGNORE)
        return found

    def _ages(self, label: str, said: Any) -> dict[str, int]:
        if not isinstance(said, dict) or set(said) - set(AGES):
            raise self._wrong(label, said, AGES)
        for age in said.values():
            if not isinstance(age, int) or not 0 <= age <= MOST_AGE:
                raise self._wrong(label, age, [f"0–{MOST_AGE}"])
        return said

    def _pictogram(self, said: Any, place: str) -> str:
        known = [name for name, _label in pictogram_choices()]
        if said not in known:
            raise self._wrong(place, said, known)
        return said

    def _wrong(self, place: str, value: Any, known: Iterable[str]) -> UnreadableFileError:
        words = {"file": self.path.name, "place": place, "value": value, "known": ", ".join(known)}
        return UnreadableFileError(
            _("The mapping file “%(file)s” says “%(value)s” for “%(place)s”. It can be: %(known)s.") % words
        )


def _meant(meanings: dict[str, tuple[str, ...]], labels: Iterable[str]) -> list[str]:
    """The topics that labels mean, the ones that most labels mean first."""
    found = [slug for label in labels for slug in meanings.get(_key(label), ())]
    return sorted(dict.fromkeys(found), key=lambda slug: -found.count(slug))


def _key(text: str) -> str:
    return " ".join(text.split()).casefold()
