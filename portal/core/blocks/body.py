"""The body of a page: all blocks, put into sections by their headings."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StreamBlock
from wagtail.blocks.stream_block import StreamValue
from wagtail.images.models import AbstractImage

from portal.core.blocks.anchors import Anchors
from portal.core.blocks.base import leaves
from portal.core.blocks.data import PeopleBlock, StatisticsBlock, TableBlock
from portal.core.blocks.layout import CallToActionBlock, CardGridBlock, FeatureBlock
from portal.core.blocks.media import DownloadsBlock, FilmBlock, PictureBlock
from portal.core.blocks.targets import page_ids
from portal.core.blocks.text import (
    AccordionBlock,
    ChecklistBlock,
    HeadingBlock,
    NoticeBlock,
    ProseBlock,
    QuoteBlock,
    StepsBlock,
)
from portal.core.figures import Counts, fill
from portal.core.page_targets import targets_loaded


@dataclass
class Piece:
    """One block of a section. `is_quiet`: another call to action on the page has the filled button."""

    block: StreamValue.StreamChild
    is_quiet: bool = False


@dataclass
class Section:
    """A heading with what stands below it; the first section may lack the heading."""

    heading: StreamValue.StreamChild | None = None
    anchor: str = ""
    pieces: list[Piece] = field(default_factory=list)

    @property
    def item_level(self) -> int:
        """The level of headings inside its blocks, so that no level is skipped."""
        return 3 if self.heading else 2


def sections(body: StreamValue) -> list[Section]:
    """The blocks of a body under their headings, in order. An empty body has no section."""
    anchors = Anchors()
    found: list[Section] = []
    has_call = False
    for child in body:
        if child.block_type == "heading":
            found.append(Section(child, anchors.anchor(str(child.value))))
            continue
        if not found:
            found.append(Section())
        is_call = child.block_type == "call_to_action"
        found[-1].pieces.append(Piece(child, is_quiet=is_call and has_call))
        has_call = has_call or is_call
    return found


def contents(body: StreamValue) -> list[tuple[str, str]]:
    """(anchor, text) of each heading, for a table of contents."""
    return [(each.anchor, fill(str(each.heading.value))) for each in sections(body) if each.heading]


def prefetch_renditions(body: StreamValue) -> None:
    """Load the sizes of all pictures in `body` in one query."""
    images = [leaf for leaf in leaves(body) if isinstance(leaf, AbstractImage) and leaf.pk]
    if images:
        prefetch_related_objects(images, "renditions")


class BodyStreamBlock(StreamBlock):
    """All blocks that a page may be made of."""

    heading = HeadingBlock()
    text = ProseBlock()
    image = PictureBlock()
    quote = QuoteBlock()
    call_to_action = CallToActionBlock()
    cards = CardGridBlock()
    accordion = AccordionBlock()
    steps = StepsBlock()
    checklist = ChecklistBlock()
    table = TableBlock()
    statistics = StatisticsBlock()
    people = PeopleBlock()
    feature = FeatureBlock()
    film = FilmBlock()
    downloads = DownloadsBlock()
    notice = NoticeBlock()

    class Meta:
        icon = "doc-full"
        label = _("Body")
        required = False
        template = "portal/blocks/body.html"

    def get_context(self, value: StreamValue, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Adds `sections`; figures are counted once for the whole body, sizes of pictures loaded at once.

        With `layout="folds"` in the context each section is a fold of its own, its name in the margin; without it
        the blocks flow in the column where the body is included.
        """
        context = super().get_context(value, parent_context=parent_context)
        context.setdefault("figure_counts", Counts())
        prefetch_renditions(value)
        context["sections"] = sections(value)
        return context

    def render(self, value: StreamValue, context: dict[str, Any] | None = None) -> SafeString:
        """The whole body; the pages that its blocks and texts link to are loaded at once."""
        with targets_loaded(page_ids(value)):
            return super().render(value, context)
