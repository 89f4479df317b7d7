"""What Wagtail does for each page that is published, for many pages at once: revisions, log, search, links.

Wagtail's own way (`save_revision`, `publish`) writes a page six times and indexes it three times. The rooms above that
make many pages in one act write the pages' rows themselves and the rest with this; they also send the signals of
publishing.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision
from wagtail.search.backends import get_search_backends

from coalition.audit.places import place_entries

ROWS = 25
"""Revisions written by one statement: their texts are long."""


def write_revisions(pages: Sequence[Page], *, by: Any, now: Any) -> list[Revision]:
    """A revision of each page, as it is now."""
    base = ContentType.objects.get_for_model(Page)
    return Revision.objects.bulk_create(
        [
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
        ],
        batch_size=ROWS,
    )


def write_log(
    pages: Sequence[Page], revisions: Sequence[Revision], actions: Sequence[Sequence[str]], *, by: Any, now: Any
) -> None:
    """Note on each page what was done."""
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
        for page, revision, done in zip(pages, revisions, actions, strict=True)
        for action in done
    )
    place_entries(entries)


def make_findable(pages: Iterable[Page]) -> None:
    """Index them in the admin's search, all of one type at once: each write there goes through the whole index."""
    by_type: dict[type[Page], list[Page]] = defaultdict(list)
    for page in pages:
        by_type[type(page)].append(page)
    for backend in get_search_backends(with_auto_update=True):
        for model, group in by_type.items():
            backend.get_index_for_model(model).add_items(model, group)


def note_links(pages: Sequence[Page]) -> None:
    """What the reference index would note after each save, in place of what it noted before."""
    base = ContentType.objects.get_for_model(Page)
    ReferenceIndex.objects.filter(base_content_type=base, object_id__in=[str(page.pk) for page in pages]).delete()
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
