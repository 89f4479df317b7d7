"""What a source's labels, collections and licenses mean in the library: a TOML file that staff can change."""

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from coalition.imports.source import UnreadableFileError
from resources.importing.rows import GuideRow
from resources.models.choices import GUIDE_FORMATS, Audience, Licence

SHIPPED = Path(__file__).with_name("mapping.toml")
IGNORE, TAG = "ignore", "tag"


@dataclass(frozen=True, slots=True)
class Mapped:
    """What a row is in the library. `unknown`: its labels that the mapping does not name."""

    topics: tuple[str, ...]
    tags: tuple[str, ...]
    unknown: tuple[str, ...]
    format: str
    audience: str
    source_name: str
    licence: str
    licence_note: str


class Mapping:
    """A mapping file. Raises UnreadableFileError when something in it cannot be meant."""

    def __init__(self, path: Path, *, topics: Collection[str]) -> None:
        """`topics`: the slugs of the topics there are."""
        self.path = path
        self.known_topics = topics
        data = self._read()
        self.labels = {_key(label): self._meanings(label, said) for label, said in data.get("labels", {}).items()}
        self.default_topics = tuple(self._topic(slug, "default_topics") for slug in data.get("default_topics", []))
        self.default = self._collection("default", data.get("default", {}))
        self.collections = {
            _key(name): self.default | self._collection(name, said)
            for name, said in data.get("collections", {}).items()
        }
        self.licences = [
            (tuple(_key(each) for each in entry.get("names", [])), self._licence(entry))
            for entry in data.get("licences", [])
        ]

    def of(self, row: GuideRow) -> Mapped:
        """What a row's labels, collection and license mean."""
        said = self.collections.get(_key(row.collection), self.default)
        topics = list(said.get("topics", ()))
        tags: dict[str, str] = {}
        unknown = []
        for label in row.labels:
            meanings = self.labels.get(_key(label))
            if meanings is None:
                unknown.append(label)
                meanings = ((TAG, label),)
            for kind, word in meanings:
                if kind == TAG:
                    tags.setdefault(_key(word), word)
                else:
                    topics.append(word)
        return Mapped(
            topics=tuple(dict.fromkeys(topics or self.default_topics)),
            tags=tuple(tags.values()),
            unknown=tuple(unknown),
            format=said.get("format", "guide"),
            audience=said.get("audience", Audience.CITY_TEAM.value),
            source_name=said.get("source_name", row.collection)[:120],
            licence=self._licence_of(row.licence),
            licence_note=row.licence[:200],
        )

    def _licence_of(self, text: str) -> str:
        key = _key(text)
        for names, licence in self.licences:
            if any(name in key for name in names):
                return licence
        return Licence.ASK.value

    def _read(self) -> dict[str, Any]:
        words = {"file": self.path}
        try:
            with self.path.open("rb") as file:
                return tomllib.load(file)
        except OSError as error:
            reason = _("The mapping file “%(file)s” cannot be opened: %(why)s.")
            raise UnreadableFileError(reason % {**words, "why": error.strerror}) from error
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            reason = _("The mapping file “%(file)s” is not TOML: %(why)s.")
            raise UnreadableFileError(reason % {**words, "why": error}) from error

    def _meanings(self, label: str, said: Any) -> tuple[tuple[str, str], ...]:
        found = []
        for meaning in said if isinstance(said, list) else [said]:
            if not isinstance(meaning, str) or not meaning.strip():
                raise self._wrong(label, meaning, [IGNORE, TAG, "tag:…", *self.known_topics])
            if meaning == TAG:
                found.append((TAG, label))
            elif meaning.startswith("tag:"):
                found.append((TAG, " ".join(meaning[4:].split())[:100] or label))
            elif meaning != IGNORE:
                found.append(("topic", self._topic(meaning, label)))
        return tuple(found)

    def _topic(self, slug: Any, place: str) -> str:
        if slug not in self.known_topics:
            raise self._wrong(place, slug, self.known_topics)
        return slug

    def _collection(self, name: str, said: Any) -> dict[str, Any]:
        if not isinstance(said, dict):
            raise self._wrong(name, said, ["format", "audience", "source_name", "topics"])
        choices: dict[str, list[str]] = {
            "format": [value for value, _label in GUIDE_FORMATS],
            "audience": list(Audience.values),
        }
        for key, value in said.items():
            if key in choices and value not in choices[key]:
                raise self._wrong(f"{name}.{key}", value, choices[key])
            if key not in {*choices, "source_name", "topics"}:
                raise self._wrong(name, key, [*choices, "source_name", "topics"])
        found = dict(said)
        if "topics" in said:
            found["topics"] = tuple(self._topic(slug, name) for slug in said["topics"])
        if "source_name" in said:
            found["source_name"] = str(said["source_name"])
        return found

    def _licence(self, entry: dict[str, Any]) -> str:
        if entry.get("licence") not in Licence.values:
            raise self._wrong("licences", entry.get("licence"), Licence.values)
        return entry["licence"]

    def _wrong(self, place: str, value: Any, known: Collection[str]) -> UnreadableFileError:
        words = {"file": self.path.name, "place": place, "value": value, "known": ", ".join(known)}
        return UnreadableFileError(
            _("The mapping file “%(file)s” says “%(value)s” for “%(place)s”. It can be: %(known)s.") % words
        )


def _key(text: str) -> str:
    return " ".join(text.split()).casefold()
