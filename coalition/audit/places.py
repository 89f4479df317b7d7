"""Notes which city an entry of Wagtail's log concerns, in the transaction that writes the entry.

Each room says for its own models how their city is found (`register_finder`). A model without a finder has no city:
what is not registered, no lead sees.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from wagtail.hooks import search_for_hooks
from wagtail.models import ModelLogEntry, Page, PageLogEntry

from coalition.models import ModelLogPlace, PageLogPlace

Found = Mapping[str, Iterable[int]]
"""Number of an object, as text → numbers of its cities."""


@dataclass(frozen=True)
class _Finder:
    find: Callable[[Sequence[str]], Found]
    actions: str


_finders: dict[type[Model], _Finder] = {}


def register_finder(model: type[Model], find: Callable[[Sequence[str]], Found], *, actions: str = "") -> None:
    """Let `find(numbers)` say to which cities objects of `model` belong now. One query or two, however many there are.

    With `actions`, only entries whose action begins so are placed. Registering a model again replaces its finder. For
    `Page`, pages of all types are asked for.
    """
    _finders[model] = _Finder(find, actions)


def place_entries(entries: Sequence[PageLogEntry | ModelLogEntry]) -> None:
    """Write down which cities these entries concern. They are saved already; writing them twice changes nothing.

    For entries that are saved one by one this happens by itself. Whoever writes many at once calls it.
    """
    search_for_hooks()  # finders of the rooms above are registered there
    groups: dict[type[Model] | None, list[Any]] = {}
    for entry in entries:
        groups.setdefault(_model_of(entry), []).append(entry)
    for model, group in groups.items():
        if model in _finders:
            _place(_finders[model], group)


def _model_of(entry: PageLogEntry | ModelLogEntry) -> type[Model] | None:
    if isinstance(entry, PageLogEntry):
        return Page
    if entry.content_type_id is None:
        return None
    return ContentType.objects.get_for_id(entry.content_type_id).model_class()


def _place(finder: _Finder, entries: list[Any]) -> None:
    wanted = [entry for entry in entries if entry.action.startswith(finder.actions)]
    if not wanted:
        return
    model: Any = PageLogPlace if isinstance(wanted[0], PageLogEntry) else ModelLogPlace
    found = finder.find(sorted({str(entry.object_id) for entry in wanted}))
    rows = [
        model(entry_id=entry.pk, city_id=city_id, at=entry.timestamp)
        for entry in wanted
        for city_id in set(found.get(str(entry.object_id), ()))
    ]
    if rows:
        model.objects.bulk_create(rows, ignore_conflicts=True)
