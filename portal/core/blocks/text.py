"""Blocks of words: text, headings, quotes, notices, checklists, answers, steps."""

import re
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, ListBlock, RichTextBlock
from wagtail.rich_text import RichText

from portal.core.blocks.anchors import Anchors
from portal.core.blocks.base import TEXT_GROUP, PortalBlock, line_block, words_block
from portal.core.figures import check_placeholders

PROSE_FEATURES = ("h3", "h4", "bold", "italic", "link", "document-link", "ol", "ul")
SHORT_FEATURES = ("bold", "italic", "link", "document-link", "ol", "ul")
STRESS = re.compile(r"<(/?)([ib])>")


def stressed(html: str) -> str:
    """Turn the editor's <i> and <b>, which say how letters look, into <em> and <strong>, which say what they mean."""
    return STRESS.sub(lambda tag: f"<{tag[1]}{'em' if tag[2] == 'i' else 'strong'}>", html)


class ProseBlock(RichTextBlock):
    """Text with links, lists and small headings; the large headings are a block of their own."""

    def __init__(self, features: Any = PROSE_FEATURES, **kwargs: Any) -> None:
        super().__init__(features=list(features), validators=[check_placeholders], **kwargs)

    def value_from_form(self, value: str) -> RichText:
        """What the editor sends, with stress marked by meaning."""
        return RichText(stressed(value or ""))

    def deconstruct(self) -> tuple[str, Any, Any]:
        """Migrations know it as Wagtail's own block: the values are the same."""
        _path, args, kwargs = super().deconstruct()
        return "wagtail.blocks.RichTextBlock", args, kwargs

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        description = _("Paragraphs, lists, links and small headings.")
        template = "portal/blocks/prose.html"
        group = TEXT_GROUP
        preview_value = (
            "<p>A city has more problems than staff. It also has more neighbors than staff, and most of them have "
            "never been asked. <strong>This page is how we ask.</strong></p>"
            "<h3>What we ask for</h3>"
            "<ul><li>One morning a month, from nine to noon</li><li>Shoes that may get wet</li>"
            '<li>A look at the <a href="/cities/">cities that already do it</a></li></ul>'
        )


def short_prose(**kwargs: Any) -> ProseBlock:
    """Text without headings, for use inside another block."""
    return ProseBlock(features=SHORT_FEATURES, **kwargs)


