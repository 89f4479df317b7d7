"""Keeps a copy of every page that is deleted from a city's site, for thirty days."""

import datetime
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import ngettext
from wagtail.models import Page, PageLogEntry, PageViewRestriction, Revision

from city_sites.models import CityHomePage, DeletedPage
from city_sites.selectors.sites import HOME_STEPS
from city_sites.services.kept_rows import as_json, pointers_to, rows_on
from city_sites.services.kept_translations import translations_of
from coalition.models import City

KEEP = datetime.timedelta(days=30)
PUBLISHED = ("wagtail.publish", "wagtail.publish.scheduled")

_is_paused: ContextVar[bool] = ContextVar("deleted_pages_paused", default=False)


@contextmanager
def nothing_kept() -> Iterator[None]:
    """Within the block, pages are deleted without a copy: for deleting a whole site."""
    token = _is_paused.set(True)
    try:
        yield
    finally:
        _is_paused.reset(token)


@transaction.atomic
def keep_copies(*, pages: Iterable[Page], act: uuid.UUID, by: Any = None) -> list[DeletedPage]:
    """Keep the pages that stand in a city's site, before they are deleted. Pages elsewhere are passed over.

    `act` is shared by what is deleted together; `by` is the person who deletes, None for a script.
    """
    found = [] if _is_paused.get() else [page for page in pages if len(page.path) >= HOME_STEPS]
    cities = _cities_of(found)
    found = [page for page in found if page.path[:HOME_STEPS] in cities]
    revisions, rows, pointers = _revisions_of(found), rows_on(page.pk for page in found), pointers_to(found)
    parents, private, translations = _parent_ids(found), _private_paths(found), translations_of(found)
    return DeletedPage.objects.bulk_create(
        DeletedPage(
            city=cities[page.path[:HOME_STEPS]],
            act=act,
            position=page.depth,
            page_id=page.pk,
            parent_id=parents[page.path[: -page.steplen]],
            title=page.get_admin_display_title()[:255],
            content_type_id=page.content_type_id,
            was_live=page.live,
            deleted_by=by,
            content={
                "page": as_json(page.serializable_data()),
                "revisions": revisions.get(page.pk, []),
                "rows": rows.get(page.pk, []),
                "pointers": pointers.get(page.pk, []),
                "translations": translations.get(page.pk, []),
                "is_private_from_above": any(page.path.startswith(path) and page.path != path for path in private),
            },
        )
        for page in found
    )


def purge_deleted_pages() -> str:
    """Throw away copies that are older than thirty days."""
    count, _by_model = DeletedPage.objects.filter(deleted_at__lt=timezone.now() - KEEP).delete()
    return ngettext("%(count)d deleted page forgotten", "%(count)d deleted pages forgotten", count) % {"count": count}


def _cities_of(pages: Iterable[Page]) -> dict[str, City]:
    """Path of a city home → its city."""
    paths = {page.path[:HOME_STEPS] for page in pages}
    return {home.path: home.city for home in CityHomePage.objects.filter(path__in=paths).select_related("city")}


def _parent_ids(pages: Iterable[Page]) -> dict[str, int]:
    paths = {page.path[: -page.steplen] for page in pages}
    return dict(Page.objects.filter(path__in=paths).values_list("path", "pk"))


def _private_paths(pages: Iterable[Page]) -> list[str]:
    """Paths of the pages above, or among, these that only some visitors may see."""
    above = {page.path[:length] for page in pages for length in range(page.steplen, len(page.path) + 1, page.steplen)}
    return list(PageViewRestriction.objects.filter(page__path__in=above).values_list("page__path", flat=True))


def _revisions_of(pages: list[Page]) -> dict[int, list[dict[str, Any]]]:
    """Page id → the versions worth keeping: the public one, the latest, and what was public in the last thirty days."""
    ids = [page.pk for page in pages]
    wanted = {page.live_revision_id for page in pages} | {page.latest_revision_id for page in pages}
    entries = PageLogEntry.objects.filter(page__in=ids, action__in=PUBLISHED, revision__isnull=False).order_by()
    recent = entries.filter(timestamp__gte=timezone.now() - KEEP)
    before = entries.filter(timestamp__lt=timezone.now() - KEEP).values("page_id").annotate(last=Max("pk"))
    wanted |= set(recent.values_list("revision_id", flat=True))
    wanted |= set(entries.filter(pk__in=[each["last"] for each in before]).values_list("revision_id", flat=True))
    found: dict[int, list[dict[str, Any]]] = {}
    for revision in Revision.page_revisions.filter(pk__in=wanted - {None}, object_id__in=[str(pk) for pk in ids]):
        data = {
            "pk": revision.pk,
            "created_at": revision.created_at,
            "user": revision.user_id,
            "object_str": revision.object_str,
            "content": revision.content,
        }
        found.setdefault(int(revision.object_id), []).append(as_json(data))
    return found
