"""Writes the pages of an import, a batch at a time: when something breaks, whole batches are there and no half one."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision
from wagtail.signals import page_published

from coalition.audit.places import place_entries
from home.services import many_pages
from portal.core.models import Topic
from search.indexing.noting import gathered
from volunteering.importing import planting
from volunteering.importing.anchoring import Written, anchor
from volunteering.importing.held import key_of
from volunteering.importing.pages import fill, published_at
from volunteering.importing.plan import Plan, Prepared
from volunteering.keeping import kept_already
from volunteering.models import ImportedOpportunity, OpportunityPage

BATCH = 100
INCOMPLETE = "volunteering.import.incomplete"
"""The entry in a draft's history that says what it lacks."""


@dataclass
class Outcome:
    """What was done. `overtaken`: pages saved by somebody while the import ran; `booked`: kept their shifts because
    people have signed up."""

    made: int = 0
    changed: int = 0
    overtaken: int = 0
    booked: int = 0


class Writer:
    """Writes what a plan says. `advance(count)` is told of each batch."""

    def __init__(self, *, by: Any = None, advance: Callable[[int], object] = lambda _count: None) -> None:
        self.by = by
        self.advance = advance
        self.topics: dict[str, Topic] = {}
        self.outcome = Outcome()

    def write(self, plan: Plan) -> Outcome:
        """New pages, then changed ones."""
        self.topics = {topic.slug: topic for topic in Topic.objects.select_related("parent")}
        for batch in _batches(plan.new):
            self._make(batch)
            self.advance(len(batch))
        for batch in _batches(plan.changed):
            self._change(batch)
            self.advance(len(batch))
        return self.outcome

    @transaction.atomic
    def _make(self, batch: Sequence[Prepared]) -> None:
        now = timezone.now()
        done = [Written(self._new_page(each, now), each) for each in batch]
        by_city = sorted(done, key=lambda each: each.prepared.home.city.pk)
        for _city, group in groupby(by_city, key=lambda each: each.prepared.home.city.pk):
            entries = list(group)
            planting.stake_out(entries[0].prepared.home.section, [each.page for each in entries])
        pages = [each.page for each in done]
        planting.hold_nothing_else(pages)
        planting.insert(pages)
        planting.put_under(pages, self._topics_of(batch))
        revisions = self._revise(pages, now)
        OpportunityPage._base_manager.bulk_update(pages, planting.REVISION_FIELDS, batch_size=planting.ROWS)
        self._finish(done, revisions, "wagtail.create", now)
        self.outcome.made += len(pages)

    def _new_page(self, prepared: Prepared, now: Any) -> OpportunityPage:
        page = fill(OpportunityPage(), prepared.row, prepared.mapped)
        page.locale = prepared.home.section.locale
        page.translation_key = key_of(prepared.held) or page.translation_key
        page.live, page.has_unpublished_changes = not prepared.missing, bool(prepared.missing)
        page.owner = self.by
        if page.live:
            page.first_published_at, page.last_published_at = published_at(prepared.row, now), now
        return page

    @transaction.atomic
    def _change(self, batch: Sequence[Prepared]) -> None:
        """Bring these pages up to date. One that was taken offline stays so; one that lacks something now gets a draft
        beside its public text."""
        now = timezone.now()
        done = []
        for page, prepared in self._untouched(batch):
            if page.first_published_at is None and not prepared.missing:  # a draft whose row was mended
                page.live, page.first_published_at = True, now
            is_draft = bool(prepared.missing) or not page.live
            fill(page, prepared.row, prepared.mapped)
            page.has_unpublished_changes = is_draft
            page.last_published_at = page.last_published_at if is_draft else now
            done.append(Written(page, prepared))
        beside = [each for each in done if each.page.live and each.page.has_unpublished_changes]
        public = [each for each in done if each not in beside]
        planting.put_under([each.page for each in public], self._topics_of([each.prepared for each in public]))
        for each in beside:
            planting.hold(each.page, self._topics_of([each.prepared])[0])
        revisions = self._revise([each.page for each in done], now)
        planting.change([each.page for each in public])
        OpportunityPage._base_manager.bulk_update(
            [each.page for each in beside], ["draft_title", "has_unpublished_changes", *planting.REVISION_FIELDS]
        )
        self._finish(done, revisions, "wagtail.edit", now, beside=[each.page.pk for each in beside])
        self.outcome.changed += len(done)

    def _untouched(self, batch: Sequence[Prepared]) -> list[tuple[OpportunityPage, Prepared]]:
        """The pages of these rows, locked; without those that somebody has saved since they were planned."""
        ids = [each.held.page_id for each in batch if each.held and each.held.page_id]
        list(Page.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk"))
        pages = OpportunityPage.objects.select_related("locale", "initiative").in_bulk(ids)
        kept = []
        for each in batch:
            page = pages.get(each.held.page_id or 0) if each.held else None
            if page is not None and each.held and page.latest_revision_id == each.held.latest_revision_id:
                kept.append((page, each))
        self.outcome.overtaken += len(batch) - len(kept)
        return kept

    def _topics_of(self, batch: Sequence[Prepared]) -> list[list[Topic]]:
        return [[self.topics[slug] for slug in each.mapped.topics] for each in batch]

    def _revise(self, pages: Sequence[OpportunityPage], now: Any) -> list[Revision]:
        revisions = many_pages.write_revisions(pages, by=self.by, now=now)
        for page, revision in zip(pages, revisions, strict=True):
            page.latest_revision, page.latest_revision_created_at = revision, now
            if page.live and not page.has_unpublished_changes:
                page.live_revision = revision
        return revisions

    def _finish(
        self,
        done: Sequence[Written],
        revisions: Sequence[Revision],
        action: str,
        now: Any,
        *,
        beside: Sequence[int] = (),
    ) -> None:
        """The rows behind the pages, log, search, links, the note for the next import, and the news of publishing."""
        pages = [each.page for each in done]
        actions = [[action] if page.has_unpublished_changes else [action, "wagtail.publish"] for page in pages]
        many_pages.write_log(pages, revisions, actions, by=self.by, now=now)
        self._log_missing(done, revisions, now)
        public = [each for each in done if each.page.pk not in beside]
        many_pages.make_findable([each.page for each in public])
        many_pages.note_links([each.page for each in public])
        self.outcome.booked += anchor(public)
        _remember(done)
        _tell([each.page for each in public])

    def _log_missing(self, done: Sequence[Written], revisions: Sequence[Revision], now: Any) -> None:
        """Say in the history of each draft what it lacks."""
        entries = PageLogEntry.objects.bulk_create(
            PageLogEntry(
                page_id=each.page.pk,
                content_type=each.page.content_type,
                label=each.page.get_admin_display_title(),
                action=INCOMPLETE,
                timestamp=now,
                user=self.by,
                revision=revision,
                data={"missing": each.prepared.missing},
            )
            for each, revision in zip(done, revisions, strict=True)
            if each.prepared.missing
        )
        place_entries(entries)


def _remember(done: Sequence[Written]) -> None:
    """Write down which row became which page."""
    ImportedOpportunity.objects.bulk_create(
        [
            ImportedOpportunity(
                source_id=each.prepared.row.id,
                family=each.page.family,
                row_hash=each.prepared.row_hash,
                revision_id=each.page.latest_revision_id,
            )
            for each in done
        ],
        update_conflicts=True,
        unique_fields=["source_id"],
        update_fields=["family", "row_hash", "revision_id"],
    )


def _tell(pages: Sequence[OpportunityPage]) -> None:
    """Send the news that pages were published; the search notes them in one go."""
    with gathered(), kept_already():
        for page in pages:
            if page.live and not page.has_unpublished_changes:
                page_published.send(sender=OpportunityPage, instance=page, revision=page.latest_revision)


def _batches(entries: Sequence[Prepared]) -> Iterator[Sequence[Prepared]]:
    for start in range(0, len(entries), BATCH):
        yield entries[start : start + BATCH]
