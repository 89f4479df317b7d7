"""Publishes many new pages at once: what Wagtail does for each page in some eighty queries, here in a handful for all.

Wagtail's own way (`add_child`, `save_revision`, `publish`) writes each page six times and indexes it three times.
Pages planted here are checked, have their revision and log entries, are searchable, and their links are known, all the
same; only the signals of saving are left out, those of publishing are sent.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import F
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision
from wagtail.search.backends import get_search_backends
from wagtail.signals import page_published

from coalition.audit.places import place_entries

_FILLED_LATER = (
    "title", "draft_title", "seo_title", "search_description", "show_in_menus", "live", "has_unpublished_changes",
    "first_published_at", "last_published_at", "latest_revision", "live_revision", "latest_revision_created_at",
)  # fmt: skip


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
    revisions = _write_revisions(pages, by, now)
    _write_log(pages, revisions, by, now)
    Page.objects.bulk_update([_base_row(page) for page in pages], _FILLED_LATER)
    _make_findable(pages)
    _note_links(pages)
    for page, revision in zip(pages, revisions, strict=True):
        page_published.send(sender=page.specific_class, instance=page, revision=revision)


def _base_row(page: Page) -> Page:
    """The page as the base table holds it."""
    names = [field.attname for field in Page._meta.concrete_fields]
    return Page(**{name: getattr(page, name) for name in names})


def _write_revisions(pages: Sequence[Page], by: Any, now: Any) -> list[Revision]:
    base = ContentType.objects.get_for_model(Page)
    revisions = Revision.objects.bulk_create(
        Revision(
            content_type=page.content_type,
            base_content_type=base,
            object_id=str(page.pk),
            created_at=now,
            user=by,
            object_str=str(page),
            content=page.serializable_data(),
        )
        for page in pages
    )
    for page, revision in zip(pages, revisions, strict=True):
        page.latest_revision = page.live_revision = revision
    return revisions


def _write_log(pages: Sequence[Page], revisions: Sequence[Revision], by: Any, now: Any) -> None:
    entries = PageLogEntry.objects.bulk_create(
        PageLogEntry(
            page_id=page.pk,
            content_type=page.content_type,
            label=page.get_admin_display_title(),
            action=action,
            timestamp=now,
            user=by,
            revision=revision,
            content_changed=True,
            data={},
        )
        for page, revision in zip(pages, revisions, strict=True)
        for action in ("wagtail.create", "wagtail.publish")
    )
    place_entries(entries)


def _make_findable(pages: Sequence[Page]) -> None:
    """Index them in the admin's search, all of one type at once: each write there goes through the whole index."""
    for backend in get_search_backends(with_auto_update=True):
        for model, group in _by_type(pages).items():
            backend.get_index_for_model(model).add_items(model, group)


def _note_links(pages: Sequence[Page]) -> None:
    """What the reference index would note after each save."""
    base = ContentType.objects.get_for_model(Page)
    ReferenceIndex.objects.bulk_create(
        [
            ReferenceIndex(
                content_type=page.content_type,
                base_content_type=base,
                object_id=str(page.pk),
                to_content_type_id=to_type,
                to_object_id=to_id,
                model_path=model_path,
                content_path=content_path,
                content_path_hash=ReferenceIndex._get_content_path_hash(content_path),
            )
            for page in pages
            for to_type, to_id, model_path, content_path in set(ReferenceIndex._extract_references_from_object(page))
        ],
        ignore_conflicts=True,
    )


def _by_type(pages: Iterable[Page]) -> dict[type[Page], list[Page]]:
    found: dict[type[Page], list[Page]] = defaultdict(list)
    for page in pages:
        found[type(page)].append(page)
    return found
