"""Publishes many new pages at once: what Wagtail does for each page in some eighty queries, here in a handful for all.

Wagtail's own way (`add_child`, `save_revision`, `publish`) writes each page six times and indexes it three times.
Pages planted here are checked, have their revision and log entries, are searchable, and their links are known, all the
same; only the signals of saving are left out, those of publishing are sent.
"""

from collections.abc import Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import F
from django.utils import timezone
from wagtail.models import Page
from wagtail.signals import page_published

from home.services.many_pages import make_findable, note_links, write_log, write_revisions
from search.indexing.noting import gathered

_FILLED_LATER = (
    "title", "draft_title", "seo_title", "search_description", "show_in_menus", "live", "has_unpublished_changes",
    "first_published_at", "last_published_at", "latest_revision", "live_revision", "latest_revision_created_at",
)  # fmt: skip

DONE = ("wagtail.create", "wagtail.publish")


def stake_out(parent: Page, pages: Sequence[Page]) -> None:
    """Give new pages their place, last under `parent`, and with it their primary keys: they can now be linked to.

    They are not complete before `publish_planted`, which must follow in the same transaction. The parent's row must be
    locked, or otherwise known to be changed by nobody else meanwhile.
    """
    last = Page.objects.filter(pk=parent.pk).get().get_last_child()
    path = last._inc_path() if last else Page._get_path(parent.path, parent.depth + 1, 1)
    rows = []
    for page in pages:
        page.path, page.depth, page.numchild = path, parent.depth + 1, 0
        page.content_type = ContentType.objects.get_for_model(type(page))
        page.set_url_path(parent)
        page._set_core_field_defaults()
        rows.append(_base_row(page))
        path = rows[-1]._inc_path()
    Page.objects.bulk_create(rows)
    for page, row in zip(pages, rows, strict=True):
        page.id = page.page_ptr_id = row.pk
        page._cached_parent_obj = parent
    Page.objects.filter(pk=parent.pk).update(numchild=F("numchild") + len(rows))
    parent.numchild += len(rows)


def publish_planted(pages: Sequence[Page], *, by: Any) -> None:
    """Check, complete and publish pages that were staked out. Raises ValidationError before anything is written."""
    for page in pages:
        page.full_clean(exclude=["path", "depth", "numchild"], validate_unique=False)
    now = timezone.now()
    for page in pages:
        page.live, page.has_unpublished_changes = True, False
        page.first_published_at = page.last_published_at = page.latest_revision_created_at = now
        page.save_base(raw=True, force_insert=True)  # the type's own table; the row of the base is there already
        page._state.adding = False
    revisions = write_revisions(pages, by=by, now=now)
    for page, revision in zip(pages, revisions, strict=True):
        page.latest_revision = page.live_revision = revision
    write_log(pages, revisions, [DONE] * len(pages), by=by, now=now)
    Page.objects.bulk_update([_base_row(page) for page in pages], _FILLED_LATER)
    make_findable(pages)
    note_links(pages)
    with gathered():  # the search notes them in one go
        for page, revision in zip(pages, revisions, strict=True):
            page_published.send(sender=page.specific_class, instance=page, revision=revision)


def _base_row(page: Page) -> Page:
    """The page as the base table holds it."""
    names = [field.attname for field in Page._meta.concrete_fields]
    return Page(**{name: getattr(page, name) for name in names})
