"""Where links to pages lead: the reader's language when the page is live in it, else the page that was chosen."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from wagtail.models import Page, Site


class Target:
    """A chosen page and its live translations by language code."""

    def __init__(self, page: Page, live: dict[str, Page]) -> None:
        self.page = page
        self.live = live

    def in_language(self, code: str | None) -> Page | None:
        """The page to link to, None when nobody could read it: not published, neither here nor in `code`."""
        if code and code in self.live:
            return self.live[code]
        return self.page if self.page.live else None


_loaded: ContextVar[dict[int, Target | None] | None] = ContextVar("page_targets", default=None)


def load_targets(ids: Iterable[int | None]) -> dict[int, Target]:
    """The targets of these page ids in one query at most, whatever their number; unknown ids are left out."""
    wanted = {pk for pk in ids if pk}
    known = _loaded.get() or {}
    asked = _query(wanted - known.keys())
    found = {pk: known.get(pk) or asked.get(pk) for pk in wanted}
    return {pk: target for pk, target in found.items() if target}


def _query(wanted: set[int]) -> dict[int, Target]:
    if not wanted:
        return {}
    keys = Page.objects.filter(pk__in=wanted).values("translation_key")
    families: dict[Any, list[Page]] = {}
    roots = Site.get_site_root_paths()
    for page in Page.objects.filter(translation_key__in=keys).select_related("locale"):
        page._wagtail_cached_site_root_paths = roots  # else each address would look them up in the cache again
        families.setdefault(page.translation_key, []).append(page)
    targets = {}
    for family in families.values():
        live = {page.locale.language_code: page for page in family if page.live}
        targets.update({page.pk: Target(page, live) for page in family if page.pk in wanted})
    return targets


def page_ids(*streams: Any) -> set[int]:
    """The ids of the pages that links in these stream values point at, read without loading any of them."""
    found: set[int] = set()
    waiting = [getattr(stream, "raw_data", stream) for stream in streams]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Mapping):
            if isinstance(part.get("page"), int):
                found.add(part["page"])
            waiting += part.values()
        elif not isinstance(part, str) and isinstance(part, Iterable):
            waiting += part
    return found


@contextmanager
def targets_loaded(ids: Iterable[int | None]) -> Iterator[None]:
    """Within the block, `load_targets` answers for these ids without asking the database again."""
    with targets_given(all_targets(ids)):
        yield


def all_targets(ids: Iterable[int | None]) -> dict[int, Target | None]:
    """The target of each id, None for one that is unknown: what `targets_given` takes. One query at most."""
    wanted = {pk for pk in ids if pk}
    found = load_targets(wanted)
    return {pk: found.get(pk) for pk in wanted}


@contextmanager
def targets_given(targets: Mapping[int, Target | None]) -> Iterator[None]:
    """Within the block, `load_targets` answers from these: they were loaded before, for several parts of a page."""
    token = _loaded.set({**(_loaded.get() or {}), **targets})
    try:
        yield
    finally:
        _loaded.reset(token)


def target_of(page: Page) -> Target:
    """The target of a page that a chooser loaded; a page that came another way is looked up."""
    found = getattr(page, "link_target", None)
    if found is None:
        found = load_targets([page.pk]).get(page.pk) or Target(page, {})
        page.link_target = found
    return found
