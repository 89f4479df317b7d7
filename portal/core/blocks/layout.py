"""Blocks that send people on: calls to action, benefit grids, a picture beside words."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import ChoiceBlock, ListBlock, RegexBlock
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageBlock

from portal.core.blocks.base import LAYOUT_GROUP, PortalBlock, line_block, words_block
from portal.core.blocks.link import LinkBlock
from portal.core.blocks.text import short_prose
from portal.core.flag_bearers import flag_bearer
from portal.core.icons import pictogram_choices


class CallToActionBlock(PortalBlock):
    """What to do next: a title, a sentence, one or two links."""

    title = line_block(max_length=70, label=_("Title"), help_text=_("A promise or a plain name."))
    text = words_block(required=False, label=_("Text"))
    links = ListBlock(
        LinkBlock(),
        max_num=2,
        label=_("Links"),
        help_text=_("The first is the main one. Buttons say what happens: “Save my place”."),
    )

    at_least_one = {"links": _("Say where to go: add one link, at most two.")}

    class Meta:
        icon = "redirect"
        label = _("Call to action")
        description = _("What to do next. The first one on a page gets the filled button; any other stays quiet.")
        template = "portal/blocks/call_to_action.html"
        group = LAYOUT_GROUP
        preview_value = {
            "title": "Your mayor can sign this week",
            "text": "We send a two-page brief, and a coach joins the call with the chief of staff.",
            "links": [
                {"text": "Ask for the brief", "address": "/contact/"},
                {"text": "See who has signed", "address": "/cities/"},
            ],
        }


class CardBlock(PortalBlock):
    """One line of a grid: a title, a sentence, and where to read on."""

    title = line_block(max_length=60, label=_("Title"))
    text = words_block(required=False, max_length=240, rows=2, label=_("Text"))
    pictogram = ChoiceBlock(
        required=False,
        choices=pictogram_choices,
        label=_("Pictogram"),
        help_text=_("Give one to every entry or to none."),
    )
    link = LinkBlock(required=False, label=_("Link"))

    class Meta:
        icon = "form"
        label = _("Entry")
        label_format = "{title}"


class CardGridBlock(PortalBlock):
    """Several short things side by side, set apart by lines."""

    cards = ListBlock(CardBlock(), max_num=12, label=_("Entries"))

    at_least_one = {"cards": _("Add at least one entry.")}

    class Meta:
        icon = "grid"
        label = _("Grid")
        description = _("Several short things side by side: what you get, where to turn.")
        template = "portal/blocks/cards.html"
        group = LAYOUT_GROUP
        preview_value = {
            "cards": [
                {
                    "title": "Walk a school route",
                    "text": "Twenty minutes, twice a week, in an orange vest.",
                    "pictogram": "people",
                    "link": {"text": "Find a route", "address": "/cities/"},
                },
                {
                    "title": "Test a tap",
                    "text": "We hand you a kit and read the result together.",
                    "pictogram": "drop",
                    "link": {"text": "Order a kit", "address": "/contact/"},
                },
                {
                    "title": "Read with a second-grader",
                    "text": "Half an hour on Wednesdays. Pick a book you still like.",
                    "pictogram": "book",
                },
            ]
        }


def _name_block(pattern: str, label: Any, help_text: Any) -> RegexBlock:
    """A name that is the same in every language: translators are not asked for the words of a RegexBlock."""
    return RegexBlock(
        regex=f"^{pattern}$",
        required=False,
        default="",
        label=label,
        help_text=help_text,
        error_messages={"invalid": help_text},
    )


class FeatureBlock(PortalBlock):
    """Words on one side, a picture or a city's flag on the other."""

    title = line_block(max_length=80, label=_("Title"))
    text = short_prose(label=_("Text"))
    link = LinkBlock(required=False, label=_("Link"))
    side = ChoiceBlock(
        choices=[("end", _("After the words")), ("start", _("Before the words"))],
        default="end",
        label=_("Where the picture stands"),
    )
    image = ImageBlock(required=False, label=_("Picture"))
    flag_city = _name_block(r"[^{}<>]{2,80}", _("Or the flag of"), _("A city’s name, as in “Tulsa”."))
    flag_state = _name_block(r"[A-Za-z]{2}", _("State"), _("Two letters, as in “OK”."))

    class Meta:
        icon = "order-down"
        label = _("Feature")
        description = _("Words on one side, a picture or a city’s flag on the other.")
        template = "portal/blocks/feature.html"
        group = LAYOUT_GROUP
        preview_value = {
            "title": "Duluth clears its own hydrants",
            "text": "<p>After each storm a text goes to the person nearest to each hydrant. Ten minutes of shoveling, "
            "and the fire crew does not lose twelve.</p>",
            "link": {"text": "Read how they set it up", "address": "/stories/"},
            "flag_city": "Duluth",
            "flag_state": "MN",
        }

    def clean(self, value: Any) -> Any:
        """One picture or one flag, and a flag needs its state."""
        cleaned = super().clean(value)
        has_flag = bool(cleaned["flag_city"] or cleaned["flag_state"])
        if cleaned["image"] and has_flag:
            error = ValidationError(_("Choose a picture or a flag, not both."))
            raise StructBlockValidationError(non_block_errors=[error])
        if self.is_deferred_validation:
            return cleaned
        if not cleaned["image"] and not has_flag:
            error = ValidationError(_("Choose a picture, or name the city whose flag to show."))
            raise StructBlockValidationError(non_block_errors=[error])
        if has_flag and not (cleaned["flag_city"] and cleaned["flag_state"]):
            error = ValidationError(_("A flag needs the city’s name and the two letters of its state."))
            raise StructBlockValidationError({"flag_state": error})
        return cleaned

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Adds `bearer`, the city whose flag to draw, when there is no picture."""
        context = super().get_context(value, parent_context=parent_context)
        city, state = value.get("flag_city"), value.get("flag_state")
        context["bearer"] = flag_bearer(city, state.upper()) if city and not value.get("image") else None
        return context
