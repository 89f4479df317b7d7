"""Pages as things to be found: which are public now, and what they say. The rooms above register their page types."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet

from portal.core.closed_trees import closed_paths
from search.documents import Document, family_of
from search.sources import Source

PAGE = "page"
"""Name of the source."""
MADE = "1"
"""Raise it when documents of pages are made in another way: all of them are made anew then."""

Describe = Callable[[list[Any]], Iterable[Document]]
Tokens = Callable[[Iterable[int]], Mapping[int, str]]
CityOf = Callable[[Iterable[str]], Mapping[str, int]]
"""city_of(paths): tree path of a page → key of the city on whose site it stands, for those that stand on one."""
LocalOnes = Callable[[Iterable[int]], Iterable[int]]
"""local_ones(ids): those of these pages, which stand on sites of cities, that only who asks for their city finds."""


@dataclass(frozen=True)
class PageType:
    """How pages of one type are found."""

    kind: str
    describe: Describe
    also: Tokens | None
    relatives: Callable[[Iterable[int]], Iterable[int]] | None


@dataclass(frozen=True)
class Row:
    """A page that is to be found, as far as its version needs it."""

    pk: int
    path: str
    key: UUID
    language: str
    type_id: int
    revision: int
    token: str = ""


_types: dict[type[Page], PageType] = {}
_city_finders: list[CityOf] = []
_local_finders: list[LocalOnes] = []


def register_page(
    model: type[Page],
    kind: str,
    describe: Describe,
    *,
    also: Tokens | None = None,
    relatives: Callable[[Iterable[int]], Iterable[int]] | None = None,
) -> None:
    """Let pages of this type (not of those made from it) be found.

    `describe(pages)` makes their documents with `draft`, at a fixed number of queries. For pages that show something
    else besides what they say themselves: `also(ids)` gives page id → a version of that, and nothing for a page that
    is not to be found because of it; `relatives(ids)` the pages of this type that show something of these pages.
    """
    _types[model] = PageType(kind, describe, also, relatives)


def register_city_of(finder: CityOf) -> None:
    """Let `finder` say on which city's site pages stand."""
    if finder not in _city_finders:
        _city_finders.append(finder)


def register_local(finder: LocalOnes) -> None:
    """Let `finder` say which pages are found in their city alone. It may change with a publication only."""
    if finder not in _local_finders:
        _local_finders.append(finder)


def is_registered(model: type) -> bool:
    """Whether pages of exactly this type can be found."""
    return model in _types


def draft(page: Any, **fields: Any) -> Document:
    """A document of the page; the source fills in what is the same for pages of all types."""
    given = {
        "source": PAGE,
        "object_id": page.pk,
        "language": page.locale.language_code,
        "kind": "",
        "title": page.title,
        "version": "",
        "family": family_of(page.translation_key),
        "page_id": page.pk,
        "expires_at": page.expire_at,
    }
    return Document(**given | fields)


def documents(ids: Iterable[int]) -> list[Document]:
    """All documents of these pages as they are now."""
    wanted = set(ids)
    keys = Page.objects.filter(pk__in=wanted).values("translation_key")
    family = _to_be_found(Page.objects.filter(translation_key__in=keys))
    versions = _versions(family, only=wanted)
    siblings = _siblings(family)
    cities = cities_of(row.path for row in family if row.pk in versions)
    rows = {row.pk: row for row in family if row.pk in versions}
    on_sites = [pk for pk, row in rows.items() if row.path in cities]
    local = {pk for find in _local_finders for pk in find(on_sites)} if on_sites else set()
    found = []
    for model, kind in _types.items():
        type_id = ContentType.objects.get_for_model(model).pk
        own = [pk for pk, row in rows.items() if row.type_id == type_id]
        if not own:
            continue
        pages = list(model._default_manager.filter(pk__in=own).select_related("locale").order_by("pk"))
        for each in kind.describe(pages):
            row = rows[each.object_id]
            found.append(
                replace(
                    each,
                    kind=kind.kind,
                    version=versions[row.pk],
                    siblings=siblings[row.pk],
                    city_id=each.city_id or cities.get(row.path),
                    is_local=each.is_local or row.pk in local,
                )
            )
    return found


