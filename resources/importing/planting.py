"""Makes and changes many guide pages at once: what Wagtail does for each in some hundred queries, in a few for all.

For a page type with a table between its own and the page's, with topics and tags. Revisions, log, search and links:
`home.services.many_pages`. Left out are the signals of saving; those of publishing are sent.
"""

from collections.abc import Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import F
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from wagtail.models import Page

from portal.core.models import Topic
from resources.importing.pages import FILLED, give_slugs
from resources.models import GuidePage, LibraryPage, LibraryTag, ResourcePage, ResourceTag

REVISION_FIELDS = ("latest_revision", "live_revision", "latest_revision_created_at")
CHANGED_FIELDS = (*FILLED, "draft_title", "has_unpublished_changes", "last_published_at", *REVISION_FIELDS)
ROWS = 25
"""Pages changed by one statement: their texts are long."""


def stake_out(library: LibraryPage, pages: Sequence[GuidePage]) -> None:
    """Give new pages their places, last in the library, and their rows in the table of pages: they have ids now."""
    parent = Page.objects.select_for_update().get(pk=library.pk)
    last = parent.get_last_child()
    path = last._inc_path() if last else Page._get_path(parent.path, parent.depth + 1, 1)
    give_slugs(list(pages), set(parent.get_children().order_by().values_list("slug", flat=True)))
    rows = []
    for page in pages:
        page.path, page.depth, page.numchild = path, parent.depth + 1, 0
        page.content_type = ContentType.objects.get_for_model(GuidePage)
        page.set_url_path(parent)
        rows.append(Page(**_attributes(page, Page)))
        path = rows[-1]._inc_path()
    Page.objects.bulk_create(rows, batch_size=ROWS)
    for page, row in zip(pages, rows, strict=True):
        page.id = page.page_ptr_id = page.resourcepage_ptr_id = row.pk
    Page.objects.filter(pk=parent.pk).update(numchild=F("numchild") + len(rows))


def insert(pages: Sequence[GuidePage]) -> None:
    """Write the other two rows of pages that were staked out."""
    for page in pages:
        names = {field.attname: getattr(page, field.attname) for field in ResourcePage._meta.local_concrete_fields}
        ResourcePage(**names).save_base(raw=True, force_insert=True)
        page.save_base(raw=True, force_insert=True)
        page._state.adding = False


def change(pages: Sequence[GuidePage]) -> None:
    """Write what was filled into pages that were there before."""
    GuidePage._base_manager.bulk_update(pages, CHANGED_FIELDS, batch_size=ROWS)


def put_under(pages: Sequence[GuidePage], topics: list[list[Topic]], tags: list[list[LibraryTag]]) -> None:
    """Give the pages these topics and tags and no other, in their tables and in memory, where revisions take them."""
    ids = [page.pk for page in pages]
    through: Any = ResourcePage.topics.through
    through.objects.filter(resourcepage_id__in=ids).delete()
    ResourceTag.objects.filter(content_object_id__in=ids).delete()
    through.objects.bulk_create(
        through(resourcepage_id=page.pk, topic_id=topic.pk)
        for page, chosen in zip(pages, topics, strict=True)
        for topic in chosen
    )
    given = [
        [ResourceTag(tag=tag, content_object_id=page.pk) for tag in chosen]
        for page, chosen in zip(pages, tags, strict=True)
    ]
    ResourceTag.objects.bulk_create([each for several in given for each in several])
    for page, chosen, several in zip(pages, topics, given, strict=True):
        hold(page, chosen, several)


def hold(page: GuidePage, topics: list[Topic], tags: list[ResourceTag]) -> None:
    """Let the page have these topics and tags in memory only."""
    held = page.__dict__.setdefault("_cluster_related_objects", {})
    held["topics"], held["resource_tags"] = topics, tags


def hold_nothing_else(pages: Sequence[GuidePage]) -> None:
    """New pages have no other rows that hang on them: nobody need ask for comments, one page at a time."""
    relations = [*get_all_child_relations(GuidePage), *get_all_child_m2m_relations(GuidePage)]
    names = [getattr(each, "get_accessor_name", lambda each=each: each.name)() for each in relations]
    for page in pages:
        held = page.__dict__.setdefault("_cluster_related_objects", {})
        for name in names:
            held.setdefault(name, [])


def _attributes(page: Page, model: type[Page]) -> dict[str, Any]:
    return {field.attname: getattr(page, field.attname) for field in model._meta.concrete_fields}