class HeadingBlock(CharBlock):
    """The name of a section. Its address on the page comes from its text."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 90, "default": "", "validators": [check_placeholders], **kwargs})

    def deconstruct(self) -> tuple[str, Any, Any]:
        """Migrations know it as Wagtail's own block: the values are the same."""
        _path, args, kwargs = super().deconstruct()
        return "wagtail.blocks.CharBlock", args, kwargs

    class Meta:
        icon = "title"
        label = _("Heading")
        description = _("The name of a section, in the margin on a wide screen. A promise or a plain name.")
        template = "portal/blocks/heading.html"
        group = TEXT_GROUP
        preview_value = "What the first ninety days look like"

    def get_context(self, value: str, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Adds `anchor`, unless the body has chosen one that no other heading has."""
        context = super().get_context(value, parent_context=parent_context)
        context.setdefault("anchor", Anchors().anchor(str(value)))
        return context


class QuoteBlock(PortalBlock):
    """Words that a person said, large, with who said them."""

    words = words_block(
        max_length=280, label=_("Words"), help_text=_("One or two sentences, without quotation marks; we set those.")
    )
    who = line_block(max_length=80, label=_("Who said it"), help_text=_("The name, or “A rider at 5th and Main”."))
    role = line_block(required=False, label=_("What they do"), help_text=_("As in “Crew lead, Dayton, Ohio”."))

    class Meta:
        icon = "openquote"
        label = _("Quote")
        description = _("Words that a person said, large, with who said them.")
        template = "portal/blocks/quote.html"
        group = TEXT_GROUP
        preview_value = {
            "words": "I came for the free coffee. I stayed because the crossing guard knew my name by the second week.",
            "who": "Loretta M.",
            "role": "Walks the Oak Street school route on Tuesdays",
        }


class NoticeBlock(PortalBlock):
    """A few words that must not be missed."""

    kind = ChoiceBlock(
        choices=[
            ("info", _("Good to know")),
            ("good", _("Good news")),
            ("warn", _("Take care")),
            ("bad", _("Stopped or closed")),
        ],
        default="info",
        label=_("Kind"),
    )
    title = line_block(
        max_length=90, label=_("Title"), help_text=_("The whole message, for people who read no further.")
    )
    text = short_prose(required=False, label=_("Text"))

    class Meta:
        icon = "warning"
        label = _("Notice")
        description = _("A few words that must not be missed. One on a page, at most two.")
        template = "portal/blocks/notice.html"
        group = TEXT_GROUP
        preview_value = {
            "kind": "warn",
            "title": "Bring your own water this Saturday",
            "text": "<p>The fountain at Pier 4 is off until May. We have cups and two coolers for the crew.</p>",
        }


class ChecklistBlock(PortalBlock):
    """Things to have ready, to tick off on paper."""

    title = line_block(required=False, max_length=90, label=_("Title"))
    lines = ListBlock(line_block(max_length=160), label=_("Lines"))

    at_least_one = {"lines": _("A checklist needs at least one line.")}

    class Meta:
        icon = "tasks"
        label = _("Checklist")
        description = _("Things to have ready. It prints with boxes to tick.")
        template = "portal/blocks/checklist.html"
        group = TEXT_GROUP
        preview_value = {
            "title": "In the van before you leave",
            "lines": [
                "Sign-in sheet on a clipboard, with a pen tied to it",
                "Twelve vests and a box of gloves in three sizes",
                "First-aid kit, checked this month",
                "The phone number of the public works night desk",
            ],
        }


class AnswerBlock(PortalBlock):
    """A question and its answer."""

    question = line_block(max_length=140, label=_("Question"), help_text=_("As a neighbor would ask it."))
    answer = short_prose(label=_("Answer"))

    class Meta:
        icon = "help"
        label = _("Question")
        label_format = "{question}"


class AccordionBlock(PortalBlock):
    """Questions that open to show their answers."""

    answers = ListBlock(AnswerBlock(), label=_("Questions"))

    at_least_one = {"answers": _("Add at least one question and its answer.")}

    class Meta:
        icon = "help"
        label = _("Questions and answers")
        description = _("Questions that open to show their answers. Print shows all of them open.")
        template = "portal/blocks/accordion.html"
        group = TEXT_GROUP
        preview_value = {
            "answers": [
                {
                    "question": "Does our council have to vote first?",
                    "answer": "<p>No. A mayor can sign alone. Where the council signs too, the work tends to outlive "
                    "the mayor’s term.</p>",
                },
                {
                    "question": "Who answers the phone when a volunteer gets hurt?",
                    "answer": "<p>The site lead calls 911, then your city’s risk desk. Each shift sheet carries both "
                    "numbers in large print.</p>",
                },
                {"question": "Can we start with one neighborhood?", "answer": "<p>Yes. Most cities do.</p>"},
            ]
        }


class StepBlock(PortalBlock):
    """One step: what to do, who does it, how long it takes."""

    title = line_block(
        max_length=90, label=_("Step"), help_text=_("Start with a verb: “Walk the route with the crew”.")
    )
    who = line_block(required=False, max_length=90, label=_("Who"))
    duration = line_block(required=False, max_length=60, label=_("How long"), help_text=_("As in “Two evenings”."))
    text = short_prose(required=False, label=_("Text"))

    class Meta:
        icon = "list-ol"
        label = _("Step")
        label_format = "{title}"


class StepsBlock(PortalBlock):
    """Numbered steps, as in a blueprint."""

    steps = ListBlock(StepBlock(), max_num=20, label=_("Steps"))

    at_least_one = {"steps": _("Add at least one step.")}

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        description = _("Numbered steps with who does each and how long it takes.")
        template = "portal/blocks/steps.html"
        group = TEXT_GROUP
        preview_value = {
            "steps": [
                {
                    "title": "Name the person who answers for it",
                    "who": "Mayor",
                    "duration": "One day",
                    "text": "<p>One name, with a desk in city hall and ten hours a week. A committee cannot take a "
                    "call at six in the morning.</p>",
                },
                {
                    "title": "Ask the people who live with the problem",
                    "who": "City lead, two block captains",
                    "duration": "Three weeks",
                    "text": "<p>Go to the laundromat, the bus line and the church lunch. Write down what you hear in "
                    "their words.</p>",
                },
                {
                    "title": "Set a number and a date",
                    "who": "City lead, data office",
                    "duration": "One week",
                    "text": "<p>“Fewer cold homes” is a wish. “Ninety attics by the first frost” is a target.</p>",
                },
            ]
        }
