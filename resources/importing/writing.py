"""Writes the pages of an import, a batch at a time: when something breaks, whole batches are there and no half one."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Revision
from wagtail.signals import page_published

from home.services import many_pages
from portal.core.models import Topic
from resources.importing import planting
from resources.importing.libraries import make_library
from resources.importing.pages import STREAMS, fill, keep_steps, published_at, stored_stream, stream
from resources.importing.plan import Plan, Prepared, links_hash_of
from resources.importing.rich_text import settle_links
from resources.importing.tags import tags_by_word
from resources.models import GuidePage, ImportedGuide, LibraryPage, ResourceTag
from resources.models.tags import fold
from search.indexing.noting import gathered

BATCH = 100


@dataclass
class Written:
    """What was done. `overtaken`: pages that somebody saved while the import ran; they were left."""

    made: int = 0
    changed: int = 0
    overtaken: int = 0
    libraries: list[LibraryPage] = field(default_factory=list)


@dataclass(frozen=True)
class _Done:
    """A page that was written. `linked`: the guides it links to as pages. `is_draft`: its public text stayed."""

    prepared: Prepared
    page: GuidePage
    linked: frozenset[str]
    is_draft: bool


class Writer:
    """Writes what a plan says. `as_drafts`: nothing is published. `advance(count)` is told of each batch."""

    def __init__(
        self,
        *,
        libraries: dict[str, LibraryPage],
        as_drafts: bool = False,
        by: Any = None,
        advance: Callable[[int], object] = lambda _count: None,
    ) -> None:
        self.libraries = dict(libraries)
        self.as_drafts = as_drafts
        self.by = by
        self.advance = advance
        self.page_ids: dict[str, int] = {}
        self.topics: dict[str, Topic] = {}
        self.written = Written()

    def write(self, plan: Plan) -> Written:
        """New pages, then changed ones, then the links to pages that were not there yet when theirs was written."""
        self.page_ids = dict(plan.page_ids)
        self.topics = {topic.slug: topic for topic in Topic.objects.all()}
        self._make_libraries(plan)
        new_ids = {each.row.id for each in plan.new}
        later: list[tuple[Prepared, int, bool]] = []
        for batch in _batches(plan.new):
            later += _unlinked(self._make(batch), new_ids)
            self.advance(len(batch))
        for batch in _batches(plan.changed):
            later += _unlinked(self._change(batch), new_ids)
            self.advance(len(batch))
        for entries in _batches(later):
            self._link(entries)
        return self.written

    def _make_libraries(self, plan: Plan) -> None:
        first = next(iter(self.libraries.values()))
        for language in sorted({each.row.language for each in plan.new} - set(self.libraries)):
            self.libraries[language] = make_library(library=first, language=language)
            self.written.libraries.append(self.libraries[language])

    @transaction.atomic
    def _make(self, batch: Sequence[Prepared]) -> list[_Done]:
        """Make these pages, whole."""
        now = timezone.now()
        pages = [self._new_page(each, now) for each in batch]
        by_language = sorted(zip(pages, batch, strict=True), key=lambda pair: pair[1].row.language)
        for language, group in groupby(by_language, key=lambda pair: pair[1].row.language):
            planting.stake_out(self.libraries[language], [page for page, _prepared in group])
        page_ids = self.page_ids | {each.row.id: page.pk for page, each in zip(pages, batch, strict=True)}
        for page, each in zip(pages, batch, strict=True):
            _fill_streams(page, each, page_ids)
        planting.hold_nothing_else(pages)
        planting.insert(pages)
        self._put_under(pages, batch)
        revisions = self._revise(pages, now)
        GuidePage._base_manager.bulk_update(pages, planting.REVISION_FIELDS)
        done = [_Done(each, page, _linked(each, page_ids), False) for page, each in zip(pages, batch, strict=True)]
        self._finish(done, revisions, "wagtail.create", now)
        self.page_ids = page_ids
        self.written.made += len(pages)
        return done

    def _new_page(self, prepared: Prepared, now: Any) -> GuidePage:
        page = fill(GuidePage(), prepared.row, prepared.mapped, prepared.content)
        page.locale = self.libraries[prepared.row.language].locale
        page.live, page.has_unpublished_changes = not self.as_drafts, self.as_drafts
        if page.live:
            page.first_published_at, page.last_published_at = published_at(prepared.row, now), now
        return page

    @transaction.atomic
    def _change(self, batch: Sequence[Prepared]) -> list[_Done]:
        """Bring these pages up to date; those that are not public stay so."""
        now = timezone.now()
        done = []
        for page, each in self._untouched(batch):
            is_draft = self.as_drafts and page.live
            each.content.steps[:] = keep_steps(page.steps, each.content.steps)
            fill(page, each.row, each.mapped, each.content)
            _fill_streams(page, each, self.page_ids)
            page.has_unpublished_changes = is_draft or not page.live
            page.last_published_at = page.last_published_at if page.has_unpublished_changes else now
            done.append(_Done(each, page, _linked(each, self.page_ids), is_draft))
        public = [each for each in done if not each.is_draft]
        self._put_under([each.page for each in public], [each.prepared for each in public])
        self._hold([each for each in done if each.is_draft])
        revisions = self._revise([each.page for each in done], now)
        planting.change([each.page for each in public])
        GuidePage._base_manager.bulk_update(
            [each.page for each in done if each.is_draft],
            ["draft_title", "has_unpublished_changes", *planting.REVISION_FIELDS],
        )
        self._finish(done, revisions, "wagtail.edit", now)
        self.written.changed += len(done)
        return done

    def _untouched(self, batch: Sequence[Prepared]) -> list[tuple[GuidePage, Prepared]]:
        """The pages of these rows, locked; without those that somebody has saved since they were planned."""
        ids = [each.page_id for each in batch]
        list(Page.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk"))
        pages = GuidePage.objects.select_related("locale").in_bulk(ids)
        found = [(pages[each.page_id], each) for each in batch if each.page_id in pages]
        kept = [(page, each) for page, each in found if page.latest_revision_id == each.revision_id]
        self.written.overtaken += len(batch) - len(kept)
        return kept

    def _put_under(self, pages: Sequence[GuidePage], batch: Sequence[Prepared]) -> None:
        tags = tags_by_word(word for each in batch for word in each.mapped.tags)
        planting.put_under(
            pages,
            [[self.topics[slug] for slug in each.mapped.topics] for each in batch],
            [list({tags[fold(word)].pk: tags[fold(word)] for word in each.mapped.tags}.values()) for each in batch],
        )

    def _hold(self, done: Sequence[_Done]) -> None:
        tags = tags_by_word(word for each in done for word in each.prepared.mapped.tags)
        for each in done:
            chosen = {tags[fold(word)] for word in each.prepared.mapped.tags}
            given = [ResourceTag(tag=tag, content_object_id=each.page.pk) for tag in chosen]
            planting.hold(each.page, [self.topics[slug] for slug in each.prepared.mapped.topics], given)

    def _revise(self, pages: Sequence[GuidePage], now: Any) -> list[Revision]:
        revisions = many_pages.write_revisions(pages, by=self.by, now=now)
        for page, revision in zip(pages, revisions, strict=True):
            page.latest_revision, page.latest_revision_created_at = revision, now
            if page.live and not page.has_unpublished_changes:
                page.live_revision = revision
        return revisions

    def _finish(self, done: Sequence[_Done], revisions: Sequence[Revision], action: str, now: Any) -> None:
        """Log, search, links, the note for the next import, and the news that pages were published."""
        pages = [each.page for each in done]
        actions = [[action] if page.has_unpublished_changes else [action, "wagtail.publish"] for page in pages]
        many_pages.write_log(pages, revisions, actions, by=self.by, now=now)
        public = [each.page for each in done if not each.is_draft]
        many_pages.make_findable(public)
        many_pages.note_links(public)
        _note(done)
        _tell([page for page in public if not page.has_unpublished_changes])

    @transaction.atomic
    def _link(self, entries: Sequence[tuple[Prepared, int, bool]]) -> None:
        """Turn links to pages that are there by now into links to those pages; the revision is still the same one."""
        are_drafts = {page_id: is_draft for _prepared, page_id, is_draft in entries}
        done = []
        for page, each in self._untouched([prepared for prepared, _page_id, _is_draft in entries]):
            _fill_streams(page, each, self.page_ids)
            done.append(_Done(each, page, _linked(each, self.page_ids), are_drafts[page.pk]))
        revisions = Revision.objects.in_bulk([each.page.latest_revision_id for each in done])
        for written in done:
            content = revisions[written.page.latest_revision_id].content
            content.update({name: stored_stream(name, written.page) for name in STREAMS})
        Revision.objects.bulk_update(revisions.values(), ["content"], batch_size=planting.ROWS)
        public = [each.page for each in done if not each.is_draft]
        GuidePage._base_manager.bulk_update(public, STREAMS, batch_size=planting.ROWS)
        many_pages.note_links(public)
        _note(done)
        _tell([page for page in public if page.live])


def _unlinked(done: Iterable[_Done], new_ids: set[str]) -> Iterator[tuple[Prepared, int, bool]]:
    """Those that link to pages that were not there yet."""
    for each in done:
        if (each.prepared.targets - each.linked) & new_ids:
            each.prepared.page_id, each.prepared.revision_id = each.page.pk, each.page.latest_revision_id
            yield each.prepared, each.page.pk, each.is_draft


def _fill_streams(page: GuidePage, prepared: Prepared, page_ids: dict[str, int]) -> None:
    for name in STREAMS:
        setattr(page, name, stream(name, settle_links(getattr(prepared.content, name), page_ids)))


def _linked(prepared: Prepared, page_ids: dict[str, int]) -> frozenset[str]:
    return frozenset(each for each in prepared.targets if each in page_ids)


def _note(done: Sequence[_Done]) -> None:
    """Write down which row became which page."""
    ImportedGuide.objects.bulk_create(
        [
            ImportedGuide(
                source_id=each.prepared.row.id,
                page=each.page,
                row_hash=each.prepared.row_hash,
                links_hash=links_hash_of(set(each.linked)),
                revision_id=each.page.latest_revision_id,
            )
            for each in done
        ],
        update_conflicts=True,
        unique_fields=["source_id"],
        update_fields=["page", "row_hash", "links_hash", "revision_id", "imported_at"],
    )


def _tell(pages: Sequence[GuidePage]) -> None:
    with gathered():  # the search notes them in one go
        for page in pages:
            page_published.send(sender=GuidePage, instance=page, revision=page.latest_revision)


def _batches(entries: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(entries), BATCH):
        yield entries[start : start + BATCH]
