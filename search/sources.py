"""Where documents come from, and what kinds of them there are. The rooms above register their own."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise

from search.documents import Document


@dataclass(frozen=True)
class Kind:
    """A kind of result: "guide". `one` and `many` name it on the screen; `icon` is a pictogram beside it.

    `extra` names the facets that this kind alone has: name → (legend, value → label).
    """

    name: str
    one: str | Promise
    many: str | Promise
    position: int = 100
    extra: Mapping[str, tuple[str | Promise, Callable[[], Mapping[str, str | Promise]]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Source:
    """A table of things that can be found.

    `documents(ids)` gives all documents of those objects as they are now; none for what is not to be found.
    `versions()` gives object id → version of everything that is to be found now, without building documents: what
    `documents` puts into `Document.version` (one version for an object, whatever number of documents it has).
    `relatives(ids)`: further objects of the source whose documents say something of these, such as translations.
    """

    name: str
    documents: Callable[[Iterable[int]], list[Document]]
    versions: Callable[[], dict[int, str]]
    relatives: Callable[[Iterable[int]], set[int]] = lambda ids: set()


_kinds: dict[str, Kind] = {}
_sources: dict[str, Source] = {}


def register_kind(kind: Kind) -> None:
    """Make a kind known. Registering it again replaces it."""
    _kinds[kind.name] = kind


def kinds() -> dict[str, Kind]:
    """All kinds by name, in the order of their positions."""
    return {kind.name: kind for kind in sorted(_kinds.values(), key=lambda kind: (kind.position, kind.name))}


def register_source(source: Source) -> None:
    """Make a source known. Registering it again replaces it."""
    _sources[source.name] = source


def sources() -> dict[str, Source]:
    """All sources by name."""
    return dict(_sources)


_labels: dict[str, list[Callable[[], Mapping[str, str | Promise]]]] = {}


def register_labels(facet: str, labels: Callable[[], Mapping[str, str | Promise]]) -> None:
    """Name values of the facets "audience" and "format": a room names its own, in the order in which they are shown."""
    known = _labels.setdefault(facet, [])
    if labels not in known:
        known.append(labels)


def labels_of(facet: str) -> dict[str, str | Promise]:
    """Value → name, of every room."""
    return {value: name for labels in _labels.get(facet, ()) for value, name in labels().items()}
