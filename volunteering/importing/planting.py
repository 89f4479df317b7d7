"""Makes and changes many opportunity pages at once: what Wagtail does for each in some hundred queries, in a few.

Revisions, log, search and links: `home.services.many_pages`. Left out are the signals of saving; those of publishing
are sent.
"""

from collections.abc import Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import F
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from wagtail.models import Page

from portal.core.models import Topic
from volunteering.importing.pages import FILLED, give_slugs
from volunteering.models import OpportunityPage

REVISION_FIELDS = ("latest_revision", "live_revision", "latest_revision_created_at")
CHANGED_FIELDS = (
    *FILLED, "draft_title", "live", "has_unpublished_changes", "first_published_at", "last_published_at",
    *REVISION_FIELDS,
)  # fmt: skip
ROWS = 50
"""Pages written by one statement."""


def stake_out(section: Page, pages: Sequence[OpportunityPage]) -> None:
    """Give new pages their places, last in the list, and their rows in the table of pages: they have ids now."""
    parent = Page.objects.select_for_update().get(pk=section.pk)
    last = parent.get_last_child()
    path = last._inc_path() if last else Page._get_path(parent.path, parent.depth + 1, 1)
    give_slugs(list(pages), set(parent.get_children().order_by().values_list("slug", flat=True)))
    content_type = ContentType.objects.get_for_model(OpportunityPage)
    rows = []
    for page in pages:
        page.path, page.depth, page.numchild = path, parent.depth + 1, 0
        page.content_type = content_type
        page.set_url_path(parent)
        rows.append(Page(**{field.attname: getattr(page, field.attname) for field in Page._meta.concrete_fields}))
        path = rows[-1]._inc_path()
    Page.objects.bulk_create(rows, batch_size=ROWS)
    for page, row in zip(pages, rows, strict=True):
        page.id = page.page_ptr_id = row.pk
    Page.objects.filter(pk=parent.pk).update(numchild=F("numchild") + len(rows))


def insert(pages: Sequence[OpportunityPage]) -> None:
    """Write the other row of pages that were staked out."""
    for page in pages:
        page.save_base(raw=True, force_insert=True)
        page._state.adding = False


def change(pages: Sequence[OpportunityPage]) -> None:
    """Write what was filled into pages that were there before."""
    OpportunityPage._base_manager.bulk_update(pages, CHANGED_FIELDS, batch_size=ROWS)


def put_under(pages: Sequence[OpportunityPage], topics: Sequence[Sequence[Topic]]) -> None:
    """Give the pages these topics and no other, in their table and in memory, where revisions take them."""
    through: Any = OpportunityPage.topics.through
    through.objects.filter(opportunitypage_id__in=[page.pk for page in pages]).delete()
    through.objects.bulk_create(
        through(opportunitypage_id=page.pk, topic_id=topic.pk)
        for page, chosen in zip(pages, topics, strict=True)
        for topic in chosen
    )
    for page, chosen in zip(pages, topics, strict=True):
        hold(page, chosen)


def hold(page: OpportunityPage, topics: Sequence[Topic]) -> None:
    """Let the page have these topics in memory only."""
    page.__dict__.setdefault("_cluster_related_objects", {})["topics"] = list(topics)


def hold_nothing_else(pages: Sequence[OpportunityPage]) -> None:
    """New pages have no other rows that hang on them: nobody need ask for comments, one page at a time."""
    relations = [*get_all_child_relations(OpportunityPage), *get_all_child_m2m_relations(OpportunityPage)]
    names = [getattr(each, "get_accessor_name", lambda each=each: each.name)() for each in relations]
    for page in pages:
        held = page.__dict__.setdefault("_cluster_related_objects", {})
        for name in names:
            held.setdefault(name, [])
