"""The steps of a guide: each with an address of its own that stays when its title changes."""

from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import BooleanBlock, RegexBlock, StreamBlock
from wagtail.blocks.stream_block import StreamValue

from portal.core.blocks.base import PortalBlock, line_block
from portal.core.blocks.data import TableBlock
from portal.core.blocks.media import DownloadsBlock, FilmBlock, PictureBlock
from portal.core.blocks.text import AccordionBlock, ChecklistBlock, NoticeBlock, ProseBlock, QuoteBlock
from resources.blocks.letter import LetterBlock

LONGEST_ANCHOR = 60


class StepContentBlock(StreamBlock):
    """What a step may hold."""

    text = ProseBlock(features=["h4", "bold", "italic", "link", "document-link", "ol", "ul"])
    checklist = ChecklistBlock()
    table = TableBlock()
    notice = NoticeBlock()
    letter = LetterBlock()
    image = PictureBlock()
    quote = QuoteBlock()
    accordion = AccordionBlock()
    downloads = DownloadsBlock()
    film = FilmBlock()

    class Meta:
        required = False


class GuideStepBlock(PortalBlock):
    """One step of a guide: what to do, who does it, how long it takes, and everything needed to do it."""

    title = line_block(
        max_length=120, label=_("Step"), help_text=_("Start with a verb: “Walk the route with the crew”.")
    )
    anchor = RegexBlock(
        regex=rf"^[a-z0-9][a-z0-9-]{{0,{LONGEST_ANCHOR - 1}}}$",
        required=False,
        default="",
        label=_("Address"),
        help_text=_("Made from the title once, and kept when the title changes: others may link to it."),
        error_messages={"invalid": _("Small letters, digits and hyphens only.")},
    )
    who = line_block(required=False, max_length=90, label=_("Who"))
    duration = line_block(required=False, max_length=60, label=_("How long"), help_text=_("As in “Two evenings”."))
    content = StepContentBlock(required=False, label=_("What to do"))
    for_members = BooleanBlock(
        required=False,
        default=False,
        label=_("Members only"),
        help_text=_("The public sees the title of this step, and how to get in."),
    )

    class Meta:
        icon = "list-ol"
        label = _("Step")
        label_format = "{title}"
        description = _("One step, with who does it, how long it takes and what it needs.")


class GuideStepsBlock(StreamBlock):
    """The steps of a guide, in order."""

    step = GuideStepBlock()

    class Meta:
        required = False


def give_anchors(steps: StreamValue) -> None:
    """Give each step an address that no other step has; one that is there stays, unless an earlier step has it."""
    taken: set[str] = set()
    for child in steps:
        wanted = child.value.get("anchor") or slugify(child.value.get("title") or "")[:LONGEST_ANCHOR].strip("-")
        child.value["anchor"] = _free(wanted or "step", taken)
        taken.add(child.value["anchor"])


def _free(wanted: str, taken: set[str]) -> str:
    found, number = wanted, 1
    while found in taken:
        number += 1
        ending = f"-{number}"
        found = wanted[: LONGEST_ANCHOR - len(ending)] + ending
    return found


def step_values(steps: StreamValue) -> list[Any]:
    """The steps as values, in order."""
    return [child.value for child in steps]