def versions() -> dict[int, str]:
    """Page id → version of every page that is to be found now. A handful of queries for all."""
    return _versions(_to_be_found(Page.objects.all()))


def relatives(ids: Iterable[int]) -> set[int]:
    """Translations of these pages, and pages that show something of any of them."""
    wanted = set(ids)
    keys = Page.objects.filter(pk__in=wanted).values("translation_key")
    found = wanted | set(Page.objects.filter(translation_key__in=keys).values_list("pk", flat=True))
    for kind in _types.values():
        if kind.relatives is not None:
            found |= set(kind.relatives(found))
    return found


def cities_of(paths: Iterable[str]) -> dict[str, int]:
    """Tree path → key of the city on whose site the page stands."""
    asked = list(paths)
    return {path: city for find in _city_finders for path, city in find(asked).items()}


def hidden_pages(pages: PageQuerySet) -> list[int]:
    """Those of these pages that nobody is to find now, whether or not they have documents."""
    shown = {row.pk for row in _to_be_found(pages)}
    return [pk for pk in pages.values_list("pk", flat=True) if pk not in shown]


def _to_be_found(pages: PageQuerySet) -> list[Row]:
    """Live pages of registered types that are for everybody, in no closed tree, not expired, and no aliases."""
    types = {ContentType.objects.get_for_model(model).pk: kind for model, kind in _types.items()}
    live = pages.filter(
        Q(expire_at=None) | Q(expire_at__gt=timezone.now()), live=True, alias_of=None, content_type__in=list(types)
    )
    fields = ("pk", "path", "translation_key", "locale__language_code", "content_type_id", "live_revision_id")
    hidden = hidden_paths()
    rows = [
        Row(pk, path, key, language, type_id, revision or 0)
        for pk, path, key, language, type_id, revision in live.order_by().values_list(*fields)
        if not is_below(path, hidden)
    ]
    for type_id, kind in types.items():
        if kind.also is not None:
            rows = _with_tokens(rows, type_id, kind.also)
    return rows


def _with_tokens(rows: list[Row], type_id: int, also: Tokens) -> list[Row]:
    own = [row.pk for row in rows if row.type_id == type_id]
    tokens = also(own) if own else {}
    return [
        replace(row, token=tokens[row.pk]) if row.type_id == type_id else row
        for row in rows
        if row.type_id != type_id or row.pk in tokens
    ]


def hidden_paths() -> set[str]:
    """The topmost pages of all trees that are not for everybody, by tree path: restricted, or closed for now."""
    restricted = PageViewRestriction.objects.values_list("page__path", flat=True)
    return {*restricted, *closed_paths()}


def is_below(path: str, above: set[str]) -> bool:
    """Whether a tree path is one of these, or stands below one."""
    if not above:
        return False
    return any(path[:length] in above for length in range(Page.steplen, len(path) + 1, Page.steplen))


def _siblings(rows: Iterable[Row]) -> dict[int, tuple[str, ...]]:
    """Page id → the other languages in which its translations are to be found."""
    by_key = defaultdict(set)
    for row in rows:
        by_key[row.key].add(row.language)
    return {row.pk: tuple(sorted(by_key[row.key] - {row.language})) for row in rows}


def _versions(rows: list[Row], only: set[int] | None = None) -> dict[int, str]:
    siblings = _siblings(rows)
    chosen = [row for row in rows if only is None or row.pk in only]
    cities = cities_of(row.path for row in chosen)
    return {
        row.pk: f"{MADE}.{row.revision}.{cities.get(row.path, 0)}.{'-'.join(siblings[row.pk])}.{row.token}"[:64]
        for row in chosen
    }


SOURCE = Source(PAGE, documents, versions, relatives)
