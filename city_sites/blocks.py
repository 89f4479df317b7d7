"""Blocks of a city's home page, and its links to social media."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import ChoiceBlock, IntegerBlock, ListBlock, URLBlock
from wagtail.blocks.stream_block import StreamValue
from wagtail.blocks.struct_block import StructBlockValidationError

from city_sites.examples import EXAMPLE_CONTACT, example_listing
from city_sites.home_sections import home_sections
from portal.core.blocks import BodyStreamBlock, LinkBlock
from portal.core.blocks.base import DATA_GROUP, LAYOUT_GROUP, PortalBlock, line_block, words_block
from portal.core.icons import pictogram_choices
from portal.core.listings import Listings, listing_choices, listing_kind
from portal.core.page_targets import targets_given


class SocialLinkBlock(PortalBlock):
    """Where the city is on a social network."""

    network = ChoiceBlock(
        choices=[
            ("bluesky", "Bluesky"), ("facebook", "Facebook"), ("instagram", "Instagram"), ("linkedin", "LinkedIn"),
            ("mastodon", "Mastodon"), ("nextdoor", "Nextdoor"), ("threads", "Threads"), ("tiktok", "TikTok"),
            ("x", "X"), ("youtube", "YouTube"),
        ],
        label=_("Network"),
    )  # fmt: skip
    address = URLBlock(label=_("Web address"), default="")

    class Meta:
        icon = "link"
        label = _("Social media")
        label_format = "{network}"
        description = _("Where the city is on a social network. Shown by name in the footer.")


class LatestBlock(PortalBlock):
    """The latest of what the city has of one kind, from data."""

    what = ChoiceBlock(
        choices=listing_choices,
        default="stories",
        label=_("What"),
        help_text=_("The newest stand here by themselves. Nothing has to be copied."),
    )
    title = line_block(max_length=60, label=_("Title"))
    text = words_block(required=False, max_length=200, rows=2, label=_("Words under the title"))
    count = IntegerBlock(default=3, min_value=1, max_value=Listings.MOST, label=_("How many"))

    class Meta:
        icon = "list-ul"
        label = _("Latest")
        label_format = "{title}"
        description = _("The newest stories, opportunities or jobs, each with its date. Says so when there are none.")
        template = "city_sites/blocks/latest.html"
        group = DATA_GROUP
        preview_value = {
            "what": "stories",
            "title": "What neighbors did",
            "text": "With what it cost, and what went wrong first.",
            "count": 2,
        }

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Adds `kind` and `listing`. Without the page's `listings` (a preview in the editor) an example stands in."""
        context = super().get_context(value, parent_context=parent_context)
        listings: Listings | None = context.get("listings")
        context["kind"] = listing_kind(value["what"])
        context["listing"] = (
            listings.latest(value["what"], value["count"] or 3) if listings else example_listing(value["count"])
        )
        return context


class GoalBlock(PortalBlock):
    """How far the city is on the way to something that it promised."""

    title = line_block(max_length=60, label=_("Title"), help_text=_("As in “Shade for every bus stop”."))
    text = words_block(required=False, max_length=320, label=_("Text"), help_text=_("Why, and what neighbors do."))
    label = line_block(max_length=60, label=_("Where you are"), help_text=_("As in “163 stops shaded”."))
    goal = line_block(max_length=60, label=_("The goal"), help_text=_("As in “400 by October 2028”."))
    value = IntegerBlock(default=0, min_value=0, label=_("The number reached"), help_text=_("Draws the bar."))
    target = IntegerBlock(default=100, min_value=1, label=_("The number of the goal"))
    link = LinkBlock(required=False, label=_("Link"))

    class Meta:
        icon = "success"
        label = _("Goal")
        label_format = "{title}"
        description = _("A promise with a number, and a bar that shows how far you are.")
        template = "city_sites/blocks/goal.html"
        group = DATA_GROUP
        preview_value = {
            "title": "Shade for every bus stop",
            "text": "A July bench at a bare stop reaches 120 degrees. Neighbors plant the trees; the city digs, waters "
            "and keeps score.",
            "label": "163 stops shaded",
            "goal": "400 by October 2028",
            "value": 163,
            "target": 400,
            "link": {"text": "How we chose the stops, and what it costs", "address": "/guides/"},
        }

    def clean(self, value: Any) -> Any:
        """The words say the same number as the bar."""
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned
        digits = "".join(letter for letter in cleaned["label"] if letter.isdigit())
        if cleaned["value"] and str(cleaned["value"]) not in digits:
            message = _("The number reached is %(number)s: say the same in these words.")
            error = ValidationError(message, params={"number": cleaned["value"]})
            raise StructBlockValidationError({"label": error})
        return cleaned


