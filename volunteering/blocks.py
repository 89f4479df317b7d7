"""The questions that an opportunity asks whoever signs up."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import BooleanBlock, ChoiceBlock, ListBlock, StreamBlock
from wagtail.blocks.struct_block import StructBlockValidationError

from portal.core.blocks.base import PortalBlock, line_block

MOST_QUESTIONS = 4


class QuestionBlock(PortalBlock):
    """One question, with the kind of answer it takes."""

    label = line_block(max_length=120, label=_("Question"), help_text=_("As in “Which crew suits you?”."))
    kind = ChoiceBlock(
        choices=[("line", _("A line of text")), ("tick", _("A box to tick")), ("choice", _("One of several answers"))],
        default="line",
        label=_("Answer"),
    )
    choices = ListBlock(
        line_block(max_length=80, label=_("Answer")),
        default=[],
        max_num=8,
        label=_("Answers to choose from"),
        help_text=_("Only for “One of several answers”."),
    )
    is_required = BooleanBlock(required=False, label=_("Has to be answered"))

    class Meta:
        icon = "help"
        label = _("Question")
        label_format = "{label}"
        description = _("Something you need to know about everybody who signs up. Ask as little as you can.")
        template = "volunteering/blocks/question.html"
        preview_value = {
            "label": "Which crew suits you?",
            "kind": "choice",
            "choices": ["Digging and planting", "Watering and tags"],
            "is_required": True,
        }

    def clean(self, value: Any) -> Any:
        """A choice needs two answers at least."""
        cleaned = super().clean(value)
        if not self.is_deferred_validation and cleaned["kind"] == "choice" and len(cleaned["choices"]) < 2:
            raise StructBlockValidationError({"choices": ValidationError(_("Write two answers at least."))})
        return cleaned


class QuestionsBlock(StreamBlock):
    """A few questions."""

    question = QuestionBlock()

    class Meta:
        label = _("Questions")
        max_num = MOST_QUESTIONS
        required = False