class AskBlock(PortalBlock):
    """Whom to ask: the office, its hours and its telephone beside a few words."""

    title = line_block(max_length=60, label=_("Title"), help_text=_("As in “Ask a person”."))
    text = words_block(required=False, max_length=320, label=_("Text"))
    links = ListBlock(
        LinkBlock(),
        default=[],
        max_num=1,
        label=_("Button"),
        help_text=_("Without one, the button leads to your contact page."),
    )

    class Meta:
        icon = "help"
        label = _("Ask a person")
        label_format = "{title}"
        description = _("Your office, its hours and telephone (from “Contact and notice”) beside a few words.")
        template = "city_sites/blocks/ask.html"
        group = LAYOUT_GROUP
        preview_value = {
            "title": "Ask a person",
            "text": "Bringing a group, a wheelchair or a six-year-old? Tell us and we will find work that fits.",
            "links": [{"text": "Write to us", "address": "/contact/"}],
        }

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Adds `contact`, the page's own or, in a preview in the editor, an example."""
        context = super().get_context(value, parent_context=parent_context)
        context.setdefault("contact", EXAMPLE_CONTACT)
        return context


class WayBlock(PortalBlock):
    """One way to help: a pictogram, a name, and where it leads."""

    pictogram = ChoiceBlock(choices=pictogram_choices, default="hand", label=_("Pictogram"))
    name = line_block(max_length=40, label=_("Name"), help_text=_("Two or three words: “Trees and parks”."))
    note = line_block(
        required=False, max_length=60, label=_("Small words below"), help_text=_("As in “Saturday mornings”.")
    )
    link = LinkBlock(label=_("Where it leads"))

    class Meta:
        icon = "arrow-right"
        label = _("Way to help")
        label_format = "{name}"

    def clean(self, value: Any) -> Any:
        """The name is what readers click, so the link needs no words of its own."""
        link = value["link"]
        if not link["text"] and any(link.get(place) for place in ("page", "destination", "address", "email")):
            link["text"] = value["name"]
        return super().clean(value)


class WaysBlock(PortalBlock):
    """Kinds of work side by side, each with its pictogram."""

    ways = ListBlock(WayBlock(), max_num=12, label=_("Ways to help"))

    at_least_one = {"ways": _("Add at least one way to help.")}

    class Meta:
        icon = "grid"
        label = _("Ways to help")
        description = _("Kinds of work side by side, each with a pictogram. Put a heading above it.")
        template = "city_sites/blocks/ways.html"
        group = LAYOUT_GROUP
        preview_value = {
            "ways": [
                {
                    "pictogram": pictogram,
                    "name": name,
                    "note": note,
                    "link": {"text": name, "address": "/opportunities/"},
                }
                for pictogram, name, note in (
                    ("tree", "Trees and parks", "Saturday mornings"),
                    ("book", "Reading and school", "An hour a week"),
                    ("bowl", "Food and kitchens", "Any weekday"),
                )
            ]
        }


class CityHomeStreamBlock(BodyStreamBlock):
    """Sections of a city's home page: all that pages are made of, and what only a city's home has."""

    latest = LatestBlock()
    goal = GoalBlock()
    ways = WaysBlock()
    ask = AskBlock()

    class Meta:
        label = _("Sections")
        template = "city_sites/blocks/home_body.html"

    def get_context(self, value: StreamValue, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Adds `sections`, each a fold of the page."""
        context = super().get_context(value, parent_context=parent_context)
        context["sections"] = home_sections(value)
        return context

    def render(self, value: StreamValue, context: dict[str, Any] | None = None) -> SafeString:
        """The whole body. The page has loaded what its links lead to, together with those of its buttons."""
        with targets_given((context or {}).get("targets", {})):
            return super().render(value, context)
